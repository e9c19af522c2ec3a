import type { ImportReport } from '../core/import-report.ts'
import type { UsageRecord } from '../core/record.ts'
import { noteSaved } from '../sources/intake.ts'
import { sourceNamed } from '../sources/index.ts'
import { Seen } from '../sources/seen.ts'
import { ToldSessions } from '../sources/told-sessions.ts'
import type { ImportFiles, ImportScope } from '../system/import-files.ts'
import type { LedgerStamp } from '../system/ledger-stamp.ts'
import type { TranscriptMark } from '../system/read-transcript.ts'
import type { System } from '../system/system.ts'
import type { TranscriptTask } from '../system/transcript-thread.ts'
import type { Accounts } from './accounts.ts'
import { appendRecords } from './append-records.ts'
import { Attribution } from './attribution.ts'
import type { ImportRequest, SourceFiles } from './import-request.ts'
import { ImportRun } from './import-run.ts'
import { type SourceOf, doTasks, isForAnyThread } from './transcript-tasks.ts'
import { withinProject } from './within-project.ts'
import { withdrawalsOf } from './withdraw-copies.ts'

export type ImportingSystem = Pick<System, 'transcripts' | 'imports' | 'ledger' | 'files' | 'clock'>

/** A transcript that holds what nobody could read. */
export interface StrangeTranscript {
  readonly path: string
  readonly parts: number
}

/** How far an import is, in bytes. */
export interface ImportProgress {
  readonly done: number
  readonly total: number
}

/** So many are held before they are written: while we write, the other thread reads on. */
const MOST_TOLD = 512

/** After so many bytes it is saved how far we are, so that an import that is killed goes on from there. */
const SAVE_AFTER_BYTES = 256 << 20

/**
 * Brings what transcripts tell into a ledger, each response once. May be asked again and again: it remembers what it
 * has read, and notices what other importers appended meanwhile. Ids are stable and records with one id merge, so that
 * whatever is brought twice, by whoever, counts once.
 */
export class Importer {
  readonly #request: ImportRequest
  readonly #accounts: Accounts
  readonly #system: ImportingSystem
  readonly #files: ImportFiles
  readonly #attribution: Attribution
  #seen: Seen | null = null
  /** The ledger as far as `#seen` knows it. */
  #stamp: LedgerStamp = []
  #marks = new Map<string, Map<string, TranscriptMark>>()
  #isOpen = false

  constructor(request: ImportRequest, accounts: Accounts, system: ImportingSystem) {
    this.#request = request
    this.#accounts = accounts
    this.#system = system
    this.#files = system.imports(request.ledger.directory)
    this.#attribution = new Attribution(system.files)
  }

  /** What of these has changed since it was last read. Throws `Unreadable` when the ledger cannot be read. */
  pending(sources: readonly SourceFiles[]): readonly TranscriptTask[] {
    this.#open()
    // What was only printed comes last: then it is known which sessions have transcripts.
    const inOrder = sources.toSorted((a, b) => Number(isCopy(a)) - Number(isCopy(b)))
    return inOrder.flatMap(({ source: { name: source }, files }) =>
      files.flatMap((file) => {
        const mark = this.#marks.get(source)?.get(file.path) ?? null
        const isUnchanged =
          mark !== null && mark.ino === file.ino && mark.size === file.size && mark.mtime === file.mtime
        return isUnchanged ? [] : [{ source, file, mark }]
      }),
    )
  }

  /** What of these was read, as far as it is unchanged, and had parts of a form that is not known. */
  strange(sources: readonly SourceFiles[]): readonly StrangeTranscript[] {
    this.#open()
    return sources.flatMap(({ source, files }) =>
      files.flatMap(({ path, size }) => {
        const mark = this.#marks.get(source.name)?.get(path)
        return mark !== undefined && mark.strange > 0 && mark.size === size
          ? [{ path, parts: mark.strange }]
          : []
      }),
    )
  }

  /** Reads and saves it, step by step. Throws `NotSaved` and `Unreadable`; what was saved until then stays. */
  *run(
    sources: readonly SourceFiles[],
    tasks = this.pending(sources),
  ): Generator<ImportProgress, ImportReport> {
    const isHere = withinProject(this.#request.scope.project, this.#system.transcripts.realPath)
    const known = this.strange(sources)
    const run = new ImportRun(sources, this.#request, this.#accounts, this.#attribution, isHere)
    // A pane would say it for ever.
    for (const { path, parts } of this.#request.isLive ? [] : known) {
      if (!tasks.some(({ file }) => file.path === path)) run.warnOfStrange(path, parts)
    }
    let isOver = tasks.length === 0
    try {
      if (!isOver) yield* this.#bringIn(run, sources, tasks)
      isOver = true
    } finally {
      if (!isOver) this.#forget()
    }
    return run.report()
  }

  *#bringIn(
    run: ImportRun,
    sources: readonly SourceFiles[],
    tasks: readonly TranscriptTask[],
  ): Generator<ImportProgress> {
    const seen = this.#loadSeen()
    const sessions = new ToldSessions(seen)
    const total = tasks.reduce((sum, { file, mark }) => sum + file.size - (mark?.offset ?? 0), 0)
    let done = 0
    let saved = 0
    const sourceOf: SourceOf = (name) => sources.find(({ source }) => source.name === name)?.source
    // Settings may describe a source under a name that comes with the program, which is all another thread knows.
    const shipped: SourceOf = (name) => (sourceOf(name) === sourceNamed(name) ? sourceOf(name) : undefined)
    const shared: TranscriptTask[] = []
    const own: TranscriptTask[] = []
    for (const task of tasks) (isForAnyThread(task, shipped) ? shared : own).push(task)
    for (const [task, outcome] of doTasks(shared, own, sourceOf, this.#system.transcripts)) {
      if (outcome.kind === 'failed') run.fail(task, outcome.reason)
      else {
        run.take(task, outcome.content, seen, sessions)
        this.#marksOf(task.source).set(task.file.path, outcome.content.mark)
        done += outcome.content.bytes
      }
      if (run.held > MOST_TOLD) this.#flush(run, sessions)
      if (done - saved > SAVE_AFTER_BYTES) {
        this.#flush(run, sessions)
        this.#stamp = this.#files.stamp()
        this.save()
        saved = done
      }
      yield { done, total }
    }
    this.#flush(run, sessions)
    // Now, while no other importer may append: what others append later is news to what we have seen.
    this.#stamp = this.#files.stamp()
    if (!this.#request.isLive) this.save()
  }

  /** Saves how far it has read; a ledger that may not be written to only costs the next import some time. */
  save(): void {
    if (this.#request.dryRun || this.#seen === null) return
    const { scope } = this.#request
    const marks = Object.fromEntries(
      [...this.#marks].map(([source, files]) => [source, Object.fromEntries(files)]),
    )
    try {
      this.#files.write({ scope, ledger: this.#stamp, marks }, this.#seen.rows())
    } catch {
      // Nothing is lost but time.
    }
  }

  /** Believes what was remembered where it fits the question and the ledger. */
  #open(): void {
    if (this.#isOpen) return this.#notice()
    this.#isOpen = true
    const index = this.#files.index()
    if (index === null || !fits(index.scope, this.#request.scope)) return
    if (this.#files.grownSince(index.ledger) === null) return
    this.#stamp = index.ledger
    for (const [source, files] of Object.entries(index.marks)) {
      this.#marks.set(source, new Map(Object.entries(files)))
    }
  }

  /** Where something was taken out of the ledger, everything is brought in anew. */
  #notice(): void {
    if (this.#files.grownSince(this.#stamp) === null) this.#forgetAll()
  }

  /** What was read and not saved is to be read again: goes back to what was written down last. */
  #forget(): void {
    this.#forgetAll()
    this.#isOpen = false
  }

  #forgetAll(): void {
    this.#marks = new Map()
    this.#seen = null
    this.#stamp = []
  }

  /** What the ledger holds. */
  #loadSeen(): Seen {
    let seen = this.#seen
    let from = this.#stamp
    if (seen === null) {
      seen = new Seen()
      const rows = from.length === 0 ? null : this.#files.seen()
      if (rows === null) from = []
      else seen.restore(rows)
      this.#seen = seen
    }
    const known = seen
    const sessions = new ToldSessions(known)
    this.#files.eachRecord(this.#files.grownSince(from) ?? [], (record) => {
      noteSaved(known, record, responseOf(record))
      sessions.noteSaved(record)
    })
    this.#stamp = this.#files.stamp()
    return known
  }

  #marksOf(source: string): Map<string, TranscriptMark> {
    const known = this.#marks.get(source)
    if (known !== undefined) return known
    const marks = new Map<string, TranscriptMark>()
    this.#marks.set(source, marks)
    return marks
  }

  /** What counts no more goes first: who is killed in between reads the transcripts again, and only they count. */
  #flush(run: ImportRun, sessions: ToldSessions): void {
    this.#append([...this.#withdrawals(run, sessions), ...run.flush()])
  }

  #withdrawals(run: ImportRun, sessions: ToldSessions): readonly UsageRecord[] {
    const copied = run.copied()
    if (copied.length === 0) return []
    const { ledger, scope } = this.#request
    const withdrawals = withdrawalsOf(copied, scope.since, ledger.directory, this.#accounts, this.#system)
    for (const { copy, cost } of withdrawals) run.noteWithdrawn(copy, cost)
    // Older ones may still count.
    if (scope.since === null) for (const copy of copied) sessions.noteWithdrawn(copy)
    return withdrawals.flatMap(({ adjustments }) => adjustments)
  }

  #append(records: readonly UsageRecord[]): void {
    const { ledger, dryRun } = this.#request
    if (!dryRun) appendRecords(records, ledger, this.#accounts.settings.durability, this.#system.ledger)
  }
}

/** Marks hold for another question when it asks for no more. */
function fits(saved: ImportScope, wanted: ImportScope): boolean {
  const isSinceCovered = saved.since === null || (wanted.since !== null && saved.since <= wanted.since)
  return saved.program === wanted.program && saved.project === wanted.project && isSinceCovered
}

function isCopy({ source }: SourceFiles): boolean {
  return source.copyOf !== undefined
}

/** What the source of a saved record says of its id; the first part of an id names the source. */
function responseOf({ id }: UsageRecord): string {
  return sourceNamed(id.slice(0, id.indexOf(':')))?.responseOf?.(id) ?? ''
}
