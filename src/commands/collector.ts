import { safeText } from '../core/safe-text.ts'
import type { ImportReport } from '../core/import-report.ts'
import type { ImportLock } from '../system/import-lock.ts'
import { NotSaved } from '../system/ledger-append.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import type { ImportProgress, Importer } from './importer.ts'
import type { SourceFiles } from './import-request.ts'

export type CollectingSystem = Pick<
  System,
  'transcripts' | 'imports' | 'ledger' | 'files' | 'clock' | 'scheduler'
>

export interface CollectorOptions {
  readonly importer: Importer
  /** Looks for transcripts everywhere. */
  readonly find: () => readonly SourceFiles[]
  /** Directories in which new ones may turn up, besides those where there are some. None of them has to exist. */
  readonly roots: readonly string[]
  readonly ledgerDirectory: string
  /** Says what could not be read or saved; null when all is well again. */
  readonly onTrouble: (trouble: string | null) => void
}

/** How often it looks at what may grow. */
const LOOK_MS = 500
/** An agent that was silent for so long is looked for with all others. */
const ACTIVE_MS = 15 * 60_000
/** How often it looks at everything. */
export const TREE_MS = 30_000
/** How often it writes down how far it came: without that it would only read some bytes again. */
const SAVE_MS = 60_000

interface Work {
  readonly steps: Generator<ImportProgress, ImportReport>
  readonly lock: ImportLock
  /** Whether it is about everything that is pending. */
  readonly isWhole: boolean
}

/**
 * Follows transcripts while the agents write them. Every look asks for the few that changed lately and for new entries
 * in the folders; all of them are asked about every half minute. File events would need a watch for each of a thousand
 * folders, and say no more.
 */
export class Collector {
  readonly #options: CollectorOptions
  readonly #system: CollectingSystem
  #sources: readonly SourceFiles[] = []
  #folders: ReadonlyMap<string, number> = new Map()
  #treeAt = -Infinity
  #savedAt: number
  #isUnsaved = false
  #work: Work | null = null
  #trouble: string | null = null
  /** Whether the ledger could not be read or written to: until it can, that is tried when everything is looked at. */
  #isFailing = false
  /** Transcripts that could not be read, by path: the same goes for them. */
  #unread: ReadonlySet<string> = new Set()

  constructor(options: CollectorOptions, system: CollectingSystem) {
    this.#options = options
    this.#system = system
    this.#savedAt = system.clock.now()
  }

  /** Begins to follow; the answer ends it, and takes its trouble away. */
  start(): () => void {
    const stop = this.#system.scheduler.every(LOOK_MS, () => this.look())
    this.look()
    return () => {
      stop()
      this.#end()
      if (this.#isUnsaved) this.#options.importer.save()
      this.#say(null)
    }
  }

  /** Looks for what has changed and brings it in, bit by bit. */
  look(): void {
    if (this.#work !== null) return
    try {
      const now = this.#system.clock.now()
      const isWhole = now - this.#treeAt >= TREE_MS
      if (isWhole) this.#treeAt = now
      if (isWhole || this.#hasNewEntries()) this.#lookEverywhere()
      else this.#lookAtActive(now)
      if (isWhole || !this.#isFailing) this.#begin(isWhole)
      if (this.#isUnsaved && this.#work === null && now - this.#savedAt >= SAVE_MS) this.#save(now)
    } catch (error) {
      this.#fail(error)
    }
  }

  #lookEverywhere(): void {
    // As they were before: what turns up while we look is seen the next time.
    const before = this.#stamps()
    this.#sources = this.#options.find()
    const all = [...this.#options.roots, ...this.#sources.flatMap(({ folders }) => folders)]
    this.#folders = new Map(all.map((folder) => [folder, before.get(folder) ?? UNKNOWN]))
  }

  #lookAtActive(now: number): void {
    const { transcripts } = this.#system
    this.#sources = this.#sources.map(({ files, ...rest }) => ({
      ...rest,
      files: files.flatMap((file) => (now - file.mtime < ACTIVE_MS ? transcripts.renewed(file) : file)),
    }))
  }

  #hasNewEntries(): boolean {
    for (const [folder, changed] of this.#folders) {
      if (this.#system.files.changed(folder) !== changed) return true
    }
    return false
  }

  #stamps(): ReadonlyMap<string, number> {
    return new Map([...this.#folders.keys()].map((folder) => [folder, this.#system.files.changed(folder)]))
  }

  #begin(isWhole: boolean): void {
    const { importer, ledgerDirectory } = this.#options
    const pending = importer.pending(this.#sources)
    const tasks = isWhole ? pending : pending.filter(({ file }) => !this.#unread.has(file.path))
    if (tasks.length === 0) {
      if (isWhole) this.#say(worstOf(this.#sources.flatMap(({ warnings }) => warnings)))
      return
    }
    this.#system.ledger.createDirectory(ledgerDirectory)
    // Another importer is at work: it leaves us less to do.
    const lock = this.#system.imports(ledgerDirectory).lock()
    if (lock === null) return
    this.#work = { steps: importer.run(this.#sources, tasks), lock, isWhole }
    this.#goOn()
  }

  /** One transcript at a time, so that keys and clock have their turn in between. */
  #goOn(): void {
    const work = this.#work
    if (work === null) return
    try {
      work.lock.refresh()
      const step = work.steps.next()
      if (step.done !== true) return this.#system.scheduler.soon(() => this.#goOn())
      this.#end()
      this.#isUnsaved = true
      this.#isFailing = false
      const unread = this.#options.importer.pending(this.#sources)
      this.#unread = new Set(unread.map(({ file }) => file.path))
      const trouble = worstOf(step.value.warnings)
      if (trouble !== null || work.isWhole) this.#say(trouble)
    } catch (error) {
      this.#fail(error)
    }
  }

  #save(now: number): void {
    this.#savedAt = now
    this.#isUnsaved = false
    this.#options.importer.save()
  }

  #end(): void {
    this.#work?.steps.return(NO_REPORT)
    this.#work?.lock.release()
    this.#work = null
  }

  #fail(error: unknown): void {
    this.#end()
    this.#isFailing = true
    if (error instanceof Unreadable) this.#say(safeText(`${error.path} ${error.message}: ${error.fix}`))
    else if (error instanceof NotSaved) this.#say(safeText(error.message))
    else throw error
  }

  #say(trouble: string | null): void {
    if (trouble === this.#trouble) return
    this.#trouble = trouble
    this.#options.onTrouble(trouble)
  }
}

/** Unlike any other instant, itself included, so that a folder that is new is looked at twice. */
const UNKNOWN = NaN

const NO_REPORT: ImportReport = { sources: [], unpriced: [], warnings: [], ledgerPath: '', dryRun: false }

function worstOf([first]: ImportReport['warnings']): string | null {
  return first === undefined ? null : safeText(`${first.path} ${first.message}`)
}
