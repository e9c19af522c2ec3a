import type { Budget } from '../core/budget.ts'
import { amountOf } from '../core/cost.ts'
import { BeyondTable, daysOfTable, isToday } from '../core/day-table.ts'
import { Fold } from '../core/fold.ts'
import { judge } from '../core/judge.ts'
import type { Judgement } from '../core/judgement.ts'
import type { PriceTable } from '../core/price-table.ts'
import type { Today } from '../core/saved-fold.ts'
import { type SavedLedger, restoreRules, sameStamp, savedLedger } from '../core/saved-ledger.ts'
import type { CacheFiles } from '../system/cache-files.ts'
import { Unreadable } from '../system/file-system.ts'
import { LedgerCache, type MakeRestoredFold, isWorthSaving } from '../system/ledger-cache.ts'
import { LedgerReader } from '../system/ledger-reader.ts'
import type { System } from '../system/system.ts'
import { type Invocation, directoryOf, hasFlag, valueOf } from './command.ts'
import { notesOf } from './ledger-notes.ts'
import { settingsPlaces } from './load-settings.ts'
import { placeOf } from './place.ts'
import { PROGRAM } from './program.ts'
import { scopedSessionBudgets } from './session-budgets.ts'
import { settingsState } from './settings-state.ts'

export type CachedSystem = Pick<System, 'clock' | 'environment' | 'files' | 'cache'>

export interface JudgedFromCache {
  readonly judgement: Judgement
  /** The ids of all budgets. */
  readonly budgets: readonly string[]
}

/**
 * Judges from the cache and what was appended since, without any library and without reading settings again. Null
 * whenever that is not enough, for whatever reason: then the whole program answers, and what it says is the same.
 */
export function judgeFromCache(invocation: Invocation, system: CachedSystem): JudgedFromCache | null {
  if (hasFlag(invocation, 'no-cache') || valueOf(invocation, 'now') !== null) return null
  try {
    return judgeIn(invocation, system)
  } catch (error) {
    const isExpected = EXPECTED.some((kind) => error instanceof kind)
    if (isExpected) return null
    throw error
  }
}

/** Something is needed that only the whole program has. */
class HandOver extends Error {
  override readonly name = 'HandOver'
}

const EXPECTED = [HandOver, BeyondTable, Unreadable]

function judgeIn(
  invocation: Invocation,
  { clock, environment, files, cache: cacheOf }: CachedSystem,
): JudgedFromCache | null {
  const place = placeOf(invocation, { environment, files })
  const cacheFiles: CacheFiles = cacheOf(place.directory)
  const saved = savedLedger(cacheFiles.read(), PROGRAM)
  const asOf = clock.now()
  if (saved === null || saved.settings === null || !isToday(saved.days, asOf)) return null
  const state = settingsState(
    settingsPlaces(directoryOf(invocation, 'config'), environment, files),
    environment,
    files,
  )
  if (!sameStamp(state.stamp, saved.settings.stamp)) return null
  const rules = restoreRules(saved.settings)
  const cache = new LedgerCache(cacheFiles)
  const reader = new LedgerReader(place.directory, handOver)
  try {
    if (!cache.restore(reader, saved, restoredFold(saved, rules.budgets, asOf)) || reader.look().doubtful)
      return null
    const judgement = judge({
      fold: reader.fold,
      rules,
      calendar: daysOfTable(saved.days),
      asOf,
      notes: notesOf(reader),
      settingsFiles: state.files,
      ledgerPath: place.path,
      hasLedger: reader.hasFiles,
    })
    if (isWorthSaving(saved, reader)) {
      cache.save(reader, saved, {
        ...saved,
        budgets: rules.budgets,
        today: todayOf(saved),
        newStamp: handOver,
      })
    }
    return { judgement, budgets: rules.budgets.map(({ id }) => id) }
  } finally {
    reader.close()
    cache.close()
  }
}

/** The fold of the cache: what only a library knows, it hands over. */
function restoredFold(
  { days, settings }: SavedLedger,
  budgets: readonly Budget[],
  asOf: number,
): MakeRestoredFold {
  const { dayOf } = daysOfTable(days)
  const mode = settings?.costMode ?? 'auto'
  return (lineAt, known, detailFrom) =>
    new Fold({
      dayOf,
      detailFrom,
      sessionBudgets: scopedSessionBudgets(budgets),
      costOf: (record, recorded) => amountOf(record, recorded, NO_PRICES, mode),
      lineAt,
      until: null,
      asOf,
      known,
    })
}

/** The price table is large, and new records mostly say what they cost. */
const NO_PRICES: PriceTable = { priceOf: handOver }

function todayOf({ days, fold: { detailFrom } }: SavedLedger): Today {
  const { start } = days.periods.daily
  return { day: daysOfTable(days).dayOf(start), start, detailFrom }
}

function handOver(): never {
  throw new HandOver()
}
