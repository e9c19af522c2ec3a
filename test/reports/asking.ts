import { type Calendar, createCalendar } from '../../src/core/calendar.ts'
import { costOf } from '../../src/core/cost.ts'
import { Fold } from '../../src/core/fold.ts'
import { judgeQuality } from '../../src/core/judge-quality.ts'
import { priceTable } from '../../src/core/price-table.ts'
import type { Report, Table, Value } from '../../src/core/report.ts'
import type { SessionCellOptions } from '../../src/core/session-cells.ts'
import { detailFrom } from '../../src/core/take-snapshot.ts'
import { ask } from '../../src/reports/ask.ts'
import { spanAround } from '../../src/reports/day-span.ts'
import type { Asked, Question } from '../../src/reports/question.ts'
import { EVERYTHING, type Usage } from '../../src/reports/usage.ts'
import type { MakeFold } from '../../src/system/ledger-reader.ts'
import { foldText, instant } from '../kit/fold-lines.ts'

const NOW = instant('2025-12-17T14:30:00Z')

export interface World {
  readonly lines: readonly string[]
  readonly asOf?: number
  readonly calendar?: Calendar
  readonly sessionCells?: SessionCellOptions
}

/** Makes the real fold with the sums of reports, which knows no prices: what a record cost is what it says. */
export function reportFold({
  asOf = NOW,
  calendar = UTC,
  sessionCells = ALL,
}: Omit<World, 'lines'>): MakeFold {
  const table = priceTable([])
  return (lineAt) =>
    new Fold({
      dayOf: calendar.dayOf,
      detailFrom: detailFrom(calendar, asOf, 30),
      sessionBudgets: [],
      sessionCells,
      costOf: (record) => costOf(record, table, 'auto'),
      lineAt,
      until: null,
      asOf,
    })
}

const UTC = createCalendar('UTC')
const ALL: SessionCellOptions = { from: -Infinity, labels: 'all' }

export function usageIn(fold: Fold, calendar: Calendar = UTC): Usage {
  const { sessionCells: cells, groups, sessions } = fold.rollup
  if (cells === null) throw new Error('the fold keeps no sums for reports')
  return { cells, groups, sessions, calendar }
}

export function foldOf(world: World): Fold {
  return foldText(world.lines.map((line) => `${line}\n`).join(''), reportFold(world)).fold
}

/** A report on some lines; about the current period of the question unless `asked` says otherwise. */
export function reportOn(question: Question, world: World, asked: Partial<Asked> = {}): Report {
  const { asOf = NOW, calendar = UTC } = world
  const fold = foldOf(world)
  const today = calendar.dayOf(asOf)
  return ask(
    'test',
    question,
    {
      usage: usageIn(fold, calendar),
      span: spanAround(question.period, today, calendar),
      kind: question.period,
      filter: EVERYTHING,
      today,
      mostRows: Infinity,
      limits: { daily: null, weekly: null, monthly: null },
      ...asked,
    },
    { asOf, quality: judgeQuality(fold.rollup, fold.findings, calendar, asOf, []) },
  )
}

/** The figures of a section, or the value of one. */
export function figuresOf(report: Report, key: string): Readonly<Record<string, Value>> {
  const section = report.sections.find((one) => one.key === key)
  if (section?.kind !== 'figures') throw new Error(`there are no figures ${key}`)
  return Object.fromEntries(section.figures.map((figure) => [figure.key, figure.value]))
}

export function tableOf(report: Report, key: string): Table {
  const section = report.sections.find((one) => one.key === key)
  if (section?.kind !== 'table') throw new Error(`there is no table ${key}`)
  return section
}

/** The rows of a table by column. */
export function rowsOf(report: Report, key: string): readonly Readonly<Record<string, Value>>[] {
  const { columns, rows } = tableOf(report, key)
  return [...rows].map((row) => Object.fromEntries(row.map((value, nth) => [columns[nth]!.key, value])))
}
