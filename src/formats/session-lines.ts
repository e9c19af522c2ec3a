import { UNKNOWN } from '../core/record.ts'
import type { SessionSpend } from '../core/snapshot.ts'
import { bySeverity, type Verdict } from '../core/verdict.ts'
import { amountText, percentText } from './amount.ts'
import { durationText } from '../core/duration.ts'
import { glyphsOf } from './glyphs.ts'
import { badgeText, type Standing, standingOf } from '../core/standing.ts'
import { badgeColumns } from './level.ts'
import { type Line, span, type Span, type Tone } from './line.ts'
import { nameText, shortModel } from './name.ts'
import { innerColumns, isNarrow, type Page } from './page.ts'
import { type Column, naturalWidth, tableLines } from './table.ts'

interface SessionRow {
  readonly session: SessionSpend
  /** The session's worst verdict, on its whole cost; null when no budget judges it. */
  readonly worst: Verdict | null
}

/** A longer name than this is only there because it reads like another one, and must end somewhere. */
const LONGEST_NAME = 30

/**
 * Sessions by today's spend, with the percent and level of their whole cost, in at most `columns` columns; `names`
 * says what each is called.
 */
export function sessionLines(
  sessions: readonly SessionSpend[],
  verdicts: readonly Verdict[],
  names: ReadonlyMap<string, string>,
  page: Page,
  columns = innerColumns(page),
): Line[] {
  const rows = sessions.map((session) => ({ session, worst: worstOf(session, verdicts) }))
  const text = (label: string): string => nameText(label, page.ascii)
  const name = cells(rows, ({ session }) => names.get(session.id) ?? text(session.id), 'quiet')
  const modelOf = page.columns >= 100 ? (model: string) => model : shortModel
  const model = cells(rows, ({ session }) => text(modelOf(session.model)))
  const money = cells(rows, ({ session }) => moneyText(session, page))
  const badge = left(
    rows.map(({ worst }) => badgeCell(worst, page)),
    badgeColumns(page.ascii),
  )
  const { ellipsis } = glyphsOf(page.ascii)
  if (isNarrow(page)) {
    const table: Column[] = [
      uncut(right(money, 7)),
      { ...left(name, 8, 8), grows: true },
      { ...left(model, 6), grows: true, expendable: 1 },
      badge,
    ]
    return tableLines(table, columns, ellipsis, 1)
  }
  const project = cells(rows, ({ session }) => text(session.project))
  const task = cells(
    rows,
    ({ session }) => (session.taskType === UNKNOWN ? '' : text(session.taskType)),
    'quiet',
  )
  const elapsed = cells(rows, ({ session }) => durationText(session.last - session.first), 'quiet')
  const share = cells(rows, ({ worst }) => shareText(worst, page))
  const table: Column[] = [
    uncut(right(money, 9)),
    // A name that were cut might read like another one.
    uncut(left(name, 8, LONGEST_NAME)),
    left(project, 6, 24),
    { ...left(model, 8), grows: true },
    { ...left(task, 8), grows: true, expendable: 2 },
    { ...right(elapsed, 6), expendable: 1 },
    right(share, 5),
    badge,
  ]
  return tableLines(table, columns, ellipsis)
}

function worstOf(session: SessionSpend, verdicts: readonly Verdict[]): Verdict | null {
  return verdicts.filter(({ sessionId }) => sessionId === session.id).toSorted(bySeverity)[0] ?? null
}

function moneyText({ today }: SessionSpend, page: Page): string {
  return amountText(today.usd, today.uncertain > 0, page.ascii)
}

function shareText(worst: Verdict | null, page: Page): string {
  return worst === null ? '' : percentText(worst.spent, worst.budget.limit, page.ascii)
}

function badgeCell(worst: Verdict | null, page: Page): Span {
  if (worst === null) return span('')
  const standing: Standing = standingOf(worst)
  return span(badgeText(standing, page.ascii), standing)
}

function cells(
  rows: readonly SessionRow[],
  textOf: (row: SessionRow) => string,
  tone: Tone = 'plain',
): Span[] {
  return rows.map((row) => span(textOf(row), tone))
}

function left(column: readonly Span[], least: number, most = Infinity): Column {
  return { cells: column, align: 'left', least, most }
}

function right(column: readonly Span[], least: number): Column {
  return { cells: column, align: 'right', least, most: Infinity }
}

/** A column that never gives way to others. */
function uncut(column: Column): Column {
  return { ...column, least: naturalWidth(column) }
}
