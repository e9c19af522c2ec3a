import { type Json, jsonLine } from './json.ts'
import { fieldsOf, numberText, textOf } from './line-fields.ts'
import { type Money, NO_MONEY, parseMoney, plus } from './money.ts'
import { formatInstant, parseTimestamp } from './timestamp.ts'

export const CREDIT_KINDS = ['set', 'add'] as const
export type CreditKind = (typeof CREDIT_KINDS)[number]

/** What was prepaid: `set` says what the balance is at an instant, `add` by how much it grows. */
export interface CreditEntry {
  readonly id: string
  readonly kind: CreditKind
  /** From when on it counts: epoch milliseconds. */
  readonly timestamp: number
  readonly amount: Money
  /** set: whose use comes off the balance, as a pattern; null for every model. */
  readonly model: string | null
}

/** What the file says, and how many of its lines nobody can read. */
export interface CreditLog {
  readonly entries: readonly CreditEntry[]
  readonly damaged: number
}

/** From where a balance is reckoned. */
export interface Opening {
  readonly since: number
  readonly model: string | null
  /** Those that make up what was credited since, by their instants. */
  readonly entries: readonly CreditEntry[]
  readonly credited: Money
}

/** What is left of a balance. */
export interface CreditsLeft {
  readonly left: Money
  /** True when it may be less: something that was used has no price. */
  readonly upperBound: boolean
  /** Whole days for which it lasts as it goes down lately; null where nobody can tell. */
  readonly days: number | null
  /** Epoch milliseconds at which the day of its end begins; null where nobody can tell. */
  readonly until: number | null
}

/** Every entry in the text of the file, in its order. */
export function parseCredits(text: string): CreditLog {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const entries = lines.flatMap((line) => parseLine(line) ?? [])
  return { entries, damaged: lines.length - entries.length }
}

/** The latest `set` before an instant, or else the first entry, and what was added since; null before any entry. */
export function openingAt(entries: readonly CreditEntry[], asOf: number): Opening | null {
  const made = entries
    .filter(({ timestamp }) => timestamp <= asOf)
    // Of equal ones the later line: it corrects the other.
    .toSorted((a, b) => a.timestamp - b.timestamp)
  const own = made.slice(
    Math.max(
      0,
      made.findLastIndex(({ kind }) => kind === 'set'),
    ),
  )
  const [first] = own
  if (first === undefined) return null
  return {
    since: first.timestamp,
    model: first.model,
    entries: own,
    credited: own.reduce((sum, { amount }) => plus(sum, amount), NO_MONEY),
  }
}

/** Beyond a billion dollars it is a slip of the keyboard. */
export function isCredit(amount: Money, kind: CreditKind): boolean {
  return amount >= (kind === 'set' ? 0n : 1n) && amount <= 10n ** 21n
}

/** The line of an entry, without its line feed. */
export function creditLine(entry: CreditEntry): string {
  return jsonLine({ v: 1, ...creditJson(entry) })
}

export function creditJson({ id, kind, timestamp, amount, model }: CreditEntry): {
  readonly [key: string]: Json
} {
  const common = { id, timestamp: formatInstant(timestamp), kind, amount_usd: amount }
  return kind === 'set' ? { ...common, model } : common
}

function parseLine(line: string): CreditEntry | null {
  const fields = fieldsOf(line)
  if (fields === null) return null
  const id = textOf(fields['id'])
  const kind = CREDIT_KINDS.find((one) => one === fields['kind'])
  const timestamp = parseTimestamp(textOf(fields['timestamp']) ?? '')
  const amount = parseMoney(numberText(fields['amount_usd']))
  if (id === null || kind === undefined || timestamp === null || amount === null) return null
  return isCredit(amount, kind) ? { id, kind, timestamp, amount, model: textOf(fields['model']) } : null
}
