import { type Budget } from '../../src/core/budget.ts'
import { type Calendar, createCalendar } from '../../src/core/calendar.ts'
import { costOf } from '../../src/core/cost.ts'
import { Fold } from '../../src/core/fold.ts'
import { priceTable } from '../../src/core/price-table.ts'
import { detailFrom } from '../../src/core/take-snapshot.ts'
import { parseTimestamp } from '../../src/core/timestamp.ts'
import type { MakeFold } from '../../src/system/ledger-reader.ts'

/** An instant that a test writes down. */
export function instant(text: string): number {
  const ms = parseTimestamp(text)
  if (ms === null) throw new Error(`${text} is no timestamp`)
  return ms
}

/** One line of a ledger, the named fields first; one that is undefined is left out. */
export function usage(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    ...fields,
    timestamp: '2025-12-15T10:00:00Z',
    session_id: 's1',
    model: 'claude-sonnet-4',
    input_tokens: 100,
    output_tokens: 10,
    ...fields,
  })
}

export interface FoldSettings {
  readonly asOf?: number
  readonly calendar?: Calendar
  readonly budgets?: readonly Budget[]
}

/** Makes the real fold, which knows no prices: what a record cost is what it says. */
export function foldMaker({
  asOf = instant('2025-12-15T14:30:00Z'),
  calendar = createCalendar('UTC'),
  budgets = [],
}: FoldSettings = {}): MakeFold {
  const table = priceTable([])
  return (lineAt) =>
    new Fold({
      dayOf: calendar.dayOf,
      detailFrom: detailFrom(calendar, asOf, 30),
      sessionBudgets: budgets.filter(
        ({ kind, scope }) => kind === 'per_session' && Object.keys(scope).length > 0,
      ),
      costOf: (record) => costOf(record, table, 'auto'),
      lineAt,
      until: null,
      asOf,
    })
}

/** Feeds a whole text to a new fold, which may look its lines up again. */
export function foldText(text: string, makeFold: MakeFold): { readonly fold: Fold; readonly unread: number } {
  const bytes = Buffer.from(text)
  const fold = makeFold((location) => bytes.subarray(location))
  const cursor = { name: 'sessions.jsonl', base: 0, offset: 0, lines: 0, skipping: false }
  fold.feed(cursor, bytes, bytes.length, true)
  return { fold, unread: bytes.length - cursor.offset }
}

/** The fold of some lines. */
export function foldLines(lines: readonly string[], settings: FoldSettings = {}): Fold {
  return foldText(lines.map((line) => `${line}\n`).join(''), foldMaker(settings)).fold
}
