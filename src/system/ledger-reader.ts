import type { BigIntStats } from 'node:fs'
import { basename, join } from 'node:path'
import { LedgerChanged } from '../core/ledger-changed.ts'
import type { Fold } from '../core/fold.ts'
import type { UsageRecord } from '../core/record.ts'
import type { SavedFile } from '../core/saved-ledger.ts'
import { errnoOf } from './errno.ts'
import { Unreadable } from './file-system.ts'
import { findLedgerFiles } from './find-ledger-files.ts'
import type { LedgerEvent } from './ledger-event.ts'
import { LedgerFile } from './ledger-file.ts'
import { partsOf } from './location.ts'
import {
  type LedgerRange,
  bytesIn,
  readAgain,
  readRange,
  readingBuffer,
  splitRanges,
} from './ledger-range.ts'
import { LineLookup } from './line-lookup.ts'
import type { SecondAnswer, SecondReader, SecondReading } from './second-reader.ts'
import { USUAL_RECORD_BYTES } from './second-task.ts'

/** Our share of what two read: the other starts later, and what he found has to be added. */
const OUR_SHARE = 0.53
/** How long others wait for a turn while we wait for the other reader, in milliseconds. */
const WAIT = 20

/** Makes an empty fold that can look earlier lines up. */
export interface MakeFold {
  (lineAt: (location: number) => Uint8Array): Fold
  /** Plain data by which a second reader makes the same fold; without it there can be none. */
  readonly recipe?: unknown
}

/** What one look at the ledger came to. */
export interface Look {
  /** The fold, which `changed` says to ask again. */
  readonly fold: Fold
  readonly changed: boolean
  /** A file seems shorter than before: look again soon, because a network disk may just be late. */
  readonly doubtful: boolean
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
  readonly #secondReader: SecondReader | null
  /** Made when there is something to read: nothing else of a megabyte is needed to find that there is nothing. */
  #buffer: Uint8Array | null = null
  readonly #lines = new LineLookup((index) => this.#fileAt(index)?.fd)
  #files: LedgerFile[] = []
  #nextIndex = 0
  #fold: Fold | null = null
  #restored: Fold | null = null
  /** The reading of a second reader that is under way. */
  #second: SecondReading | null = null

  /** A second reader may help with what is large and new. */
  constructor(directory: string, makeFold: MakeFold, secondReader: SecondReader | null = null) {
    this.directory = directory
    this.#makeFold = makeFold
    this.#secondReader = secondReader
  }

  get fold(): Fold {
    return (this.#fold ??= this.#freshFold())
  }

  /** True while the fold is one that went on from an earlier reading. */
  get isRestored(): boolean {
    return this.#restored !== null && this.#restored === this.#fold
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

  /**
   * How far each file has been read, in ledger order; null in the middle of a line, which nobody could go on from and
   * say the same of it as who reads it whole.
   */
  saved(): readonly SavedFile[] | null {
    const saved = this.#files.flatMap((file) => file.saved() ?? [])
    return saved.length === this.#files.length ? saved : null
  }

  /**
   * Goes on from where an earlier reader ended, with the fold that it had then; only for one that has not read yet.
   * False when the ledger does not begin with the files that were read, one of them is another now, or anything else is
   * wrong: then nothing has happened, and the reading that follows says what it is.
   */
  restore(saved: readonly SavedFile[], makeFold: MakeFold): boolean {
    try {
      if (!this.#resume(saved)) {
        this.close()
        return false
      }
      this.#nextIndex = Math.max(-1, ...saved.map(({ index }) => index)) + 1
      this.#fold = makeFold((location) => this.#lines.at(location))
      this.#restored = this.#fold
      return true
    } catch {
      this.#startAnew()
      return false
    }
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

  /**
   * Goes once more through what has been read, in steps, and hands on each record that counts, once, all its lines
   * merged: valid during the call. Only for a reader that nobody helps. Throws `Unreadable`.
   */
  *records(take: (record: UsageRecord) => void): Generator<void> {
    try {
      const reader = this.fold.secondReading(take)
      for (const file of this.#files) yield* readAgain(file, reader, (this.#buffer ??= readingBuffer()))
    } catch (error) {
      throw this.#unreadable(error)
    }
  }

  close(): void {
    this.#second?.stop()
    this.#second = null
    for (const file of this.#files) file.close()
    this.#files = []
  }

  #resume(saved: readonly SavedFile[]): boolean {
    const found = [...findLedgerFiles(this.directory).keys()]
    return saved.every((one, nth) => {
      // What was found in a renamed file has been told under its old name.
      const path = join(this.directory, one.name)
      const file = path === found[nth] ? LedgerFile.open(path, one.name, one.index) : null
      if (file !== null) this.#files.push(file)
      return file?.resume(one) === true
    })
  }

  *#look(): Generator<number, Look> {
    const found = findLedgerFiles(this.directory)
    const verdict = this.#judge(found)
    if (verdict === 'wait') return { fold: this.fold, changed: false, doubtful: true }
    if (verdict === 'anew') this.#startAnew()
    const opened = this.#openNew(found)
    const pending = this.#files
      .map((file) => ({ file, stat: file.stat() }))
      .filter(({ file, stat }) => opened.has(file) || Number(stat.size) !== file.size)
    const ranges = pending.map(({ file, stat }) => file.rangeTo(Number(stat.size)))
    const total = bytesIn(ranges)
    let read = 0
    for (const bytes of this.#read(ranges, total)) {
      read += bytes
      yield Math.min(1, read / Math.max(1, total))
    }
    for (const { file, stat } of pending) file.settle(stat)
    return { fold: this.fold, changed: verdict === 'anew' || pending.length > 0, doubtful: false }
  }

  /** Reads ranges in steps that each yield the bytes read. */
  *#read(ranges: readonly LedgerRange[], total: number): Generator<number> {
    const isFirst = this.#files.every(({ cursor }) => cursor.offset === 0)
    const isLarge = this.#secondReader !== null && total >= this.#secondReader.fromBytes
    if (isFirst && isLarge) yield* this.#readTogether(ranges)
    // Nothing, or all, or what the second reader could not.
    this.fold.expect(bytesIn(ranges) / USUAL_RECORD_BYTES)
    for (const range of ranges) yield* readRange(range, this.fold, (this.#buffer ??= readingBuffer()))
  }

  /** Reads the head while the second reader reads the tail, and adds that; when he fails, the tail stays unread. */
  *#readTogether(ranges: readonly LedgerRange[]): Generator<number> {
    const split = splitRanges(ranges, OUR_SHARE)
    if (split === null || this.#makeFold.recipe === undefined) return
    const { head, tail } = split
    const second = this.#secondReader?.begin(this.#makeFold.recipe, this.fold.asOf, tail) ?? null
    if (second === null) return
    this.#second = second
    this.fold.expect(bytesIn(head) / USUAL_RECORD_BYTES, bytesIn(tail) / USUAL_RECORD_BYTES)
    for (const range of head) yield* readRange(range, this.fold, (this.#buffer ??= readingBuffer()))
    while (!second.isOver(WAIT)) yield 0
    this.#second = null
    this.#add(second.take(), tail, ranges.slice(-tail.length))
  }

  /** `ours` are the ranges of the tail with our cursors, which move on. */
  #add(answer: SecondAnswer | null, tail: readonly LedgerRange[], ours: readonly LedgerRange[]): void {
    const cut = ours[0]!.cursor
    // Where our part does not end where the other begins, the ledger was rewritten meanwhile.
    if (answer === null || cut.offset !== tail[0]!.cursor.offset) return
    this.fold.absorb(answer.parts, cut)
    for (const [nth, { offset, lines, skipping }] of answer.cursors.entries()) {
      const { cursor } = ours[nth]!
      Object.assign(cursor, { offset, lines: cursor.lines + lines, skipping })
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
    this.#fold = null
  }

  #freshFold(): Fold {
    return this.#makeFold((location) => this.#lines.at(location))
  }

  /** Opens files that are new, and follows those that were renamed among the ledger's names. */
  #openNew(found: ReadonlyMap<string, BigIntStats>): ReadonlySet<LedgerFile> {
    const opened = new Set<LedgerFile>()
    for (const [path, stat] of found) {
      const name = basename(path)
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

  #fileAt(index: number): LedgerFile | undefined {
    return this.#files.find(({ cursor }) => partsOf(cursor.base).index === index)
  }
}

const EVENT_OF = { shorter: 'shrank', replaced: 'replaced', unexplained: 'rewritten' } as const

function finish<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
