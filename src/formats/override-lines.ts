import { durationText } from '../core/duration.ts'
import type { Dashboard } from '../core/dashboard.ts'
import { displayMoney } from '../core/money.ts'
import { raisedOf } from '../core/override.ts'
import { type Line, span } from './line.ts'
import { nameText, sessionNames } from './name.ts'
import type { Page } from './page.ts'

/** A line and what stands before it. */
interface TitledLine {
  readonly title: string
  readonly line: Line
}

/** Which limits are raised, and what hooks let pass, one line each, with how long that lasts. */
export function overrideLines(dashboard: Dashboard, now: number, page: Page): readonly TitledLine[] {
  const { overrides, verdicts, snapshot } = dashboard
  const left = (until: number): string => `${durationText(until - now)} left`
  const judged = [...new Set(verdicts.map(({ budget }) => budget.id))]
  const raised = judged.flatMap((id) => {
    const one = raisedOf(overrides.raises, id)
    if (one === null) return []
    return [`${nameText(id, page.ascii)} by ${displayMoney(one.by)}, ${left(one.until)}`]
  })
  const names = sessionNames(snapshot.sessions, page)
  const allowed = overrides.allows.map(({ sessionId, until }) => {
    const session =
      sessionId === null ? 'everything' : (names.get(sessionId) ?? nameText(sessionId, page.ascii))
    return `${session} passes hooks, ${left(until)}`
  })
  return [...titled('Raised', raised), ...titled('Allowed', allowed)]
}

/** The first line has the title; those below it belong to it. */
function titled(title: string, texts: readonly string[]): TitledLine[] {
  return texts.map((text, nth) => ({ title: nth === 0 ? title : '', line: [span(text, 'warning')] }))
}
