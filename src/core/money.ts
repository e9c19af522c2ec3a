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
const HOUR_MS = 3_600_000n

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
  return plainDecimal(text, digits) ?? anyDecimal(text, digits)
}

/**
 * Digits with at most one point among them, and no more decimals than fit: nearly every amount there is. In a call that
 * is over in milliseconds a regular expression takes longer to make than ten amounts to read. Null for any other text.
 */
function plainDecimal(text: string, digits: number): bigint | null {
  if (text.length > LONGEST_PLAIN) return null
  let point = -1
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === POINT && point < 0) point = at
    else if (code < ZERO || code > NINE) return null
  }
  const whole = point < 0 ? text : text.slice(0, point)
  const fraction = point < 0 ? '' : text.slice(point + 1)
  if (whole === '' || fraction.length > digits) return null
  return BigInt(whole + fraction.padEnd(digits, '0'))
}

const LONGEST_PLAIN = 32
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39

function anyDecimal(text: string, digits: number): bigint | null {
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

/** The next multiple of `grain` (above zero) that is not below the amount. */
export function roundUp(amount: Money, grain: Money): Money {
  const beyond = amount % grain
  return (amount - beyond + (beyond > 0n ? grain : 0n)) as Money
}

/** What a rate of so much an hour comes to within so many milliseconds. */
export function overTime(perHour: Money, ms: number): Money {
  return scaleHalfEven(perHour, BigInt(Math.round(ms)), HOUR_MS)
}

/** How long `part` takes, in whole milliseconds rounded up, when `whole` takes `ms`: both above zero. */
export function timeFor(part: Money, whole: Money, ms: number): number {
  return Number((part * BigInt(Math.round(ms)) + whole - 1n) / whole)
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
