import { costOf } from '../core/cost.ts'
import {
  type ImportReport,
  type ImportWarning,
  type SourceReport,
  type UnpricedModel,
  emptyReport,
} from '../core/import-report.ts'
import { type Money, NO_MONEY, minus, plus } from '../core/money.ts'
import { type UsageRecord, emptyRecord, totalTokens } from '../core/record.ts'
import { DAY_MS } from '../core/timestamp.ts'
import type { Told } from '../sources/collapse.ts'
import { Intake } from '../sources/intake.ts'
import { sourceNamed } from '../sources/index.ts'
import type { Seen } from '../sources/seen.ts'
import type { CopiedSession, ToldSessions } from '../sources/told-sessions.ts'
import type { TranscriptContent } from '../system/read-transcript.ts'
import type { TranscriptTask } from '../system/transcript-thread.ts'
import { countOf } from '../formats/count.ts'
import type { Accounts } from './accounts.ts'
import type { Attribution } from './attribution.ts'
import type { ImportRequest, SourceFiles } from './import-request.ts'

/** One run: what comes in, what of it is wanted, and what there is to say about it. */
export class ImportRun {
  readonly #request: ImportRequest
  readonly #accounts: Accounts
  readonly #attribution: Attribution
  readonly #isHere: (cwd: string) => boolean
  readonly #reports = new Map<string, SourceReport>()
  readonly #intakes = new Map<string, Intake>()
  readonly #unpriced = new Map<string, UnpricedModel>()
  readonly #warnings: ImportWarning[] = []
  /** Which source prints what the transcripts of another one hold. */
  readonly #copyOf = new Map<string, string>()
  #copied: CopiedSession[] = []
  /** What responses cost that were not final when they came in. */
  readonly #growing = new Map<string, Money>()
  held = 0

  constructor(
    sources: readonly SourceFiles[],
    request: ImportRequest,
    accounts: Accounts,
    attribution: Attribution,
    isHere: (cwd: string) => boolean,
  ) {
    this.#request = request
    this.#accounts = accounts
    this.#attribution = attribution
    this.#isHere = isHere
    for (const { source, files, warnings } of sources) {
      if (source.copyOf !== undefined) this.#copyOf.set(source.name, source.copyOf)
      const report = emptyReport(source.name, source.title)
      report.files = files.length
      this.#reports.set(source.name, report)
      this.#warnings.push(...warnings)
    }
  }

  fail({ file }: TranscriptTask, reason: string): void {
    this.#warnings.push({ path: file.path, message: reason })
  }

  take(
    { source, file }: TranscriptTask,
    content: TranscriptContent,
    seen: Seen,
    sessions: ToldSessions,
  ): void {
    const report = this.#reports.get(source)
    if (report === undefined) return
    const intake = this.#intakes.get(source) ?? new Intake(seen)
    this.#intakes.set(source, intake)
    report.filesRead++
    report.bytesRead += content.bytes
    report.tellings += content.tellings
    report.tally.add(content.counts)
    const copyOf = this.#copyOf.get(source)
    let wanted = 0
    for (const told of content.told) {
      // A run was printed when it was over.
      if (copyOf !== undefined) told.record.timestamp ??= Math.floor(file.mtime)
      if (!this.#isWanted(told, report)) continue
      if (copyOf !== undefined && sessions.has(copyOf, told.record.sessionId)) {
        report.copies++
        continue
      }
      const { sessionId } = told.record
      if (sessions.note(source, sessionId)) this.#copied.push(...sessions.copiesOf(source, sessionId))
      intake.add(told)
      wanted++
      if (!told.isFinal) report.unfinished++
    }
    this.held += wanted
    if (wanted > 0 || content.told.length === 0) {
      intake.repeats.absorb(content.repeats.count, content.repeats.sums)
    }
    const { damaged } = content.counts
    if (content.counts.strange > 0) this.warnOfStrange(file.path, content.mark.strange)
    else if (damaged > 0 && content.told.length === 0) this.#warn(file.path, countOf(damaged, 'damaged line'))
  }

  /** Says that a transcript holds what may be usage and cannot be read. */
  warnOfStrange(path: string, parts: number): void {
    this.#warn(path, `${countOf(parts, 'part')} of a form that is not known`)
  }

  #warn(path: string, what: string): void {
    this.#warnings.push({ path, message: `has ${what}, which may hold usage: look at the file` })
  }

  /** What is news of all that came in, ready to be saved. */
  flush(): readonly UsageRecord[] {
    this.held = 0
    return [...this.#intakes].flatMap(([source, intake]) => {
      const report = this.#reports.get(source)!
      return intake.take().map((told) => this.#completed(told, report))
    })
  }

  /** Sessions that some source printed and whose transcripts have come in since the last time. */
  copied(): readonly CopiedSession[] {
    const copied = this.#copied
    this.#copied = []
    return copied
  }

  /** Notes what of them counts no more. */
  noteWithdrawn({ source }: CopiedSession, cost: Money): void {
    const report = this.#reports.get(sourceNamed(source)?.copyOf ?? '')
    if (report === undefined) return
    report.withdrawn++
    report.withdrawnUsd = plus(report.withdrawnUsd, cost)
  }

  report(): ImportReport {
    for (const [source, intake] of this.#intakes) {
      const report = this.#reports.get(source)!
      report.repeated = intake.repeats.count - intake.counts.retold
      report.retold = intake.counts.retold
      report.retries = intake.counts.retries
      report.naiveUsd = plus(report.costUsd, this.#costOfRepeats(intake))
    }
    const { ledger, dryRun } = this.#request
    return {
      sources: [...this.#reports.values()],
      unpriced: [...this.#unpriced.values()].toSorted((a, b) => b.tokens - a.tokens),
      warnings: this.#warnings,
      ledgerPath: ledger.path,
      dryRun,
    }
  }

  #isWanted({ record, cwd }: Told, report: SourceReport): boolean {
    const { since } = this.#request.scope
    if (!this.#isHere(cwd)) {
      report.elsewhere++
      return false
    }
    if (since !== null && record.timestamp !== null && record.timestamp < since) {
      report.earlier++
      return false
    }
    return true
  }

  #completed(told: Told, report: SourceReport): UsageRecord {
    const { record, cwd, isUpdate } = told
    const { taskId, enhancement } = this.#request.labels
    const project = this.#attribution.projectOf(cwd)
    if (cwd !== '') record.project = project.name
    if (project.code !== '') record.projectCode = project.code
    if (taskId !== '') record.taskId = taskId
    if (enhancement !== '') record.enhancement = enhancement
    const { prices, settings } = this.#accounts
    if (record.costUsd === null) {
      record.costUsd = costOf(record, prices, settings.costMode)
      record.costSource = record.costUsd === null ? null : 'table'
    }
    if (isUpdate) report.updated++
    else report.responses++
    if (record.costUsd === null) this.#noteUnpriced(record)
    else this.#addCost(record.id, record.costUsd, told, report)
    return record
  }

  /** Of what grows while it is imported, only the growth is news. */
  #addCost(id: string, cost: Money, { isUpdate, isFinal }: Told, report: SourceReport): void {
    const before = this.#growing.get(id)
    if (!isUpdate || before !== undefined) {
      report.costUsd = plus(report.costUsd, before === undefined ? cost : minus(cost, before))
    }
    if (isFinal) this.#growing.delete(id)
    else this.#growing.set(id, cost)
  }

  #noteUnpriced(record: UsageRecord): void {
    const known = this.#unpriced.get(record.model) ?? { model: record.model, responses: 0, tokens: 0 }
    known.responses++
    known.tokens += totalTokens(record)
    this.#unpriced.set(record.model, known)
  }

  /** As sums of days: tiers of single requests are lost in them, which a comparison can bear. */
  #costOfRepeats({ repeats }: Intake): Money {
    const { prices, settings } = this.#accounts
    let sum = NO_MONEY
    for (const { day, ...tokens } of repeats.sums()) {
      const timestamp = day === null ? null : day * DAY_MS
      const cost = costOf(
        { ...emptyRecord(), ...tokens, timestamp, aggregate: true },
        prices,
        settings.costMode,
      )
      if (cost !== null) sum = plus(sum, cost)
    }
    return sum
  }
}
