import { type Table, type Value, instant, name, rowsMade, word } from '../core/report.ts'
import { BySession } from './by-session.ts'
import type { Asked, Question } from './question.ts'
import { CACHE_HIT, COST, RECORDS, SHARE, TOKENS, valuesOf } from './sum-columns.ts'
import { type Sum, totalOf } from './sums.ts'
import { totalFigures } from './total.ts'
import { type Selection, type Usage, select } from './usage.ts'

export const session: Question = {
  summary: 'each session, most spend first',
  title: 'AI cost report by session',
  period: 'monthly',
  labels: 'usual',
  answer({ usage, span, filter, mostRows }: Asked) {
    const selection = select(usage, span, filter)
    const total = totalOf(selection)
    return [totalFigures(total), sessionTable(selection, total, mostRows)]
  },
}

const SUMS = [COST, SHARE, RECORDS, ...TOKENS, CACHE_HIT]

/** Sessions by what they spent within the selection. Their labels and instants are those of their whole life. */
export function sessionTable(selection: Selection, total: Sum, mostRows: number): Table {
  const bySession = new BySession(selection)
  return {
    kind: 'table',
    key: 'sessions',
    title: 'Sessions',
    columns: [
      { key: 'session_id', title: 'session' },
      { key: 'project', title: 'project' },
      { key: 'model', title: 'model', expendable: 1 },
      { key: 'tool', title: 'tool', expendable: 10 },
      ...SUMS,
      { key: 'first', title: 'began', expendable: 2 },
      { key: 'last', title: 'last used', expendable: 11 },
      { key: 'duration_seconds', title: 'lasted', expendable: 3 },
    ],
    rows: rowsMade(bySession.costliest(mostRows), (one) =>
      sessionRow(selection.usage, one, bySession.sumOf(one), total),
    ),
    total: [word('total'), word(''), word(''), word(''), ...valuesOf(SUMS, total, total), ...NO_TIMES],
    left: Math.max(0, bySession.sessions.length - mostRows),
  }
}

const NO_TIMES: readonly Value[] = [word(''), word(''), word('')]

function sessionRow({ sessions, groups }: Usage, row: number, sum: Sum, total: Sum) {
  const { project, model, tool } = groups.at(sessions.newestGroup[row]!)
  const first = sessions.first[row]!
  const last = sessions.last[row]!
  const isDated = first <= last
  return [
    name(sessions.id.at(row)),
    name(project),
    name(model),
    name(tool),
    ...valuesOf(SUMS, sum, total),
    instant(isDated ? first : null),
    instant(isDated ? last : null),
    { kind: 'duration', ms: isDated ? last - first : 0 },
  ] satisfies readonly Value[]
}
