import { linkSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pid } from 'node:process'
import { makeStateDirectory, replaceFile } from './cache-files.ts'
import { errnoOf } from './errno.ts'
import { Unreadable, systemFiles } from './file-system.ts'
import { NotSaved } from './ledger-append.ts'

/** What is kept of tracked sessions beside the ledger in a directory, in `state/`. */
export interface TrackedFiles {
  /** Where the running session is kept. */
  readonly path: string
  /** The text of the running session; null when none runs. Throws `Unreadable`. */
  readonly running: () => string | null
  /** Begins one; false when one is running, whoever began it. Throws `NotSaved`. */
  readonly begin: (text: string) => boolean
  /** Ends the one with this text; false when it was ended meanwhile. Throws `NotSaved` and `Unreadable`. */
  readonly end: (text: string) => boolean
  /** What the one before came to; null when nobody knows. Nothing depends on it, and it cannot fail. */
  readonly last: () => string | null
  readonly keepLast: (text: string) => void
}

const MOST_BYTES = 64 << 10

export function trackedFiles(ledgerDirectory: string): TrackedFiles {
  const directory = join(ledgerDirectory, 'state')
  const path = join(directory, 'tracked')
  const running = (): string | null => systemFiles.readText(path, MOST_BYTES, 'refuse') ?? null
  return {
    path,
    running,
    begin: (text) =>
      orNotSaved(path, () => {
        makeStateDirectory(directory)
        return createWhole(path, text)
      }),
    end: (text) =>
      orNotSaved(path, () => {
        if (running() !== text) return false
        unlinkSync(path)
        return true
      }),
    last() {
      try {
        return systemFiles.readText(join(directory, LAST), MOST_BYTES, 'refuse') ?? null
      } catch {
        return null
      }
    },
    keepLast(text) {
      try {
        makeStateDirectory(directory)
        replaceFile(directory, LAST, () => [Buffer.from(text)])
      } catch {
        // The next session is compared with nothing.
      }
    },
  }
}

const LAST = 'tracked.last'

/** Makes a file that nobody ever sees half written; false when there is one. */
function createWhole(path: string, text: string): boolean {
  const temporary = `${path}.${pid}`
  // Never into a file that is there: it may be somebody's by another name.
  rmSync(temporary, { force: true })
  try {
    writeFileSync(temporary, text, { flag: 'wx', mode: 0o600, flush: true })
    linkSync(temporary, path)
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    if (!WITHOUT_LINKS.has(errnoOf(error))) throw error
    return systemFiles.create(path, text, 0o600)
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** What file systems say that know no second name of a file. */
const WITHOUT_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'])

function orNotSaved(path: string, act: () => boolean): boolean {
  try {
    return act()
  } catch (error) {
    if (error instanceof Unreadable || error instanceof NotSaved) throw error
    const reason = errnoOf(error) === '' && error instanceof Error ? error.message : errnoOf(error)
    throw new NotSaved(`${path} was NOT saved (${reason}): look at the disk and the rights of its folder`)
  }
}
