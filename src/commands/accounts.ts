import { type Calendar, createCalendar } from '../core/calendar.ts'
import { type Charts, HISTORY_DAYS, chartsOf, forecastsOf } from '../core/build-dashboard.ts'
import { amountOf } from '../core/cost.ts'
import type { Dashboard } from '../core/dashboard.ts'
import { type DaySums, sumDay } from '../core/day-sums.ts'
import { Fold } from '../core/fold.ts'
import { judge } from '../core/judge.ts'
import type { Judgement } from '../core/judgement.ts'
import { LastMade } from '../core/last-made.ts'
import { priceFromBlock } from '../core/price-block.ts'
import { PriceCatalog } from '../core/price-catalog.ts'
import type { UsageRecord } from '../core/record.ts'
import { RecordScanner } from '../core/record-scanner.ts'
import { NO_RULES, type RouterSettings } from '../core/router.ts'
import { type Stamp, stampOf } from '../core/saved-ledger.ts'
import type { Price } from '../core/price.ts'
import type { SessionCellOptions } from '../core/session-cells.ts'
import type { PriceTable } from '../core/price-table.ts'
import { detailFrom } from '../core/take-snapshot.ts'
import { describeProblem } from '../settings/problem.ts'
import type { Resolution } from '../settings/resolution.ts'
import type { Settings, UserPrice } from '../settings/settings.ts'
import type { MakeRestoredFold } from '../system/ledger-cache.ts'
import type { OpenLedger } from '../system/ledger.ts'
import type { MakeFold } from '../system/ledger-reader.ts'
import type { PriceSource } from '../system/shipped-prices.ts'
import type { OverridesAt } from './overrides-file.ts'
import { scopedSessionBudgets } from './session-budgets.ts'

/** What judging stands on besides the ledger itself. */
export type JudgingSettings = Omit<Settings, 'router'>

/** Where settings were read, and what there is to say about them: a misspelt key may have set no budget. */
export interface SettingsRead {
  readonly files: readonly string[]
  readonly notices: readonly string[]
  /** Null when it is broken, which budgets are judged without. */
  readonly router: RouterSettings | null
}

export const NOTHING_READ: SettingsRead = { files: [], notices: [], router: NO_RULES }

/** What was read for a resolution. */
export function readOf({ files, notices, router }: Resolution): SettingsRead {
  return {
    files,
    notices: notices.map(describeProblem),
    router: router.kind === 'ok' ? (router.value ?? NO_RULES) : null,
  }
}

/** What a judgement stands on besides settings and records. */
export interface JudgingGround {
  /** Epoch milliseconds. */
  readonly asOf: number
  readonly overrides: OverridesAt
  /** Of the reader, as sentences. */
  readonly notes: readonly string[]
  readonly ledgerPath: string
}

/** Settings turned into the things that work: calendar, prices, and the fold they make. */
export class Accounts {
  readonly settings: JudgingSettings
  readonly read: SettingsRead
  readonly calendar: Calendar
  readonly #table: PriceTable
  readonly #prices: PriceSource
  /** Which update of the prices these accounts began with. */
  readonly #update: string
  /** A pane judges every minute, and rarely is there anything new to add up. */
  readonly #sums = new LastMade<DaySums>()
  readonly #charts = new LastMade<Charts>()

  constructor(settings: JudgingSettings, read: SettingsRead, machineZone: () => string, prices: PriceSource) {
    this.settings = settings
    this.read = read
    const zone = settings.timezone === 'local' ? machineZone() : settings.timezone
    this.calendar = createCalendar(zone, settings.weekStartsOn)
    this.#prices = prices
    this.#update = prices.updatedStamp()
    this.#table = lazily(() => this.catalog().table)
  }

  get prices(): PriceTable {
    return this.#table
  }

  /** Every price there is, layer by layer. Throws `Unreadable` for an update that cannot be read. */
  catalog(): PriceCatalog {
    return new PriceCatalog({
      yours: pricesOf(this.settings, ({ fromProject }) => !fromProject),
      updated: this.#prices.updated(),
      shipped: this.#prices.shipped(),
      project: pricesOf(this.settings, ({ fromProject }) => fromProject),
    })
  }

  /** All that decides how a record is folded, as text. */
  get foldKey(): string {
    const { settings, calendar } = this
    const sessionScopes = scopedSessionBudgets(settings.budgets).map(({ id, scope }) => [id, scope])
    const prices = settings.prices.map(({ block, fromProject }) => [fromProject, block])
    return JSON.stringify([
      calendar.zone,
      settings.weekStartsOn,
      settings.costMode,
      sessionScopes,
      prices,
      this.#update,
    ])
  }

  /** The fold that reads a ledger under these settings; `until` leaves later records out. */
  foldAt(asOf: number, until: number | null): MakeFold {
    return this.#foldBy({ asOf, until, sessionCells: null })
  }

  /** The same with the sums of which reports are made. */
  reportFoldAt(asOf: number, until: number | null, sessionCells: SessionCellOptions): MakeFold {
    return this.#foldBy({ asOf, until, sessionCells })
  }

  /** The fold of a recipe that was made of these settings. */
  #foldBy(terms: FoldTerms): MakeFold {
    const recipe: FoldRecipe = { ...terms, settings: this.settings, zone: this.calendar.zone }
    const from = this.detailFrom(terms.asOf)
    const makeFold: MakeFold = (lineAt) =>
      new Fold({ ...this.#foldOptions(terms.asOf), ...terms, detailFrom: from, lineAt })
    return Object.assign(makeFold, { recipe })
  }

  /** The fold that goes on from a cache written under settings that fold alike. */
  restoredFoldAt(asOf: number): MakeRestoredFold {
    return (lineAt, known, from) =>
      new Fold({ ...this.#foldOptions(asOf), detailFrom: from, lineAt, until: null, known })
  }

  /** From which day on an answer as of an instant looks at single days. */
  detailFrom(asOf: number): number {
    return detailFrom(this.calendar, asOf, HISTORY_DAYS)
  }

  /** All that decides what a cache holds: under other terms it is of no use. */
  get terms(): Stamp {
    const scopes = this.settings.budgets.map(({ kind, scope }) => [kind === 'per_session', scope])
    return stampOf(JSON.stringify([this.foldKey, scopes]))
  }

  /** Judges every budget on what the reader has read. */
  judge(reader: OpenLedger, { asOf, overrides, notes, ledgerPath }: JudgingGround): Judgement {
    const { fold } = reader
    const { calendar, settings } = this
    const { budgets } = settings
    const input = {
      fold,
      rules: settings,
      calendar,
      asOf,
      notes: [...this.read.notices, ...overrides.notes, ...notes],
      overrides: overrides.active,
      settingsFiles: this.read.files,
      ledgerPath,
      hasLedger: reader.hasFiles,
    }
    const sums = this.#sums.get(this.#dayKey(fold, asOf), () =>
      sumDay(fold.rollup, { asOf, calendar, budgets }),
    )
    return judge(input, sums)
  }

  /** The same with what the pane shows besides; no judgement depends on what hooks have to say. */
  dashboard(
    reader: OpenLedger,
    judgement: Judgement,
    project: string | null,
    hookNotes: readonly string[],
  ): Dashboard {
    const { snapshot } = judgement
    const { fold } = reader
    const charts = this.#charts.get(this.#dayKey(fold, snapshot.asOf), () =>
      chartsOf(fold.rollup, this.calendar, snapshot),
    )
    const notes = [...snapshot.quality.notes, ...hookNotes]
    return {
      snapshot: { ...snapshot, quality: { ...snapshot.quality, notes } },
      verdicts: judgement.verdicts,
      latestAlert: null,
      forecasts: forecastsOf(judgement.verdicts, judgement.snapshot),
      overrides: judgement.overrides,
      project,
      ...charts,
      plan: null,
      credits: null,
      builtInLimits: judgement.builtInLimits,
      ledgerPath: judgement.ledgerPath,
      hasLedger: judgement.hasLedger,
    }
  }

  /** All that sums of a day depend on, under these settings. */
  #dayKey({ rollup }: Fold, asOf: number): readonly unknown[] {
    return [rollup, rollup.changes, this.calendar.dayOf(asOf)]
  }

  #foldOptions(asOf: number) {
    return {
      dayOf: this.calendar.dayOf,
      sessionBudgets: scopedSessionBudgets(this.settings.budgets),
      costOf: (record: UsageRecord, recorded: number) =>
        amountOf(record, recorded, this.#table, this.settings.costMode),
      asOf,
      scanner,
    }
  }
}

interface FoldTerms {
  readonly asOf: number
  readonly until: number | null
  /** Null where no report is to be made. */
  readonly sessionCells: SessionCellOptions | null
}

/** All that decides how records are folded, as plain data: another thread makes the same fold of it. */
export interface FoldRecipe extends FoldTerms {
  readonly settings: JudgingSettings
  readonly zone: string
}

/** What `foldAt` or `reportFoldAt` made, made again. */
export function foldFrom({ settings, zone, ...terms }: FoldRecipe, prices: PriceSource): MakeFold {
  const { asOf, until, sessionCells } = terms
  const accounts = new Accounts(settings, NOTHING_READ, () => zone, prices)
  return sessionCells === null
    ? accounts.foldAt(asOf, until)
    : accounts.reportFoldAt(asOf, until, sessionCells)
}

/** Two settings under which every record is folded alike: a reader may go on with what it has. */
export function foldsAlike(a: Accounts, b: Accounts): boolean {
  return a.foldKey === b.foldKey
}

function pricesOf({ prices }: JudgingSettings, wanted: (price: UserPrice) => boolean): readonly Price[] {
  return prices.filter(wanted).map(({ block, source }) => priceFromBlock(block, source))
}

function lazily(make: () => PriceTable): PriceTable {
  let table: PriceTable | null = null
  return { priceOf: (model, at) => (table ??= make()).priceOf(model, at) }
}

function scanner(rows?: number): RecordScanner {
  return new RecordScanner(rows)
}
