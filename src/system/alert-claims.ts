import { closeSync, lstatSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeStateDirectory } from './cache-files.ts'
import { errnoOf } from './errno.ts'

/** Things that are said once, over restarts and any number of processes, each named by a word that is a file name. */
export interface AlertClaims {
  /** True when somebody has taken it. */
  readonly isTaken: (name: string) => boolean
  /** True for the one who may say it, now and never again. Throws system errors where nothing can be claimed. */
  readonly take: (name: string) => boolean
}

/** Longer than any period, and than any session that somebody resumes. */
const KEPT_MS = 400 * 24 * 3_600_000

/** What is named otherwise in the same directory is somebody else's, and kept otherwise. */
const OURS = /^(alert|said|raising)-/

export function alertClaimsIn(ledgerDirectory: string, now: () => number): AlertClaims {
  const directory = join(ledgerDirectory, 'state', 'claims')
  return {
    isTaken: (name) => lstatOf(join(directory, name)) !== null,
    take(name) {
      makeStateDirectory(join(ledgerDirectory, 'state'))
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      // A link that came with a repository could lead anywhere.
      if (lstatSync(directory).isSymbolicLink()) throw new Error(`${directory} is not a directory`)
      const isFirst = make(join(directory, name))
      if (isFirst) forgetOld(directory, now() - KEPT_MS)
      return isFirst
    },
  }
}

/** The system makes a file for one of any number of processes. */
function make(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx', 0o600))
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Claims are seldom taken, so that is when there is time to tidy up. */
function forgetOld(directory: string, before: number): void {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name)
    if (OURS.test(name) && (lstatOf(path)?.mtimeMs ?? before) < before) rmSync(path, { force: true })
  }
}

function lstatOf(path: string): { readonly mtimeMs: number } | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null
  } catch {
    // A file in the middle of the path: nothing is taken there, and to take says why.
    return null
  }
}
