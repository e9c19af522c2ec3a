import { type Money, type Share, parseDecimal, parseMoney, parseShare } from '../core/money.ts'
import { type Reading, leaf } from './leaf.ts'

/** A budget beyond a trillion dollars is a slip of the keyboard. */
const MOST_DOLLARS = 10n ** 24n

const ONE = 1_000_000n

/** A number, or the same in quotes: what an editor is told about every exact decimal. */
const DECIMAL = { type: ['number', 'string'], minimum: 0, pattern: '^\\+?([0-9]+\\.?[0-9]*|\\.[0-9]+)$' }

/** An amount of money to spend at most; zero means "spend nothing". */
export function dollars(description: string) {
  return leaf<Money>('a number of dollars such as 10.00', { ...DECIMAL, description }, (written) => {
    const reading = decimal(written, parseMoney, 'a number of dollars')
    if ('refused' in reading || reading.value <= MOST_DOLLARS) return reading
    return { refused: ', more than a trillion dollars' }
  })
}

/** A share of a limit: above 0 and at most 1. */
export function share(description: string) {
  const json = { ...DECIMAL, exclusiveMinimum: 0, maximum: 1, description }
  return leaf<Share>('a share of the limit above 0 and at most 1, such as 0.80', json, (written) => {
    const reading = decimal(written, parseShare, 'a share')
    if ('refused' in reading) return reading
    if (reading.value > 0n && reading.value <= ONE) return reading
    const fix = 'write a share of the limit above 0 and at most 1'
    if (reading.value < 10n * ONE || reading.value > 100n * ONE) return { refused: '', fix }
    return { refused: '', fix: `${fix} (did you mean ${percentAsShare(reading.value)}?)` }
  })
}

/**
 * A price in dollars per million tokens (or per thousand searches), handed on as text: only what makes a whole
 * number of picodollars per token, that is at most six decimals.
 */
export function rate(description: string) {
  const wanted = 'dollars per million tokens with at most six decimals, such as 3.00'
  return leaf<string>(wanted, { ...DECIMAL, description }, (written) => {
    const reading = decimal(written, parseMoney, 'a number of dollars')
    if ('refused' in reading) return reading
    if (reading.value % ONE !== 0n) return { refused: ', with more than six decimals' }
    return { value: String(written).trim() }
  })
}

/** A factor on a price, such as 0.5 for batches, handed on as text. */
export function factor(description: string) {
  return leaf<string>(
    'a factor above 0 such as 0.5',
    { ...DECIMAL, exclusiveMinimum: 0, description },
    (written) => {
      const reading = decimal(written, (text) => parseDecimal(text, 6), 'a factor')
      if ('refused' in reading) return reading
      return reading.value > 0n ? { value: String(written).trim() } : { refused: '' }
    },
  )
}

/** A number of tokens above zero. */
export function tokens(description: string) {
  const json = { type: ['integer', 'string'], minimum: 1, pattern: '^[0-9]+$', description }
  return leaf<string>('a whole number of tokens such as 200000', json, (written) => {
    const text = typeof written === 'string' ? written.trim() : ''
    return /^\d{1,12}$/.test(text) && !/^0+$/.test(text) ? { value: text } : { refused: '' }
  })
}

/** Parses what is meant to be a decimal of zero or more; says what to write when the meaning is plain. */
function decimal<Value extends bigint>(
  written: unknown,
  parse: (text: string) => Value | null,
  noun: string,
): Reading<Value> {
  if (typeof written !== 'string') return { refused: '' }
  const value = parse(written)
  if (value !== null && value >= 0n) return { value }
  if (value !== null) return { refused: ', which is negative', fix: `write ${noun} of 0 or more` }
  const meant = plainDecimal(written)
  if (meant === null) return { refused: ', which is not a number' }
  return { refused: ', which is not a plain number', fix: `write ${meant}` }
}

/** `$10` → `10`, `10,00` → `10.00`, `1_000` and `1,000.50` → without separators; null when nothing is plain. */
function plainDecimal(written: string): string | null {
  const bare = written.trim().replace(/^(\$|USD)\s*|\s*(\$|USD)$/gi, '')
  const meant = /^\d+,\d{1,2}$/.test(bare)
    ? bare.replace(',', '.')
    : bare.replace(/(?<=\d)[_,](?=\d{3})/g, '')
  return /^\d{1,15}(\.\d{1,12})?$/.test(meant) ? meant : null
}

/** 80 → `0.80`. */
function percentAsShare(percent: Share): string {
  const digits = String(percent / 100n)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '')
  return percent === 100n * ONE ? '1.00' : `0.${digits}`
}
