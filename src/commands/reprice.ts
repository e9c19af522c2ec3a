import { type Counted, adjusted, repricingOf } from '../core/adjustment.ts'
import { costOf, hasUsage } from '../core/cost.ts'
import type { UnpricedModel } from '../core/import-report.ts'
import { type Money, NO_MONEY, minus, plus } from '../core/money.ts'
import { type UsageRecord, totalTokens } from '../core/record.ts'
import type { RepriceReport } from '../core/reprice-report.ts'
import { ulid } from '../core/ulid.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { appendRecords } from './append-records.ts'
import { collectRecords, takeRecords } from './collect-records.ts'

export interface RepriceRequest {
  readonly place: { readonly directory: string; readonly path: string }
  /** Leaves older records as they are; null for none. */
  readonly since: number | null
  readonly dryRun: boolean
}

type RepricingSystem = Pick<System, 'ledger' | 'clock'>

/**
 * Gives the records that our price table priced the price of today. Says what is right, not what changes, so that saying
 * it twice changes nothing. Under `auto` the sums are those of `computed` afterwards, but for what tools reported. Throws
 * `NotSaved` and `Unreadable`.
 */
export function repriceLedger(
  { place, since, dryRun }: RepriceRequest,
  accounts: Accounts,
  system: RepricingSystem,
): RepriceReport {
  const { costMode, durability } = accounts.settings
  const { ledger } = system
  const reprice = new Repricing(accounts, system)
  if (costMode !== 'computed') {
    reprice.corrections = correctionsIn(place.directory, ledger)
    const isWanted = (record: UsageRecord): boolean =>
      !record.adjustment && mayBeOurs(record) && !isBefore(since, record)
    takeRecords(ledger, place.directory, null, isWanted, (records) => {
      const changes = reprice.changesTo(records)
      if (dryRun) for (const _ of changes);
      else appendRecords(changes, place, durability, ledger)
    })
  }
  return { ...reprice.report(), ledgerPath: place.path, dryRun, costMode }
}

type Corrections = ReadonlyMap<string, readonly UsageRecord[]>

function correctionsIn(directory: string, ledger: RepricingSystem['ledger']): Corrections {
  const corrections = new Map<string, UsageRecord[]>()
  for (const record of collectRecords(ledger, directory, null, isCorrection)) {
    const known = corrections.get(record.corrects)
    if (known === undefined) corrections.set(record.corrects, [record])
    else known.push(record)
  }
  return corrections
}

function isCorrection({ adjustment, corrects }: UsageRecord): boolean {
  return adjustment && corrects !== ''
}

/** What says a cost of its own and not that it is ours is somebody's word. */
function mayBeOurs({ costSource, costUsd }: UsageRecord): boolean {
  return costSource === 'table' || costUsd === null || costUsd === 0n
}

function isBefore(since: number | null, { timestamp }: UsageRecord): boolean {
  return since !== null && timestamp !== null && timestamp < since
}

class Repricing {
  corrections: Corrections = new Map()
  readonly #accounts: Accounts
  readonly #clock: System['clock']
  #priced = 0
  #repriced = 0
  #more: Money = NO_MONEY
  #less: Money = NO_MONEY
  #live = 0
  #typed = 0
  #nameless = 0
  readonly #unpriced = new Map<string, UnpricedModel>()

  constructor(accounts: Accounts, { clock }: RepricingSystem) {
    this.#accounts = accounts
    this.#clock = clock
  }

  /** What has to be appended. */
  *changesTo(records: Iterable<UsageRecord>): Generator<UsageRecord> {
    for (const record of records) {
      if (!hasUsage(record)) continue
      if (record.costUsd === null || record.costUsd === 0n) yield* this.#costTo(record)
      else yield* this.#adjustmentsTo(record)
    }
  }

  report() {
    return {
      priced: this.#priced,
      repriced: this.#repriced,
      moreUsd: this.#more,
      lessUsd: this.#less,
      live: this.#live,
      typed: this.#typed,
      nameless: this.#nameless,
      unpriced: [...this.#unpriced.values()].toSorted((a, b) => b.tokens - a.tokens),
    }
  }

  /** Only where nobody but records may price is a cost written down: into the record itself, said once more. */
  *#costTo(record: UsageRecord): Generator<UsageRecord> {
    const cost = this.#costToday(record)
    if (cost === null) return this.#noteUnpriced(record)
    if (this.#accounts.settings.costMode !== 'recorded') this.#live++
    else if (record.id === '' || record.costUsd !== null || this.corrections.has(record.id)) this.#nameless++
    else {
      this.#priced++
      this.#note(cost)
      yield { ...record, costUsd: cost, costSource: 'table' }
    }
  }

  *#adjustmentsTo(record: UsageRecord): Generator<UsageRecord> {
    this.#priced++
    const corrections = this.corrections.get(record.id) ?? []
    const parts = [this.#counted(record), ...corrections.map((part) => this.#counted(part))] as const
    const before = adjusted(parts)
    const cost = this.#costToday(before.record)
    if (cost === null) this.#noteUnpriced(record)
    else if (cost === before.cost) return
    else if (record.id === '') this.#nameless++
    else if (corrections.some(isTyped)) this.#typed++
    else {
      this.#note(minus(cost, before.cost ?? NO_MONEY))
      for (const adjustment of repricingOf(parts, cost)) {
        const id = ulid(this.#clock.now(), this.#clock.random(16))
        yield { ...adjustment, id, corrects: record.id }
      }
    }
  }

  #note(change: Money): void {
    this.#repriced++
    if (change > 0n) this.#more = plus(this.#more, change)
    else this.#less = minus(this.#less, change)
  }

  #noteUnpriced(record: UsageRecord): void {
    const known = this.#unpriced.get(record.model) ?? { model: record.model, responses: 0, tokens: 0 }
    known.responses++
    known.tokens += totalTokens(record)
    this.#unpriced.set(record.model, known)
  }

  #counted(record: UsageRecord): Counted {
    const { prices, settings } = this.#accounts
    return { record, cost: costOf(record, prices, settings.costMode) }
  }

  /** What the table says, whatever the record does. */
  #costToday(record: UsageRecord): Money | null {
    return costOf({ ...record, costUsd: null, costSource: null }, this.#accounts.prices, 'computed')
  }
}

/** Somebody's own word on a cost, and not a difference of ours. */
function isTyped({ costUsd, costSource }: UsageRecord): boolean {
  return costUsd !== null && costUsd !== 0n && costSource !== 'table'
}
