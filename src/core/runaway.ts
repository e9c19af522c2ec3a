import type { RunawayAlarm } from './alert.ts'
import { claimNameOf } from './claim-name.ts'
import { minuteOf } from './minute-sums.ts'
import { type Money, displayMoney, picodollarsOf } from './money.ts'
import { safeText } from './safe-text.ts'
import type { Snapshot } from './snapshot.ts'
import { latestMinutes, trailOf } from './trail.ts'

/** Money runs away: a few minutes cost as much as much of a busy day. */
export interface Runaway {
  /** What the latest `minutes` cost. */
  readonly spent: Money
  readonly minutes: number
  /** What one of the user's busier days costs. */
  readonly busyDay: Money
  /** The session that spends most of those that wrote a record in these minutes; null when none has a name. */
  readonly sessionId: string | null
}

/** Long enough for a burst of sub-agents to even out, short enough to be told before the money is gone. */
const WINDOW_MINUTES = 10

/** Of less nobody wants to be told, whatever is usual. */
const FLOOR = picodollarsOf(10n ** 12n)

/** Nobody's usual day is known before. */
const FEWEST_ACTIVE_DAYS = 5

/**
 * A busy day of eight hours has about fifty times ten minutes. A third of it in ten of them is seventeen times the
 * pace, which even a burst of sub-agents does not reach.
 */
const SHARE_OF_BUSY_DAY = 3n

/** Null as long as what is spent is usual for this user, or nobody knows what is. */
export function runawayOf({ asOf, trails, sessions }: Snapshot): Runaway | null {
  const trail = trailOf(trails, {})
  if (trail === undefined) return null
  const spent = latestMinutes(trail, asOf, WINDOW_MINUTES).reduce((sum, { usd }) => sum + usd, 0n)
  if (spent < FLOOR) return null
  const busyDay = busyDayOf(trail.days)
  if (busyDay === null || spent * SHARE_OF_BUSY_DAY < busyDay) return null
  const since = minuteOf(asOf) - WINDOW_MINUTES
  const session = sessions.find(({ last }) => minuteOf(last) > since)
  return {
    spent: picodollarsOf(spent),
    minutes: WINDOW_MINUTES,
    busyDay,
    sessionId: session?.id ?? null,
  }
}

/** The alarm that is due, once for each session and day: none or one. */
export function runawayAlarms(snapshot: Snapshot): readonly RunawayAlarm[] {
  const runaway = runawayOf(snapshot)
  if (runaway === null) return []
  const { sessionId } = runaway
  const day = String(snapshot.periods.daily.start)
  const claim = claimNameOf('alert', ['runaway', sessionId ?? '', day])
  return [{ kind: 'runaway', claim, sessionId, message: messageOf(runaway) }]
}

function messageOf({ spent, minutes, busyDay, sessionId }: Runaway): string {
  const who = sessionId === null ? 'Spending' : `Session ${safeText(sessionId.slice(0, LONGEST_NAME))}`
  const pace = `${displayMoney(spent)} in the last ${minutes} minutes`
  return `${who} runs away: ${pace}, where a whole busy day costs ${displayMoney(busyDay)}`
}

/** A name is there to be recognised, and whoever wrote it may have written a book. */
const LONGEST_NAME = 60

/** A day that three of four days with spend do not exceed: a single day that ran away does not become what is usual. */
function busyDayOf(days: readonly Money[]): Money | null {
  const active = days.filter((usd) => usd > 0n).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  if (active.length < FEWEST_ACTIVE_DAYS) return null
  return active[Math.floor((active.length * 3) / 4)] ?? null
}
