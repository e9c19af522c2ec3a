import { amountOf } from '../core/cost.ts'
import { BeyondTable, daysOfTable } from '../core/day-table.ts'
import { Fold } from '../core/fold.ts'
import { judge } from '../core/judge.ts'
import type { Judgement } from '../core/judgement.ts'
import { saveAnswer } from '../core/save-answer.ts'
import { saveJudgement } from '../core/saved-judgement.ts'
import { restorePrices } from '../core/saved-price.ts'
import { type SavedLedger, savedLedger } from '../core/saved-ledger.ts'
import { Unreadable } from '../system/file-system.ts'
import { LedgerCache, type MakeRestoredFold, WORTH_SAVING, isWorthSaving } from '../system/ledger-cache.ts'
import { LedgerReader } from '../system/ledger-reader.ts'
import { notesOf } from './ledger-notes.ts'
import { HandOver, WHOLE_TABLE, handOver } from './hand-over.ts'
import type { OpenDay } from './open-day.ts'
import { scopedSessionBudgets } from './session-budgets.ts'

/** Judges from a cache and what was appended since; null when that takes more than the cache holds. */
export function judgeNews(day: OpenDay): Judgement | null {
  const saved = savedLedger(day.saved, day, day.files.read('fold'))
  return saved === null ? null : judgeSince(saved, day)
}

function judgeSince(saved: SavedLedger, cache: OpenDay): Judgement | null {
  const ledger = new LedgerCache(cache.files)
  const reader = new LedgerReader(cache.place.directory, handOver)
  try {
    if (!ledger.restore(reader, saved, restoredFold(saved, cache)) || reader.look().doubtful) return null
    return judged(saved, cache, ledger, reader)
  } catch (error) {
    if (EXPECTED.some((kind) => error instanceof kind)) return null
    throw error
  } finally {
    reader.close()
    ledger.close()
  }
}

const EXPECTED = [HandOver, BeyondTable, Unreadable]

function judged(
  saved: SavedLedger,
  { rules, asOf, names, claims: { isTaken } }: OpenDay,
  ledger: LedgerCache,
  reader: LedgerReader,
): Judgement {
  const calendar = daysOfTable(saved.days)
  const judgement = judge({
    fold: reader.fold,
    rules,
    calendar,
    asOf,
    notes: notesOf(reader),
    ...names,
    hasLedger: reader.hasFiles,
  })
  if (isWorthSaving(saved, reader, WORTH_SAVING)) {
    const { start } = saved.days.periods.daily
    const today = { day: calendar.dayOf(start), start, detailFrom: saved.fold.detailFrom }
    const { budgets } = rules
    ledger.save(reader, saved, {
      ...saved,
      asOf,
      budgets,
      today,
      routing: null,
      judged: saveJudgement(judgement),
      answer: saveAnswer(judgement, rules, isTaken),
    })
  }
  return judgement
}

/** The fold of the cache: what only a library knows, it hands over. */
function restoredFold({ days, prices }: SavedLedger, { rules, settings, asOf }: OpenDay): MakeRestoredFold {
  const { dayOf } = daysOfTable(days)
  const { start, end } = days.periods.daily
  const table = restorePrices(prices, start, end, WHOLE_TABLE)
  return (lineAt, known, detailFrom) =>
    new Fold({
      dayOf,
      detailFrom,
      sessionBudgets: scopedSessionBudgets(rules.budgets),
      costOf: (record, recorded) => amountOf(record, recorded, table, settings.costMode),
      lineAt,
      until: null,
      asOf,
      known,
    })
}
