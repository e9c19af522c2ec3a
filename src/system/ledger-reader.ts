import { type BigIntStats, readSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { LedgerChanged } from '../core/earlier-lines.ts'
import type { Fold } from '../core/fold.ts'
import { MAX_LINE_BYTES } from '../core/line-reader.ts'
import { objectEnd } from '../core/objects.ts'
import { Unreadable } from './file-system.ts'
import { errnoOf } from './errno.ts'
import { LedgerFile, partsOf } from './ledger-file.ts'
import { inLedgerOrder, isLedgerFile } from './ledger-place.ts'

const CHUNK_BYTES = 1 << 20
/** Room behind the chunk, so that a scanner that looks a little ahead never looks past the buffer. */
const SLACK_BYTES = 64
/** Most lines are this short; only a longer one is read a second time. */
const USUAL_LINE_BYTES = 2048
/** How much is read before others get a turn. */
const BYTES_PER_STEP = 8 << 20

/** Makes an empty fold that can look earlier lines up. */
export type MakeFold = (lineAt: (location: number) => Uint8Array) => Fold

/** What one look at the ledger came to. */
export interface Look {
  /** The fold, which `changed` says to ask again. */
  readonly fold: Fold
  readonly changed: boolean
  /** A file seems shorter than before: look again soon, because a network disk may just be late. */
  readonly doubtful: boolean
}

/** Something the ledger did that totals may not survive unnoticed. */
export interface LedgerEvent {
  readonly file: string
  readonly kind: 'shrank' | 'replaced' | 'disappeared' | 'rewritten'
  readonly from: number
  readonly to: number
}

/**
 * Reads all files of a ledger, and later only what is new. Whenever the past may have changed (truncated, replaced,
 * edited), everything is read anew, because the fold is right for any order and repetition. Nothing is written.
 */
export class LedgerReader {
  readonly directory: string
  /** What happened since the reader was made, latest last. */
  readonly events: LedgerEvent[] = []

  readonly #makeFold: MakeFold
  readonly #buffer = Buffer.allocUnsafe(CHUNK_BYTES + SLACK_BYTES)
  #files: LedgerFile[] = []
  #nextIndex = 0
  #fold: Fold

  constructor(directory: string, makeFold: MakeFold) {
    this.directory = directory
    this.#makeFold = makeFold
    this.#fold = this.#freshFold()
  }

  get fold(): Fold {
    return this.#fold
  }

  /** True when there is a ledger file at all. */
  get hasFiles(): boolean {
    return this.#files.length > 0
  }

  /** Bytes of unfinished last lines, by file name. */
  get unfinished(): readonly { readonly file: string; readonly bytes: number }[] {
    return this.#files.flatMap(({ cursor, size }) =>
      size > cursor.offset ? [{ file: cursor.name, bytes: size - cursor.offset }] : [],
    )
  }

  /** Looks at the ledger and reads what is new, to the end. Throws `Unreadable`. */
  look(): Look {
    return finish(this.steps())
  }

  /** Forgets everything and reads it again: for a change of settings, or on demand. Throws `Unreadable`. */
  reread(): Look {
    this.#startAnew()
    return this.look()
  }

  /** As `reread`, in steps. */
  *rereadSteps(): Generator<number, Look> {
    this.#startAnew()
    return yield* this.steps()
  }

  /** As `look`, in steps that each yield the share that has been read, so that a pane stays alive meanwhile. */
  *steps(): Generator<number, Look> {
    try {
      try {
        return yield* this.#look()
      } catch (error) {
        if (!(error instanceof LedgerChanged)) throw error
        this.#startAnew()
        return yield* this.#look()
      }
    } catch (error) {
      throw this.#unreadable(error)
    }
  }

  close(): void {
    for (const file of this.#files) file.close()
    this.#files = []
  }

  *#look(): Generator<number, Look> {
    const found = this.#find()
    const verdict = this.#judge(found)
    if (verdict === 'wait') return { fold: this.#fold, changed: false, doubtful: true }
    if (verdict === 'anew') this.#startAnew()
    const opened = this.#openNew(found)
    const pending = this.#files
      .map((file) => ({ file, stat: file.stat() }))
      .filter(({ file, stat }) => opened.has(file) || Number(stat.size) !== file.size)
    const total = pending.reduce((sum, { file, stat }) => sum + Number(stat.size) - file.cursor.offset, 0)
    let read = 0
    for (const { file, stat } of pending) {
      for (const bytes of this.#readFile(file, Number(stat.size))) {
        read += bytes
        yield Math.min(1, read / Math.max(1, total))
      }
      file.settle(stat)
    }
    return { fold: this.#fold, changed: verdict === 'anew' || pending.length > 0, doubtful: false }
  }

  /** Ledger files by path, in ledger order. */
  #find(): ReadonlyMap<string, BigIntStats> {
    const found = new Map<string, BigIntStats>()
    for (const name of inLedgerOrder(this.#names())) {
      const path = join(this.directory, name)
      const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
      if (stat !== undefined) found.set(path, stat)
    }
    return found
  }

  #names(): string[] {
    try {
      return readdirSync(this.directory).filter(isLedgerFile)
    } catch (error) {
      const errno = errnoOf(error)
      if (errno === 'ENOENT') return []
      const fix = errno === 'ENOTDIR' ? 'move it away' : 'give this user the right to read it'
      throw new Unreadable(
        this.directory,
        errno === 'ENOTDIR' ? 'is not a directory' : `cannot be read (${errno})`,
        fix,
      )
    }
  }

  /** Whether we may go on from where we are, must read everything anew, or had better look once more. */
  #judge(found: ReadonlyMap<string, BigIntStats>): 'go on' | 'anew' | 'wait' {
    let verdict: 'go on' | 'anew' | 'wait' = 'go on'
    for (const file of this.#files) {
      const place = [...found].find(([, candidate]) => file.is(candidate))
      if (place === undefined) {
        const successor = found.get(join(this.directory, file.cursor.name))
        if (successor === undefined) this.#note(file, 'disappeared', 0)
        else this.#note(file, 'replaced', Number(successor.size))
        return 'anew'
      }
      const [path, stat] = place
      const renamed = path !== join(this.directory, file.cursor.name)
      const change = file.changeSince(stat, renamed)
      if (renamed && change === 'none') file.settleTimes(stat)
      if (change === 'shorter' && ++file.timesShorter === 1) verdict = 'wait'
      else if (change === 'shorter' || change === 'replaced' || change === 'unexplained') {
        this.#note(file, EVENT_OF[change], Number(stat.size))
        return 'anew'
      }
    }
    return verdict
  }

  /** A disk may fail at any call, and a ledger may be rewritten faster than it is read: neither is our own fault. */
  #unreadable(error: unknown): unknown {
    if (error instanceof LedgerChanged) {
      return new Unreadable(
        this.directory,
        'is being rewritten while it is read',
        'try again when that is done',
      )
    }
    const errno = errnoOf(error)
    return errno === ''
      ? error
      : new Unreadable(this.directory, `cannot be read (${errno})`, 'look at the disk')
  }

  #note(file: LedgerFile, kind: LedgerEvent['kind'], to: number): void {
    this.events.push({ file: file.cursor.name, kind, from: file.size, to })
  }

  #startAnew(): void {
    this.close()
    this.#nextIndex = 0
    this.#fold = this.#freshFold()
  }

  #freshFold(): Fold {
    return this.#makeFold((location) => this.#lineAt(location))
  }

  /** Opens files that are new, and follows those that were renamed among the ledger's names. */
  #openNew(found: ReadonlyMap<string, BigIntStats>): ReadonlySet<LedgerFile> {
    const opened = new Set<LedgerFile>()
    for (const [path, stat] of found) {
      const name = path.slice(this.directory.length + 1)
      const known = this.#files.find((file) => file.is(stat))
      if (known !== undefined) {
        known.cursor.name = name
        continue
      }
      const file = LedgerFile.open(path, name, this.#nextIndex)
      if (file === null) continue
      this.#nextIndex++
      this.#files.push(file)
      opened.add(file)
    }
    return opened
  }

  *#readFile(file: LedgerFile, size: number): Generator<number> {
    let pending = 0
    for (;;) {
      const before = file.cursor.offset
      const length = file.read(this.#buffer, CHUNK_BYTES)
      const atEnd = before + length >= size
      if (length > 0) this.#fold.feed(file.cursor, this.#buffer, length, atEnd)
      pending += file.cursor.offset - before
      if (atEnd || length === 0) return
      if (pending >= BYTES_PER_STEP) {
        yield pending
        pending = 0
      }
    }
  }

  /** The bytes of an earlier line: enough of them to hold its object. */
  #lineAt(location: number): Uint8Array {
    const { index, offset } = partsOf(location)
    const file = this.#files.find(({ cursor }) => partsOf(cursor.base).index === index)
    if (file === undefined) throw new LedgerChanged()
    const short = bytesAt(file.fd, offset, USUAL_LINE_BYTES)
    return objectEnd(short, 0, short.length) >= 0 ? short : bytesAt(file.fd, offset, MAX_LINE_BYTES)
  }
}

const EVENT_OF = { shorter: 'shrank', replaced: 'replaced', unexplained: 'rewritten' } as const

/** The sentence about an event that someone who watches the totals must see. */
export function describeEvent({ file, kind, from, to }: LedgerEvent): string {
  const lost = 'spend below may be incomplete: look for a copy of it'
  if (kind === 'shrank') return `${file} shrank from ${from} to ${to} bytes, ${lost}`
  if (kind === 'disappeared') return `${file} disappeared (${from} bytes), ${lost}`
  if (kind === 'replaced' && to < from) {
    return `${file} was replaced by a shorter file (${from} to ${to} bytes), ${lost}`
  }
  return `${file} was ${kind} and has been read again from its beginning`
}

function bytesAt(fd: number, offset: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length)
  return bytes.subarray(0, readSync(fd, bytes, 0, length, offset))
}

function finish<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
