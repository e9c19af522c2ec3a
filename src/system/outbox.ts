import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { makeStateDirectory } from './cache-files.ts'
import { openPlainly } from './open-plainly.ts'

/** Alerts on their way from the process that raised them to the one that tells somebody. */
export interface Outbox {
  /** Leaves text under a name, a ULID, for whoever delivers next. Throws system errors. */
  readonly put: (name: string, text: string) => void
  /** Everything that was left, the oldest first: each text goes to one process only. */
  readonly takeAll: () => readonly string[]
  /** When something was delivered last: epoch milliseconds; -Infinity for never. */
  readonly deliveredAt: () => number
  readonly delivered: () => void
}

/** What nobody delivered by then is no news any more. */
const STALE_MS = 10 * 60_000

const LARGEST_BYTES = 1 << 20
const NAME = /^[0-9A-HJKMNP-TV-Z]{26}$/
const DELIVERED = 'delivered'

export function outboxIn(ledgerDirectory: string, now: () => number): Outbox {
  const directory = join(ledgerDirectory, 'state', 'outbox')
  const make = (name: string, text: string, flag: string): void => {
    makeStateDirectory(join(ledgerDirectory, 'state'))
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    // A link that came with a repository could lead anywhere.
    if (lstatSync(directory).isSymbolicLink()) throw new Error(`${directory} is not a directory`)
    writeFileSync(join(directory, name), text, { flag, mode: 0o600 })
  }
  return {
    put: (name, text) => make(name, text, 'wx'),
    takeAll: () =>
      namesIn(directory)
        .filter((name) => NAME.test(name))
        .toSorted()
        .flatMap((name) => take(join(directory, name), now() - STALE_MS) ?? []),
    deliveredAt: () => lstatSync(join(directory, DELIVERED), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity,
    delivered() {
      rmSync(join(directory, DELIVERED), { force: true })
      closeSync(openSync(join(directory, DELIVERED), 'wx', 0o600))
    },
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch {
    // Nothing was ever left.
    return []
  }
}

/** Of several who read it, it belongs to the one who could remove it. Null when that is somebody else, or it is stale. */
function take(path: string, staleBefore: number): string | null {
  try {
    const fd = openPlainly(path)
    try {
      const { size, mtimeMs } = lstatSync(path)
      const text = size > LARGEST_BYTES ? null : readFileSync(fd, 'utf8')
      unlinkSync(path)
      return mtimeMs < staleBefore ? null : text
    } finally {
      closeSync(fd)
    }
  } catch {
    return null
  }
}
