import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errnoOf } from './errno.ts'

/**
 * Has git overlook a directory with all that is in it. Throws system errors: `EEXIST` where somebody has said already
 * what git is to do.
 */
export function hideFromGit(directory: string): void {
  const path = join(directory, '.gitignore')
  try {
    writeFileSync(path, '*\n', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    // An empty one, as a full disk leaves it, would hide nothing, and nobody would write it again.
    if (errnoOf(error) !== 'EEXIST') rmSync(path, { force: true })
    throw error
  }
}
