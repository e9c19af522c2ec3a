import type { Dashboard } from '../core/dashboard.ts'
import { displayMoney } from '../core/money.ts'
import { badgeText, standingOf } from '../core/standing.ts'
import type { Verdict } from '../core/verdict.ts'
import { amountText, percentText } from './amount.ts'
import { budgetTitle } from './judged-budgets.ts'
import { nameText } from './name.ts'

/** A step of a ratio that is worth a sentence when no level has changed. */
const STEP = 0.05
const TITLE = 40

/**
 * What has changed between two dashboards, as sentences for somebody who hears them: a level, or another twentieth of a
 * limit. None for less, which would drown what matters.
 */
export function changeSentences(before: Dashboard, after: Dashboard, ascii: boolean): readonly string[] {
  const known = new Map(before.verdicts.map((verdict) => [keyOf(verdict), verdict]))
  return after.verdicts.flatMap((verdict) => {
    const earlier = known.get(keyOf(verdict))
    return earlier !== undefined && !isWorthSaying(earlier, verdict) ? [] : [sentence(verdict, ascii)]
  })
}

function isWorthSaying(before: Verdict, after: Verdict): boolean {
  return standingOf(before) !== standingOf(after) || stepOf(before) !== stepOf(after)
}

function stepOf({ ratio }: Verdict): number {
  return ratio === null ? 0 : Math.floor(ratio / STEP)
}

function keyOf({ budget, sessionId }: Verdict): string {
  return JSON.stringify([budget.id, sessionId])
}

function sentence(verdict: Verdict, ascii: boolean): string {
  const { budget, sessionId, spent, lowerBound } = verdict
  const title = budgetTitle(budget, TITLE, ascii)
  const about = sessionId === null ? title : `${title} ${nameText(sessionId, ascii)}`
  const amounts = `${amountText(spent, lowerBound, ascii)} of ${displayMoney(budget.limit)}`
  // Signs are read out one by one: words alone say it.
  const level = badgeText(standingOf(verdict), ascii).replace(/^\S+ (?=\w)/, '')
  return `${about}: ${amounts}, ${percentText(spent, budget.limit, ascii)}, ${level}.`
}
