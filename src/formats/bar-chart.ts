import { scaleBand, scaleLinear } from 'd3-scale'
import { type Money, displayMoney, parseMoney, picodollarsOf, ratioOf } from '../core/money.ts'
import type { Series, SeriesPoint } from '../core/report.ts'
import { type Markup, markup } from './markup.ts'

/** In units of the drawing, which the page scales. */
const WIDTH = 760
const HEIGHT = 260
const MARGIN = { top: 12, right: 8, bottom: 28, left: 64 }
const LABEL_WIDTH = 72
const TICKS = 5

/** A series as stacked bars with a legend: a drawing that no script has to make. */
export function barChart({ title, parts, points }: Series): Markup {
  const totals = points.map(({ amounts }) => picodollarsOf(amounts.reduce((sum, usd) => sum + usd, 0n)))
  const most = Math.max(0, ...points.map(({ amounts }) => dollarsOf(positive(amounts))))
  const x = scaleBand(
    points.map(({ label }) => label),
    [MARGIN.left, WIDTH - MARGIN.right],
  ).padding(0.2)
  const y = scaleLinear([0, most > 0 ? most : 1], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(TICKS)
  const every = Math.max(1, Math.ceil(points.length / Math.floor((WIDTH - MARGIN.left) / LABEL_WIDTH)))
  const bars = points.map(
    (point, nth) =>
      markup`<g><title>${barTitle(point, totals[nth]!, parts)}</title>${stacked(point, x, y)}</g>`,
  )
  const labels = points.flatMap(({ label }, nth) =>
    nth % every === 0
      ? [markup`<text class="at" x="${round(middle(label, x))}" y="${HEIGHT - 8}">${label}</text>`]
      : [],
  )
  return markup`<figure>
    <svg
      class="chart"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="img"
      aria-label="${title}: ${points.length} bars"
    >
      ${y.ticks(TICKS).map((tick) => tickHtml(tick, y(tick)))} ${bars} ${labels}
    </svg>
    <figcaption>
      ${parts.map((part, nth) => markup`<span><i class="part${nth}"></i>${part}</span> `)}
    </figcaption>
  </figure>`
}

type Across = ReturnType<typeof scaleBand<string>>
type Upward = (dollars: number) => number

/** One bar, its parts one on top of the other. */
function stacked({ label, amounts }: SeriesPoint, x: Across, y: Upward): readonly Markup[] {
  let below = 0n
  return amounts.flatMap((usd, part) => {
    if (usd <= 0n) return []
    const bottom = y(dollarsOf(below))
    const top = y(dollarsOf((below += usd)))
    return [
      markup`<rect class="part${part}" x="${round(x(label)!)}" y="${round(top)}" width="${round(x.bandwidth())}" height="${round(bottom - top)}"/>`,
    ]
  })
}

function barTitle(
  { label, amounts, lowerBound }: SeriesPoint,
  total: Money,
  parts: readonly string[],
): string {
  const told = amounts.flatMap((usd, part) => (usd === 0n ? [] : [`${parts[part]!} ${displayMoney(usd)}`]))
  return [`${label}: ${lowerBound ? '≥ ' : ''}${displayMoney(total)}`, ...told].join(', ')
}

function tickHtml(dollars: number, at: number): Markup {
  const usd = parseMoney(String(dollars))
  return markup`<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${round(at)}" y2="${round(at)}"/><text class="tick" x="${MARGIN.left - 6}" y="${round(at + 4)}">${usd === null ? '' : displayMoney(usd)}</text> `
}

function middle(label: string, x: Across): number {
  return (x(label) ?? 0) + x.bandwidth() / 2
}

function positive(amounts: readonly Money[]): bigint {
  return amounts.reduce((sum, usd) => (usd > 0n ? sum + usd : sum), 0n)
}

/** Near enough for a drawing. */
function dollarsOf(usd: bigint): number {
  return ratioOf(picodollarsOf(usd), picodollarsOf(10n ** 12n)) ?? 0
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}
