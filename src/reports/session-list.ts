import { type Value, instant, money, name, share, word } from '../core/report.ts'
import { UNKNOWN } from '../core/record.ts'
import type { ListColumn, ListRow, ScreenList } from '../core/screen-data.ts'
import { standingOf } from '../core/standing.ts'
import type { Verdict } from '../core/verdict.ts'
import { BySession } from './by-session.ts'
import type { Sum } from './sums.ts'
import { type Selection, labelsOf } from './usage.ts'

/** Of a hundred thousand sessions nobody scrolls through more; what they leave out is told. */
const MOST_SESSIONS = 2000

const COLUMNS: readonly ListColumn[] = [
  { key: 'cost_usd', title: 'spend' },
  { key: 'session_id', title: 'session', isId: true },
  { key: 'project', title: 'project', isText: true, expendable: 4 },
  { key: 'model', title: 'model', isText: true, expendable: 3 },
  { key: 'task_type', title: 'task', isText: true, expendable: 6 },
  { key: 'tool', title: 'tool', isText: true, expendable: 8 },
  { key: 'duration', title: 'lasted', expendable: 7 },
  { key: 'last', title: 'last used', expendable: 9 },
  { key: 'ratio', title: 'used', expendable: 1 },
]

/** Sessions by what they spent within the selection; `worstOf` judges them on their whole cost. */
export function sessionList(
  selection: Selection,
  total: Sum,
  worstOf: (session: number) => Verdict | null,
): ScreenList {
  const bySession = new BySession(selection)
  const latest = latestRows(selection)
  const shown = bySession.costliest(MOST_SESSIONS)
  return {
    title: 'Sessions',
    columns: COLUMNS,
    rows: shown.map((one) =>
      sessionRow(selection, one, bySession.sumOf(one), latest.get(one) ?? -1, worstOf(one)),
    ),
    total: bySession.sessions.length === 0 ? null : [money(total.usd, total.lowerBound), ...TOTAL_BLANKS],
    left: Math.max(0, bySession.sessions.length - MOST_SESSIONS),
    none: 'no session yet',
  }
}

const TOTAL_BLANKS: readonly Value[] = [word('total'), ...COLUMNS.slice(2).map(() => word(''))]

/** The row of each session's latest day: its labels are those that tell what it is about now. */
function latestRows({ usage, rows }: Selection): ReadonlyMap<number, number> {
  const { cells } = usage.cells
  const latest = new Map<number, number>()
  for (const row of rows) {
    const session = usage.cells.sessionOf(row)
    const known = latest.get(session)
    if (known === undefined || cells.day[row]! >= cells.day[known]!) latest.set(session, row)
  }
  return latest
}

function sessionRow(
  selection: Selection,
  session: number,
  sum: Sum,
  row: number,
  worst: Verdict | null,
): ListRow {
  const { usage } = selection
  const { sessions } = usage
  const id = sessions.id.at(session)
  const first = sessions.first[session]!
  const last = sessions.last[session]!
  const isDated = first <= last
  const labels = row < 0 ? null : labelsOf(usage, row)
  return {
    key: id,
    cells: [
      money(sum.usd, sum.lowerBound),
      name(id),
      labelled(labels?.project),
      labelled(labels?.model),
      labelled(labels?.task_type),
      labelled(labels?.tool),
      { kind: 'duration', ms: isDated ? last - first : 0 },
      instant(isDated ? last : null),
      worst === null ? word('') : share(worst.ratio),
    ],
    standing: worst === null ? null : standingOf(worst),
  }
}

function labelled(label: string | undefined): Value {
  return label === undefined || label === UNKNOWN || label === '' ? word('') : name(label)
}
