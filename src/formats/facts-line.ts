import type { ScreenFact } from '../core/screen-data.ts'
import { cellText } from './cell-text.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { joinSpans, type Line, lineWidth, cutLine, span } from './line.ts'
import { innerColumns, type Page } from './page.ts'

/** Facts beside each other, as many of the first ones as fit: `spend $3.20 · sessions 12`. */
export function factsLine(facts: readonly ScreenFact[], clock: WallClock, page: Page): Line {
  const { dot, ellipsis } = glyphsOf(page.ascii)
  const parts = facts.map(({ label, value }): Line => [
    span(`${label} `, 'quiet'),
    span(cellText(value, clock, page)),
  ])
  const separator = span(` ${dot} `, 'quiet')
  let shown = parts.length
  while (shown > 1 && lineWidth(joinSpans(parts.slice(0, shown), separator)) > innerColumns(page)) shown--
  return cutLine(joinSpans(parts.slice(0, shown), separator), innerColumns(page), ellipsis)
}
