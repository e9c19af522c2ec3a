import { glyphsOf } from './glyphs.ts'

/** A bar as long as an amount is beside the most that there is; whatever is more than nothing can be seen. */
export function amountBar(amount: bigint, most: bigint, columns: number, ascii: boolean): string {
  if (amount <= 0n || most <= 0n) return ''
  const { full, eighths } = glyphsOf(ascii)
  const steps = eighths.length + 1
  const length = Number((amount * BigInt(columns * steps) + most / 2n) / most)
  const whole = Math.floor(length / steps)
  const bar = full.repeat(whole) + (eighths[(length % steps) - 1] ?? '')
  return bar === '' ? (eighths[0] ?? full) : bar
}
