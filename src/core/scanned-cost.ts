import { LARGEST_NUMBER } from './columns.ts'

const DOT = 0x2e
const ZERO = 0x30
const NINE = 0x39

/** Fifteen decimal digits are always exact in a double. */
const EXACT_DIGITS = 15
const POWERS = Array.from({ length: 13 }, (_, power) => 10 ** power)

/** Reads dollars such as `0.11715`: at most fifteen digits, twelve of them behind the point, no exponent. */
export class ScannedCost {
  /** What was read last, in picodollars. */
  amount = 0

  /** The index behind the amount at `at`, or -1 when it is not plain. */
  read(bytes: Uint8Array, at: number, limit: number): number {
    let mantissa = 0
    let dot = -1
    let end = at
    for (; end < limit; end++) {
      const byte = bytes[end]!
      if (byte >= ZERO && byte <= NINE) mantissa = mantissa * 10 + (byte - ZERO)
      else if (byte === DOT && dot < 0 && end > at) dot = end
      else break
    }
    const decimals = dot < 0 ? 0 : end - dot - 1
    const wholeDigits = dot < 0 ? end - at : dot - at
    if (wholeDigits === 0 || wholeDigits + decimals > EXACT_DIGITS || decimals > 12) return -1
    if ((dot >= 0 && decimals === 0) || (wholeDigits > 1 && bytes[at] === ZERO)) return -1
    this.amount = mantissa * POWERS[12 - decimals]!
    return this.amount > LARGEST_NUMBER ? -1 : end
  }
}
