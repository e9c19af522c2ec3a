import type { Forecast } from '../core/forecast.ts'
import { displayMoney } from '../core/money.ts'
import { isIn } from '../core/period.ts'
import type { Snapshot } from '../core/snapshot.ts'
import type { Verdict } from '../core/verdict.ts'
import { durationText } from '../core/duration.ts'
import { ratioText } from './amount.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { evenPace } from './judged-budgets.ts'
import { type Line, span, type Tone } from './line.ts'
import { textWidth } from './pad.ts'
import type { Page } from './page.ts'

/** What a forecast is told beside. */
export interface ForecastGround {
  /** Epoch milliseconds. */
  readonly now: number
  readonly today: Snapshot['periods']['daily']
  readonly clock: WallClock
}

/** One thing to say; the highest rank gives way first. */
interface Fact {
  readonly text: string
  readonly tone: Tone
  readonly rank: number
}

/**
 * Below a period's gauge: `even pace 58% · $12.10–$15.20 by midnight · limit at 16:40 · safe $0.40/h`, as much of it as
 * fits in `columns` columns. Empty for a session, and where there is nothing to tell.
 */
export function forecastLine(
  verdict: Verdict,
  forecast: Forecast | undefined,
  ground: ForecastGround,
  columns: number,
  page: Page,
): Line {
  const separator = ` ${glyphsOf(page.ascii).dot} `
  const facts = factsOf(verdict, forecast, ground, page)
  return fitting(facts, separator, columns).flatMap(({ text, tone }, nth) => [
    ...(nth === 0 ? [] : [span(separator, 'quiet')]),
    span(text, tone),
  ])
}

/** When the limit will be reached: `limit at 16:40`, on another day `limit on Thu 19 Nov`; null when it will not. */
export function limitText(forecast: Forecast | undefined, { today, clock }: ForecastGround): string | null {
  const at = forecast?.limitReachedAt ?? null
  if (at === null) return null
  return isIn(today, at) ? `limit at ${clock.clock(at)}` : `limit on ${clock.date(at)}`
}

function factsOf(
  verdict: Verdict,
  forecast: Forecast | undefined,
  ground: ForecastGround,
  page: Page,
): readonly Fact[] {
  const { period, exceeded } = verdict
  const pace = evenPace(verdict, ground.now)
  if (period === null || pace === null) return []
  const { projected = null, safePerHour = null, burnPerHour = null } = forecast ?? {}
  const limit = limitText(forecast, ground)
  const isSafe = safePerHour !== null && !exceeded
  return [
    ...fact(`even pace ${ratioText(pace, page.ascii)}`, 0),
    ...fact(projected && projectedText(projected, verdict, ground, page), 2),
    ...fact(limit, 1, 'warning'),
    ...fact(burnPerHour && `burn ${displayMoney(burnPerHour)}/h`, 4),
    ...fact(isSafe ? `safe ${displayMoney(safePerHour)}/h` : null, 3),
    ...fact(`${durationText(period.end - ground.now)} left`, 5),
  ]
}

/** Nothing where there is nothing to say. */
function fact(text: string | null, rank: number, tone: Tone = 'quiet'): Fact[] {
  return text === null ? [] : [{ text, tone, rank }]
}

function projectedText(
  { low, high }: NonNullable<Forecast['projected']>,
  { period }: Verdict,
  { clock, today }: ForecastGround,
  { ascii }: Page,
): string {
  const [from, to] = [displayMoney(low), displayMoney(high)]
  const amounts = from === to ? to : `${from}${ascii ? '-' : '–'}${to}`
  const end = period?.end ?? today.end
  return `${amounts} by ${end <= today.end ? 'midnight' : clock.date(end - 1)}`
}

function fitting(facts: readonly Fact[], separator: string, columns: number): readonly Fact[] {
  const width = textWidth(facts.map(({ text }) => text).join(separator))
  if (width <= columns || facts.length <= 1) return facts
  const last = facts.reduce((most, one) => (one.rank > most.rank ? one : most))
  return fitting(
    facts.filter((one) => one !== last),
    separator,
    columns,
  )
}
