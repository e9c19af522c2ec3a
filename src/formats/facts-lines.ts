import type { ScreenFact } from '../core/screen-data.ts'
import { cellText } from './cell-text.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { joinSpans, type Line, lineWidth, cutLine, span } from './line.ts'
import { innerColumns, type Page } from './page.ts'

/** Facts beside each other, `spend $3.20 · sessions 12`, in at most `rows` lines; the last ones give way. */
export function factsLines(
  facts: readonly ScreenFact[],
  clock: WallClock,
  page: Page,
  rows: number,
): readonly Line[] {
  const { dot, ellipsis } = glyphsOf(page.ascii)
  const separator = span(` ${dot} `, 'quiet')
  const lines: Line[] = []
  for (const { label, value } of facts) {
    const part: Line = [span(`${label} `, 'quiet'), span(cellText(value, clock, page))]
    const last = lines.at(-1)
    const longer = last === undefined ? part : joinSpans([last, part], separator)
    if (last !== undefined && lineWidth(longer) <= innerColumns(page)) lines[lines.length - 1] = longer
    else if (lines.length < rows) lines.push(cutLine(part, innerColumns(page), ellipsis))
    else break
  }
  return lines
}
