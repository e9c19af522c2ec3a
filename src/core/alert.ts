import { claimNameOf } from './claim-name.ts'
import { type Share, reaches } from './money.ts'
import type { Verdict } from './verdict.ts'

/** A budget has reached a point of its limit at which an alert is due. */
export interface Crossing {
  /** A mark is an extra notice that the settings ask for; a threshold makes the level. */
  readonly kind: 'threshold' | 'mark'
  readonly verdict: Verdict
  /** The highest point that was reached, as a share of the limit. */
  readonly share: Share
  /** What the priced part proves there. */
  readonly level: 'ok' | 'warning' | 'critical'
  /** Whoever takes this claim raises the alert, once and for all. */
  readonly claim: string
  /** Claims of the points below, which need no alert of their own any more. */
  readonly skipped: readonly string[]
}

/** Money runs away faster than it ever did here. */
export interface RunawayAlarm {
  readonly kind: 'runaway'
  readonly claim: string
  /** The session that spends most; null when none stands out. */
  readonly sessionId: string | null
  /** What is going on, as a sentence without its full stop. */
  readonly message: string
}

/** Why an alert is due. */
export type AlertCause = Crossing | RunawayAlarm

/**
 * What each verdict has reached: of several points the highest, the lower ones skipped. `marks` are shares of a limit.
 * Only what is proven counts, so a budget of which nothing could be priced crosses nothing.
 */
export function crossingsOf(verdicts: readonly Verdict[], marks: readonly Share[]): readonly Crossing[] {
  return verdicts.flatMap((verdict) => crossingOf(verdict, marks) ?? [])
}

/** Every claim that exists once an alert was raised: its own first. */
export function claimsOf(cause: AlertCause): readonly string[] {
  return cause.kind === 'runaway' ? [cause.claim] : [cause.claim, ...cause.skipped]
}

function crossingOf(verdict: Verdict, marks: readonly Share[]): Crossing | null {
  const { budget, spent } = verdict
  // Of a limit of zero every share is reached by nothing at all.
  if (spent <= 0n) return null
  const thresholds = [budget.thresholdWarning, budget.thresholdCritical]
  const reached = [...new Set([...thresholds, ...marks])]
    .filter((share) => reaches(spent, budget.limit, share))
    .toSorted((a, b) => (a < b ? -1 : 1))
  const share = reached.pop()
  if (share === undefined) return null
  return {
    kind: thresholds.includes(share) ? 'threshold' : 'mark',
    verdict,
    share,
    level:
      share >= budget.thresholdCritical ? 'critical' : share >= budget.thresholdWarning ? 'warning' : 'ok',
    claim: claimOn(verdict, share),
    skipped: reached.map((lower) => claimOn(verdict, lower)),
  }
}

/** Another limit is another claim: who raises a budget wants to know when that is used up, too. */
function claimOn({ budget, period, sessionId }: Verdict, share: Share): string {
  const about = sessionId === null ? ['period', String(period?.start)] : ['session', sessionId]
  return claimNameOf('alert', [budget.id, ...about, String(share), String(budget.limit)])
}
