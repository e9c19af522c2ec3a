import type { Dashboard } from '../core/dashboard.ts'
import { NO_MONEY, plus } from '../core/money.ts'
import { cacheHitRatio } from '../core/snapshot.ts'
import { amountText, percentText, ratioText } from './amount.ts'
import { glyphsOf } from './glyphs.ts'
import { joinSpans, type Line, lineWidth, span, spread } from './line.ts'
import { nameText, shortModel } from './name.ts'
import { isNarrow, type Page } from './page.ts'
import { sparkline } from './sparkline.ts'

/** The title above the sessions, with the cache-hit ratio and the last thirty days beside it where they fit. */
export function sessionsTitle(dashboard: Dashboard, columns: number, page: Page): Line {
  const { ellipsis } = glyphsOf(page.ascii)
  const { sessions, tokens } = dashboard.snapshot
  const title = span(isNarrow(page) ? 'Sessions' : `Top sessions today`, 'title')
  const count = span(sessions.length > 0 ? ` (${sessions.length})` : '', 'quiet')
  const hit = [span('cache hit ', 'quiet'), span(ratioText(cacheHitRatio(tokens), page.ascii))]
  const trend = [
    span(`   ${dashboard.days.length} d `, 'quiet'),
    span(
      sparkline(
        dashboard.days.map(({ usd }) => usd),
        page.ascii,
      ),
      'ok',
    ),
  ]
  const room = columns - lineWidth([title, count]) - 2
  const withTrend = dashboard.days.length > 0 && lineWidth([...hit, ...trend]) <= room
  return spread([title, count], withTrend ? [...hit, ...trend] : hit, columns, ellipsis)
}

/** Today's spend by model, most first; what does not fit is counted. */
export function modelsLine({ models }: Dashboard, columns: number, page: Page): Line {
  const total = models.reduce((sum, { spend }) => plus(sum, spend.usd), NO_MONEY)
  const items = models.map(({ model, spend }): Line => {
    const name = nameText(page.columns >= 100 ? model : shortModel(model), page.ascii)
    const amount = amountText(spend.usd, spend.uncertain > 0, page.ascii)
    return [
      span(`${name} `),
      span(amount),
      ...(total > 0n ? [span(` ${percentText(spend.usd, total, page.ascii)}`, 'quiet')] : []),
    ]
  })
  return fitItems(items, columns)
}

/** No item is narrower, its separator included; so there is no use in trying more of them. */
const NARROWEST_ITEM = 8

/** As many whole items as fit, then how many did not. */
function fitItems(items: readonly Line[], columns: number): Line {
  const first = (shown: number): Line => {
    const rest = items.length - shown
    const shownItems = joinSpans(items.slice(0, shown), span('   '))
    return rest > 0 ? [...shownItems, span(`   +${rest}`, 'quiet')] : shownItems
  }
  let shown = Math.min(items.length, Math.ceil(columns / NARROWEST_ITEM))
  while (shown > 1 && lineWidth(first(shown)) > columns) shown--
  return items.length === 0 ? [] : first(Math.max(1, shown))
}
