import { closeSync, lstatSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makeStateDirectory } from './cache-files.ts'
import { errnoOf } from './errno.ts'

/** Things that one process at a time sets out to do, each named by a word that is a file name. */
export interface Claims {
  /** True when nobody else has set out to do it; then nobody will, until it is given up or forgotten. */
  readonly take: (name: string) => boolean
  readonly giveUp: (name: string) => void
}

/** Whoever has not begun by then never will. */
const FORGOTTEN_MS = 5 * 60_000

export function claimsIn(ledgerDirectory: string, now: () => number): Claims {
  const directory = join(ledgerDirectory, 'state', 'claims')
  const pathOf = (name: string): string => join(directory, name)
  const make = (name: string): boolean => {
    try {
      closeSync(openSync(pathOf(name), 'wx', 0o600))
      return true
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false
      throw error
    }
  }
  return {
    take(name) {
      makeStateDirectory(join(ledgerDirectory, 'state'))
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      if (lstatSync(directory).isSymbolicLink()) throw new Error(`${directory} is not a directory`)
      if (make(name)) return true
      const stat = statSync(pathOf(name), { throwIfNoEntry: false })
      if (stat !== undefined && now() - stat.mtimeMs < FORGOTTEN_MS) return false
      rmSync(pathOf(name), { force: true })
      return make(name)
    },
    giveUp: (name) => rmSync(pathOf(name), { force: true }),
  }
}
