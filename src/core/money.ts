/**
 * Money: whole picodollars (1e-12 USD) in a bigint. A price of $X per million tokens is X·10⁶ p$ a token, so a
 * cost is a sum of products and nothing is rounded before it is shown. This is the only file that turns decimal
 * text into money and money into text.
 */

declare const picodollars: unique symbol

/** An exact amount in picodollars. May be negative only for adjustments. */
export type Money = bigint & { readonly [picodollars]: true }

/** An exact share such as a threshold: millionths, so 0.80 is 800_000n. */
export type Share = bigint & { readonly [picodollars]: 'millionths' }

const DOLLAR_DIGITS = 12
const SHARE_DIGITS = 6
const DOLLAR = 10n ** 12n

export const NO_MONEY = 0n as Money

/** Wraps an amount that is already in picodollars. */
export function picodollarsOf(amount: bigint): Money {
  return amount as Money
}

export function plus(a: Money, b: Money): Money {
  return (a + b) as Money
}

export function minus(a: Money, b: Money): Money {
  return (a - b) as Money
}

/**
 * Dollars written as a decimal (`0.11715`, `2.5e-7`, `-3`) to picodollars; half-even beyond twelve decimals.
 * Null when the text is not a plain decimal number.
 */
export function parseMoney(text: string): Money | null {
  return parseDecimal(text, DOLLAR_DIGITS) as Money | null
}

/** A share written as a decimal (`0.80`) to millionths; null when the text is not a plain decimal number. */
export function parseShare(text: string): Share | null {
  return parseDecimal(text, SHARE_DIGITS) as Share | null
}

/** Decimal text to an integer of `10^-digits`, half-even on what is beyond them; null when it is no number. */
export function parseDecimal(text: string, digits: number): bigint | null {
  const match = /^([+-]?)(\d{0,400})(?:\.(\d{0,400}))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text.trim())
  if (match === null) return null
  const whole = match[2] ?? ''
  const fraction = match[3] ?? ''
  if (whole === '' && fraction === '') return null
  const magnitude = shiftDecimal(BigInt(whole + fraction), digits - fraction.length + Number(match[4] ?? 0))
  return match[1] === '-' ? -magnitude : magnitude
}

/** `mantissa · 10^power` as an integer, rounded half-even when digits fall away. */
function shiftDecimal(mantissa: bigint, power: number): bigint {
  if (power >= 0) return mantissa * 10n ** BigInt(power)
  return divideHalfEven(mantissa, 10n ** BigInt(-power))
}

/** Rounds `amount · numerator / denominator` half-even to one picodollar: how factors (batch, region) apply. */
export function scaleHalfEven(amount: Money, numerator: bigint, denominator: bigint): Money {
  return divideHalfEven(amount * numerator, denominator) as Money
}

function divideHalfEven(amount: bigint, divisor: bigint): bigint {
  if (amount < 0n) return -divideHalfEven(-amount, divisor)
  const quotient = amount / divisor
  const twice = (amount % divisor) * 2n
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) return quotient + 1n
  return quotient
}

/** The exact amount as a plain decimal without exponent or trailing zeros: what is written to files and JSON. */
export function decimalText(amount: Money): string {
  const magnitude = amount < 0n ? -amount : amount
  const fraction = String(magnitude % DOLLAR)
    .padStart(DOLLAR_DIGITS, '0')
    .replace(/0+$/, '')
  return (amount < 0n ? '-' : '') + String(magnitude / DOLLAR) + (fraction === '' ? '' : '.' + fraction)
}

/**
 * Dollars as people read them: two decimals, four below a cent (`detail: 'table'` shows four below $100), never
 * `$0.00` for something: `<$0.0001`. Rounded half away from zero; judgement never uses this text.
 */
export function displayMoney(amount: Money, detail: 'text' | 'table' = 'text'): string {
  const magnitude = amount < 0n ? -amount : amount
  const sign = amount < 0n ? '-' : ''
  if (magnitude === 0n) return '$0.00'
  if (magnitude < DOLLAR / 10_000n) return sign === '' ? '<$0.0001' : '>-$0.0001'
  const decimals = magnitude < DOLLAR / 100n || (detail === 'table' && magnitude < 100n * DOLLAR) ? 4 : 2
  const unit = 10n ** BigInt(DOLLAR_DIGITS - decimals)
  const rounded = (magnitude + unit / 2n) / unit
  const scale = 10n ** BigInt(decimals)
  const whole = String(rounded / scale).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}$${whole}.${String(rounded % scale).padStart(decimals, '0')}`
}

/** Dollars of one record or price line: exact to six decimals, never fewer than two: `$0.11715`, `$3.00`. */
export function displayCost(amount: Money): string {
  const millionths = scaleHalfEven(amount, 1n, 10n ** 6n)
  if (millionths === 0n && amount !== 0n) return displayMoney(amount)
  const [whole, fraction = ''] = decimalText(picodollarsOf(millionths * 10n ** 6n))
    .replace('-', '')
    .split('.')
  return `${amount < 0n ? '-' : ''}$${whole}.${fraction.padEnd(2, '0')}`
}

/** True when `spent` is at or above `share` of `limit`; exact, by cross-multiplication. */
export function reaches(spent: Money, limit: Money, share: Share): boolean {
  return spent * 1_000_000n >= limit * share
}

/** spent / limit as a number, floored to six decimals so that it never overstates; null for a limit of zero. */
export function ratioOf(spent: Money, limit: Money): number | null {
  if (limit === 0n) return null
  return Number(floorDivide(spent * 1_000_000n, limit)) / 1_000_000
}

/** Whole percent, floored: 99.99 % never reads 100 %. Null for a limit of zero. */
export function percentOf(spent: Money, limit: Money): number | null {
  if (limit === 0n) return null
  return Number(floorDivide(spent * 100n, limit))
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}
