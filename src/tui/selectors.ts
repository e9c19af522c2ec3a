import {
  type ListRow,
  type ScreenData,
  type ScreenList,
  type ScreenQuestion,
  sameQuestion,
} from '../core/screen-data.ts'
import { ordered } from './list-order.ts'
import type { PaneState } from './pane-state.ts'
import { type ScreenView, type ViewName, isDataScreen } from './screen-view.ts'

/** What the shown screen needs to know; null when the dashboard holds it all. */
export function questionOf({ screen, period, detail }: PaneState): ScreenQuestion | null {
  if (!isDataScreen(screen)) return null
  const hasPeriod = screen !== 'history' && screen !== 'alerts'
  return {
    screen,
    period: hasPeriod ? period : 'all',
    session: screen === 'sessions' ? detail : null,
  }
}

/** The answer to it; that for another period of the same screen stands in until it comes. Null before any. */
export function shownData(state: PaneState): ScreenData | null {
  const question = questionOf(state)
  const { data } = state
  if (question === null || data === null) return null
  const known = { ...data.question, period: question.period }
  return sameQuestion(known, question) ? data : null
}

/** Which view the rows on the screen have; null on a screen without rows. */
export function viewNameOf({ screen, detail }: PaneState): ViewName | null {
  if (!isDataScreen(screen)) return null
  return screen === 'sessions' && detail !== null ? 'detail' : screen
}

/** The lists on the screen as somebody wants to see them. */
export function shownLists(state: PaneState): readonly ScreenList[] {
  const name = viewNameOf(state)
  const data = shownData(state)
  if (name === null || data === null) return []
  return data.lists.map((list) => ordered(list, state.views[name]))
}

/** All rows on the screen, list after list. */
export function shownRows(state: PaneState): readonly ListRow[] {
  return shownLists(state).flatMap(({ rows }) => rows)
}

/** The row that keys are about: the first when the one that was selected is gone. */
export function selectedRow(rows: readonly ListRow[], { selected }: ScreenView): number {
  const nth = rows.findIndex(({ key }) => key === selected)
  return nth < 0 ? 0 : nth
}

/** Whether rows are hidden by nothing but their number. */
export function isUnfiltered(state: PaneState): boolean {
  const name = viewNameOf(state)
  return !state.isTyping && (name === null || state.views[name].filter === '')
}
