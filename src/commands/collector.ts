import { dirname } from 'node:path'
import { safeText } from '../core/safe-text.ts'
import type { ImportReport } from '../core/import-report.ts'
import { NotSaved } from '../system/ledger-append.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import type { TranscriptFile } from '../system/transcript-files.ts'
import type { ImportProgress, Importer } from './importer.ts'
import type { SourceFiles } from './import-request.ts'

export type CollectingSystem = Pick<System, 'transcripts' | 'imports' | 'files' | 'clock' | 'scheduler'>

export interface CollectorOptions {
  readonly importer: Importer
  /** Looks for transcripts everywhere. */
  readonly find: () => readonly SourceFiles[]
  /** Directories in which new ones may turn up, besides those where there are some. */
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
const TREE_MS = 30_000
/** How often it writes down how far it came: without that it would only read some bytes again. */
const SAVE_MS = 60_000

/**
 * Follows transcripts while the agents write them. Every look asks for the few that changed lately and for new entries
 * in the folders; all of them are asked about every half minute. File events would need a watch for each of a thousand
 * folders, and say no more.
 */
export class Collector {
  readonly #options: CollectorOptions
  readonly #system: CollectingSystem
  #sources: readonly SourceFiles[] = []
  #folders = new Map<string, number>()
  #treeAt = -Infinity
  #savedAt: number
  #isUnsaved = false
  #work: { readonly steps: Generator<ImportProgress, ImportReport>; readonly release: () => void } | null =
    null

  constructor(options: CollectorOptions, system: CollectingSystem) {
    this.#options = options
    this.#system = system
    this.#savedAt = system.clock.now()
  }

  /** Begins to follow; the answer ends it. */
  start(): () => void {
    const stop = this.#system.scheduler.every(LOOK_MS, () => this.look())
    this.look()
    return () => {
      stop()
      this.#end()
      if (this.#isUnsaved) this.#options.importer.save()
    }
  }

  /** Looks for what has changed and brings it in, bit by bit. */
  look(): void {
    if (this.#work !== null) return
    try {
      const now = this.#system.clock.now()
      const isTreeDue = now - this.#treeAt >= TREE_MS || this.#hasNewEntries()
      if (isTreeDue) this.#lookEverywhere(now)
      else this.#lookAtActive(now)
      this.#begin()
      if (this.#isUnsaved && this.#work === null && now - this.#savedAt >= SAVE_MS) this.#save(now)
    } catch (error) {
      this.#fail(error)
    }
  }

  #lookEverywhere(now: number): void {
    this.#treeAt = now
    this.#sources = this.#options.find()
    // Where a place does not exist yet, the folder that it would be in changes first.
    const { roots } = this.#options
    const all = new Set([
      ...roots,
      ...roots.map((root) => dirname(root)),
      ...this.#sources.flatMap(({ folders }) => folders),
    ])
    this.#folders = new Map([...all].map((folder) => [folder, this.#system.files.changed(folder)]))
  }

  #lookAtActive(now: number): void {
    this.#sources = this.#sources.map(({ files, ...rest }) => ({
      ...rest,
      files: files.flatMap((file) => (now - file.mtime < ACTIVE_MS ? this.#renewed(file) : file)),
    }))
  }

  #renewed(file: TranscriptFile): readonly TranscriptFile[] {
    return this.#system.transcripts.renewed(file)
  }

  #hasNewEntries(): boolean {
    for (const [folder, changed] of this.#folders) {
      if (this.#system.files.changed(folder) !== changed) return true
    }
    return false
  }

  #begin(): void {
    const { importer, ledgerDirectory } = this.#options
    const tasks = importer.pending(this.#sources)
    if (tasks.length === 0) return
    // Another importer is at work: it leaves us less to do.
    const release = this.#system.imports(ledgerDirectory).lock()
    if (release === null) return
    this.#work = { steps: importer.run(this.#sources, tasks), release }
    this.#goOn()
  }

  /** One transcript at a time, so that keys and clock have their turn in between. */
  #goOn(): void {
    const work = this.#work
    if (work === null) return
    try {
      const step = work.steps.next()
      if (step.done !== true) return this.#system.scheduler.soon(() => this.#goOn())
      this.#end()
      this.#isUnsaved = true
      const [warning] = step.value.warnings
      this.#options.onTrouble(warning === undefined ? null : safeText(`${warning.path} ${warning.message}`))
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
    this.#work?.release()
    this.#work = null
  }

  #fail(error: unknown): void {
    this.#end()
    if (!(error instanceof NotSaved || error instanceof Unreadable)) throw error
    this.#options.onTrouble(safeText(error.message))
  }
}

const NO_REPORT: ImportReport = { sources: [], unpriced: [], warnings: [], ledgerPath: '', dryRun: false }
