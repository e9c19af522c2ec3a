import type { CreditsLeft } from '../core/credit.ts'
import type { Dashboard } from '../core/dashboard.ts'
import { displayMoney } from '../core/money.ts'
import type { PlanUse } from '../core/plan.ts'
import { amountText, ratioText } from './amount.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { type Line, span, type Tone, firstFitting } from './line.ts'
import { nameText } from './name.ts'
import type { Page } from './page.ts'

/** When it is worth a colour that credits run out. */
const SOON_DAYS = 7
/** Beyond, a date without a year would mislead. */
const FARTHEST_DAYS = 300

/** `max $200.00/month · $431.20 at API prices this month (2.1×)`, in few columns with fewer words. */
export function planLine(use: PlanUse, columns: number, page: Page): Line {
  const { ascii } = page
  const { fee } = use
  const plan = nameText(use.plan, ascii)
  const amount = amountText(use.apiEquivalent, use.lowerBound, ascii)
  const isWorth = use.ratio !== null && use.ratio >= 1
  const times: Line =
    use.ratio === null ? [] : [span(` (${timesText(use.ratio, ascii)})`, isWorth ? 'ok' : 'quiet')]
  const dot = span(` ${glyphsOf(ascii).dot} `, 'quiet')
  const line = (price: string, words: string): Line => [
    span(`${plan}${price}`),
    dot,
    span(amount),
    span(words, 'quiet'),
    ...times,
  ]
  const monthly = fee === null ? '' : ` ${displayMoney(fee)}/month`
  return firstFitting(
    [
      line(monthly, ' at API prices this month'),
      line(fee === null ? '' : ` ${displayMoney(fee)}`, ' at API prices'),
      [span(plan), dot, span(amount), ...times],
    ],
    columns,
  )
}

/** `$412.30 left · until Wed 9 Dec`. */
export function creditsLine(
  { left, upperBound, days, until }: CreditsLeft,
  clock: WallClock,
  page: Page,
): Line {
  const { dot } = glyphsOf(page.ascii)
  const amount = span(`${displayMoney(left)}${upperBound ? ' or less' : ''} left`)
  const end = (text: string, tone: Tone): Line => [amount, span(` ${dot} `, 'quiet'), span(text, tone)]
  if (left <= 0n) return end('used up', 'critical')
  if (days === null || until === null) return [amount]
  if (days > FARTHEST_DAYS) return end(`for ${days} days`, 'quiet')
  return end(
    days === 0 ? 'until today' : `until ${clock.date(until)}`,
    days <= SOON_DAYS ? 'warning' : 'quiet',
  )
}

/** What is paid other than by the token, as titled lines; none where nothing is set. */
export function paidLines(
  { plan, credits }: Pick<Dashboard, 'plan' | 'credits'>,
  columns: number,
  clock: WallClock,
  page: Page,
): readonly { readonly title: string; readonly line: Line }[] {
  return [
    ...(plan === null ? [] : [{ title: 'Plan', line: planLine(plan, columns, page) }]),
    ...(credits === null ? [] : [{ title: 'Credits', line: creditsLine(credits, clock, page) }]),
  ]
}

/** `2.1×` the fee, or how much of it was used; floored, as every ratio is. */
function timesText(ratio: number, ascii: boolean): string {
  if (ratio < 1) return `${ratioText(ratio, ascii)} of the fee`
  const tenths = Math.floor(ratio * 10 + 1e-9)
  return `${Math.floor(tenths / 10)}.${tenths % 10}${ascii ? 'x' : '×'}`
}
