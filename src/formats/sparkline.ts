import { glyphsOf } from './glyphs.ts'

/**
 * One character per value, scaled to the largest. Nothing (or less) is the lowest step and something is always
 * higher than that, however small.
 */
export function sparkline(values: readonly bigint[], ascii: boolean): string {
  const { heights } = glyphsOf(ascii)
  const steps = BigInt(heights.length - 1)
  const most = values.reduce((max, value) => (value > max ? value : max), 0n)
  return values
    .map((value) => heights[value > 0n ? Number((value * steps + most - 1n) / most) : 0] ?? '')
    .join('')
}
