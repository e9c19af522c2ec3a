import { realpathSync } from 'node:fs'
import { argv, execPath } from 'node:process'
import type { OwnProgram } from '../core/own-program.ts'

/** The program that runs. Throws system errors when it is gone meanwhile. */
export function ownProgram(): OwnProgram {
  const [, script = ''] = argv
  // The link that a package manager made may lead to another version, or be named otherwise than its script.
  return { node: execPath, script: realpathSync(script) }
}
