import type { ScreenPeriod } from '../../core/screen-data.ts'
import { factsLines } from '../../formats/facts-lines.ts'
import { glyphsOf } from '../../formats/glyphs.ts'
import { historyLines } from '../../formats/history-lines.ts'
import { BLANK, cutLine, type Line, span } from '../../formats/line.ts'
import { listsPage, windowOf } from '../../formats/lists-page.ts'
import { nameText } from '../../formats/name.ts'
import { innerColumns, isCompact } from '../../formats/page.ts'
import { rowLines } from '../../formats/row-lines.ts'
import type { PaneState } from '../pane-state.ts'
import { FRESH_VIEW } from '../screen-view.ts'
import { questionOf, selectedRow, shownData, shownLists, viewNameOf } from '../selectors.ts'
import { readingLine } from './reading.ts'
import type { Screen } from './screen.ts'

/** Facts, charts and lists: every screen whose rows somebody can go through. */
export const listsScreen: Screen = (state, page, rows, clock) => {
  const data = shownData(state)
  if (data === null) return [BLANK, readingLine(state.dataProgress, page)].slice(-rows)
  const gap = isCompact(page) ? [] : [BLANK]
  const row = detailedRow(state)
  const title = [cutLine(titleLine(state, page.ascii), innerColumns(page), glyphsOf(page.ascii).ellipsis)]
  if (row !== null)
    return windowOf([...title, ...gap, ...rowLines(row.list, row.row, clock, page)], 0, rows, 1)
  const facts = factsLines(data.facts, clock, page, isCompact(page) ? 1 : MOST_FACTS)
  const charts = historyLines(data.days, clock, page, rows - title.length - gap.length)
  const head = [...title, ...facts, ...(charts.length === 0 ? [] : [...gap, ...charts]), ...gap]
  // A single list goes by the title of the screen.
  const isTitled = data.lists.length > 1 || charts.length > 0
  // With few rows the rows themselves say most.
  const kept = head.slice(0, Math.max(0, rows - LEAST_LIST))
  return [...kept, ...listsPage(shownLists(state), lookOf(state), clock, page, rows - kept.length, isTitled)]
}

const LEAST_LIST = 4
const MOST_FACTS = 2

const PERIODS: Readonly<Record<ScreenPeriod, string>> = {
  today: 'today',
  week: 'this week',
  month: 'this month',
  all: 'all time',
}

/** What the rows are about, and what was made of them. */
function titleLine(state: PaneState, ascii: boolean): Line {
  const { dot } = glyphsOf(ascii)
  const view = state.views[viewNameOf(state) ?? 'sessions']
  const period = questionOf(state)?.period ?? 'all'
  const hasPeriod = state.screen !== 'history' && state.screen !== 'alerts' && state.detail === null
  const words = [
    ...(hasPeriod ? [PERIODS[period]] : []),
    ...countOfRows(state),
    ...(view.filter === '' ? [] : [`only "${nameText(view.filter, ascii)}"`]),
    ...(view.sort === null ? [] : [`by ${view.sort.replaceAll('_', ' ')}`]),
    ...(view.reversed ? ['turned around'] : []),
  ]
  const name = state.detail === null ? TITLES[state.screen] : DETAILS[state.screen]
  if (detailedRow(state) !== null) return [span(name ?? '', 'title')]
  return [span(name ?? '', 'title'), ...words.map((word) => span(` ${dot} ${word}`, 'quiet'))]
}

/** How many rows there are, of how many, where their list has no title of its own. */
function countOfRows(state: PaneState): readonly string[] {
  const [list, ...others] = shownData(state)?.lists ?? []
  if (list === undefined || others.length > 0 || list.rows.length === 0 || state.screen === 'history')
    return []
  const all = list.rows.length + list.left
  const shown = shownLists(state)[0]?.rows.length ?? 0
  return [shown === list.rows.length ? String(all) : `${shown} of ${all}`]
}

const TITLES: Readonly<Partial<Record<PaneState['screen'], string>>> = {
  sessions: 'Sessions',
  models: 'Models',
  projects: 'Projects and tools',
  history: 'History',
  alerts: 'Alerts and decisions',
}

const DETAILS: typeof TITLES = {
  sessions: 'One session',
  models: 'One model',
  projects: 'In detail',
  history: 'One week',
  alerts: 'In full',
}

/** The row whose detail is shown, on screens that ask for nothing more. */
function detailedRow(state: PaneState) {
  if (state.detail === null || state.screen === 'sessions') return null
  for (const list of shownData(state)?.lists ?? []) {
    const row = list.rows.find(({ key }) => key === state.detail)
    if (row !== undefined) return { list, row }
  }
  return null
}

function lookOf(state: PaneState) {
  const name = viewNameOf(state)
  const view = name === null ? FRESH_VIEW : state.views[name]
  const rows = shownLists(state).flatMap((list) => list.rows)
  return { selected: rows[selectedRow(rows, view)]?.key ?? null, sort: view.sort, reversed: view.reversed }
}
