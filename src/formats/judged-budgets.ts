import { type Budget, BUDGET_KINDS, isGlobal } from '../core/budget.ts'
import type { Dashboard } from '../core/dashboard.ts'
import { bySeverity, type Verdict } from '../core/verdict.ts'
import { glyphsOf } from './glyphs.ts'
import { nameText } from './name.ts'
import { cutEnd, textWidth } from './pad.ts'

/** The verdicts that have a gauge; those on other sessions than the current one show in the list of sessions. */
export interface JudgedBudgets {
  /** Daily, weekly, monthly, then the current session: always in this order, so that each keeps its place. */
  readonly main: readonly Verdict[]
  /** Scoped budgets, worst first, because there may be more of them than rows. */
  readonly scoped: readonly Verdict[]
}

export function judgedBudgets({ verdicts, snapshot }: Dashboard): JudgedBudgets {
  const shown = verdicts.filter(
    ({ sessionId }) => sessionId === null || sessionId === snapshot.currentSessionId,
  )
  return {
    main: shown.filter(({ budget }) => isGlobal(budget)).toSorted(byKind),
    scoped: shown.filter(({ budget }) => !isGlobal(budget)).toSorted(bySeverity),
  }
}

/** The worst of all verdicts, those on sessions other than the current one included; null without a budget. */
export function worstVerdict(dashboard: Dashboard): Verdict | null {
  return dashboard.verdicts.toSorted(bySeverity)[0] ?? null
}

const TITLES: Record<Budget['kind'], string> = {
  daily: 'Daily',
  weekly: 'Weekly',
  monthly: 'Monthly',
  per_session: 'Session',
}

/**
 * What the gauge of a budget is called: its kind, or its id when it is scoped or one of several of its kind. In fewer
 * columns it loses the keys of its scope (`project=`), then the end of its name, and what it is about last.
 */
export function budgetTitle(budget: Budget, columns: number, ascii: boolean): string {
  if (budget.id === budget.kind) return TITLES[budget.kind]
  const id = nameText(budget.id, ascii)
  if (textWidth(id) <= columns) return id
  const brief = briefId(id)
  const slash = brief.lastIndexOf('/')
  const kind = slash < 0 ? '' : brief.slice(slash)
  const name = cutEnd(
    brief.slice(0, brief.length - kind.length),
    columns - kind.length,
    glyphsOf(ascii).ellipsis,
  )
  return name === '' ? cutEnd(brief, columns, glyphsOf(ascii).ellipsis) : name + kind
}

/** A budget's id without the keys of its scope: `project=my-app/weekly` as `my-app/weekly`. */
export function briefId(id: string): string {
  return id.replace(/\b[a-z_]+=/g, '')
}

/** How far the limit is used up, for a bar: a limit of zero is full with the first cent. */
export function barRatio(verdict: Verdict): number | null {
  return verdict.ratio ?? (verdict.exceeded ? 1 : null)
}

/** The share of the verdict's period that has passed: where an even spend would be. Null for a session. */
export function evenPace({ period }: Verdict, now: number): number | null {
  if (period === null || period.end <= period.start) return null
  return Math.min(1, Math.max(0, (now - period.start) / (period.end - period.start)))
}

function byKind(a: Verdict, b: Verdict): number {
  return BUDGET_KINDS.indexOf(a.budget.kind) - BUDGET_KINDS.indexOf(b.budget.kind)
}
