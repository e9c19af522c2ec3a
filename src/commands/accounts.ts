import { type Calendar, createCalendar } from '../core/calendar.ts'
import { HISTORY_DAYS, latestDays, modelsOfDay } from '../core/build-dashboard.ts'
import { amountOf } from '../core/cost.ts'
import type { Dashboard } from '../core/dashboard.ts'
import { Fold } from '../core/fold.ts'
import { judgeQuality } from '../core/judge-quality.ts'
import type { Judgement } from '../core/judgement.ts'
import { priceFromBlock } from '../core/price-block.ts'
import type { Price } from '../core/price.ts'
import { type PriceTable, priceTable } from '../core/price-table.ts'
import { type Budget, isGlobal } from '../core/budget.ts'
import { detailFrom, takeSnapshot } from '../core/take-snapshot.ts'
import { evaluate } from '../core/verdict.ts'
import { describeProblem } from '../settings/problem.ts'
import type { Resolution } from '../settings/resolution.ts'
import type { Settings, UserPrice } from '../settings/settings.ts'
import type { OpenLedger } from '../system/ledger.ts'
import type { MakeFold } from '../system/ledger-reader.ts'
import type { PriceSource } from '../system/shipped-prices.ts'

/** What judging stands on besides the ledger itself. */
export type JudgingSettings = Omit<Settings, 'router'>

/** Where settings were read, and what there is to say about them: a misspelt key may have set no budget. */
export interface SettingsRead {
  readonly files: readonly string[]
  readonly notices: readonly string[]
}

export const NOTHING_READ: SettingsRead = { files: [], notices: [] }

/** What was read for a resolution. */
export function readOf({ files, notices }: Resolution): SettingsRead {
  return { files, notices: notices.map(describeProblem) }
}

/** Settings turned into the things that work: calendar, prices, and the fold they make. */
export class Accounts {
  readonly settings: JudgingSettings
  readonly read: SettingsRead
  readonly calendar: Calendar
  readonly #table: PriceTable

  constructor(settings: JudgingSettings, read: SettingsRead, machineZone: () => string, prices: PriceSource) {
    this.settings = settings
    this.read = read
    const zone = settings.timezone === 'local' ? machineZone() : settings.timezone
    this.calendar = createCalendar(zone, settings.weekStartsOn)
    this.#table = lazily(() =>
      priceTable(
        pricesOf(settings, ({ fromProject }) => !fromProject),
        prices.shipped(),
        pricesOf(settings, ({ fromProject }) => fromProject),
      ),
    )
  }

  get prices(): PriceTable {
    return this.#table
  }

  /** The fold that reads a ledger under these settings; `until` leaves later records out. */
  foldAt(asOf: number, until: number | null): MakeFold {
    return (lineAt) =>
      new Fold({
        dayOf: this.calendar.dayOf,
        detailFrom: detailFrom(this.calendar, asOf, HISTORY_DAYS),
        sessionBudgets: scopedSessionBudgets(this.settings),
        costOf: (record, recorded) => amountOf(record, recorded, this.#table, this.settings.costMode),
        lineAt,
        until,
        asOf,
      })
  }

  /** Judges every budget on what the reader has read. */
  judge(reader: OpenLedger, asOf: number, notes: readonly string[], ledgerPath: string): Judgement {
    const { rollup, findings } = reader.fold
    const quality = judgeQuality(rollup, findings, this.calendar, asOf, [...this.read.notices, ...notes])
    const snapshot = takeSnapshot(rollup, {
      asOf,
      calendar: this.calendar,
      budgets: this.settings.budgets,
      quality,
    })
    return {
      snapshot,
      verdicts: evaluate(this.settings.budgets, snapshot, this.settings.onUnpriced),
      settingsFiles: this.read.files,
      builtInLimits: this.settings.builtInLimits,
      ledgerPath,
      hasLedger: reader.hasFiles,
      allRecords: rollup.cells.records.reduce((sum, records) => sum + records, 0),
    }
  }

  /** The same with what the pane shows besides. */
  dashboard(reader: OpenLedger, judgement: Judgement, project: string | null): Dashboard {
    const { rollup } = reader.fold
    const today = this.calendar.dayOf(judgement.snapshot.asOf)
    return {
      snapshot: judgement.snapshot,
      verdicts: judgement.verdicts,
      project,
      models: modelsOfDay(rollup, today),
      days: latestDays(rollup, this.calendar, today),
      builtInLimits: judgement.builtInLimits,
      ledgerPath: judgement.ledgerPath,
      hasLedger: judgement.hasLedger,
    }
  }
}

/** Two settings under which every record is folded alike: a reader may go on with what it has. */
export function foldsAlike(a: Accounts, b: Accounts): boolean {
  return foldKey(a) === foldKey(b)
}

function foldKey({ settings, calendar }: Accounts): string {
  const sessionScopes = scopedSessionBudgets(settings).map(({ id, scope }) => [id, scope])
  const prices = settings.prices.map(({ block, fromProject }) => [fromProject, block])
  return JSON.stringify([calendar.zone, settings.weekStartsOn, settings.costMode, sessionScopes, prices])
}

/** The only budgets of which the fold itself keeps a sum. */
function scopedSessionBudgets({ budgets }: JudgingSettings): readonly Budget[] {
  return budgets.filter((budget) => budget.kind === 'per_session' && !isGlobal(budget))
}

function pricesOf({ prices }: JudgingSettings, wanted: (price: UserPrice) => boolean): readonly Price[] {
  return prices.filter(wanted).map(({ block, source }) => priceFromBlock(block, source))
}

function lazily(make: () => PriceTable): PriceTable {
  let table: PriceTable | null = null
  return { priceOf: (model, at) => (table ??= make()).priceOf(model, at) }
}
