import type { SessionSpend } from '../core/snapshot.ts'
import { bySeverity, type Verdict } from '../core/verdict.ts'
import { amountText, percentText } from './amount.ts'
import { durationText } from './duration.ts'
import { glyphsOf } from './glyphs.ts'
import { badgeColumns, badgeText, type Standing, standingOf } from './level.ts'
import { type Line, span, type Span, type Tone } from './line.ts'
import { nameText, shortIds, shortModel } from './name.ts'
import { innerColumns, isNarrow, type Page } from './page.ts'
import { type Column, tableLines } from './table.ts'

interface SessionRow {
  readonly session: SessionSpend
  /** The session's worst verdict, on its whole cost; null when no budget judges it. */
  readonly worst: Verdict | null
}

/** Sessions by today's spend, with the percent and level of their whole cost. */
export function sessionLines(
  sessions: readonly SessionSpend[],
  verdicts: readonly Verdict[],
  page: Page,
): Line[] {
  const { ellipsis } = glyphsOf(page.ascii)
  const rows = sessions.map((session) => ({ session, worst: worstOf(session, verdicts) }))
  const name = (text: string) => nameText(text, page.ascii)
  const ids = shortIds(sessions.map(({ id }) => id))
  const money = rows.map(({ session }) => moneyCell(session, page))
  const id = rows.map(({ session }) => span(name(ids.get(session.id) ?? session.id), 'quiet'))
  const badge = rows.map(({ worst }) => badgeCell(worst, page))
  if (isNarrow(page)) {
    const model = cells(rows, ({ session }) => name(shortModel(session.model)))
    const table: Column[] = [
      right(money, 7),
      left(id, 6, 6),
      { ...left(model, 4), grows: true },
      left(badge, badgeColumns(page.ascii)),
    ]
    return tableLines(table, innerColumns(page), ellipsis)
  }
  const hasTask = page.columns >= 76
  const model = cells(rows, ({ session }) =>
    name(page.columns >= 100 ? session.model : shortModel(session.model)),
  )
  const task = cells(rows, ({ session }) => name(session.taskType), 'quiet')
  const elapsed = cells(rows, ({ session }) => durationText(session.last - session.first), 'quiet')
  const table: Column[] = [
    right(money, 9),
    left(id, 6, 6),
    left(
      cells(rows, ({ session }) => name(session.project)),
      6,
      24,
    ),
    { ...left(model, 8), grows: !hasTask },
    ...(hasTask ? [{ ...left(task, 8), grows: true }] : []),
    ...(page.columns < 66 ? [] : [right(elapsed, 6)]),
    right(
      cells(rows, ({ worst }) => shareText(worst, page)),
      5,
    ),
    left(badge, badgeColumns(page.ascii)),
  ]
  return tableLines(table, innerColumns(page), ellipsis)
}

function worstOf(session: SessionSpend, verdicts: readonly Verdict[]): Verdict | null {
  return verdicts.filter(({ sessionId }) => sessionId === session.id).toSorted(bySeverity)[0] ?? null
}

function moneyCell({ today }: SessionSpend, page: Page): Span {
  return span(amountText(today.usd, today.uncertain > 0, page.ascii))
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
