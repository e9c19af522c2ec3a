import { lstatSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { claimsIn } from './claims.ts'
import { NotSaved, appendLines } from './ledger-append.ts'
import { LEDGER_DIRECTORY } from './ledger-place.ts'

/** Then it makes room: the log before this one stays beside it with the ending `.1`. */
const LARGEST_BYTES = 5 << 20

/** Whoever comes second while the log is turned over finds it done. */
const TURNING = 'alert-log-turning'

/** Where alerts go on record. */
export interface AlertLog {
  readonly path: string
  /** Appends whole lines (without their last line feed) in one piece. Throws `NotSaved`. */
  readonly append: (lines: string) => void
}

/**
 * The log of a ledger in a directory, at a path as the settings write it: relative to what holds that directory, where
 * `.ai-costs/` stands for the directory itself whatever it is called, and `~/` for the user's home.
 */
export function alertLogOf(
  ledgerDirectory: string,
  written: string,
  home: string,
  now: () => number,
): AlertLog {
  const directory = resolve(ledgerDirectory)
  const path = pathOf(directory, written, home)
  return {
    path,
    append(lines) {
      if (path.startsWith(directory + sep)) readyInside(directory, path)
      if (sizeOf(path) > LARGEST_BYTES) turnOver(directory, path, now)
      appendLines(path, lines, 'none')
    },
  }
}

function pathOf(directory: string, written: string, home: string): string {
  if (written.startsWith('~/')) return join(home, written.slice(2))
  if (isAbsolute(written)) return written
  const [top, ...rest] = written.replace(/^\.\//, '').split('/')
  return top === LEDGER_DIRECTORY ? join(directory, ...rest) : resolve(dirname(directory), written)
}

/**
 * What lies in the ledger's directory may have come with a cloned repository: a link in it could lead to any file of
 * the user's.
 */
function readyInside(directory: string, path: string): void {
  let folder = directory
  for (const part of relative(directory, dirname(path)).split(sep).filter(Boolean)) {
    folder = join(folder, part)
    const stat = lstatSync(folder, { throwIfNoEntry: false })
    if (stat === undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
    else if (stat.isSymbolicLink()) {
      throw new NotSaved(`${folder} is a symbolic link, no alert was logged: put a plain folder there`)
    }
  }
}

function turnOver(directory: string, path: string, now: () => number): void {
  const claims = claimsIn(directory, now)
  if (!claims.take(TURNING)) return
  try {
    // Somebody else may have done it just before.
    if (sizeOf(path) > LARGEST_BYTES) renameSync(path, `${path}.1`)
  } finally {
    claims.giveUp(TURNING)
  }
}

function sizeOf(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return stat?.isFile() === true ? stat.size : 0
}
