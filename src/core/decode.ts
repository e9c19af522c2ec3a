import { type Money, parseMoney } from './money.ts'
import { MAX_COST, MAX_TOKENS, type MutableRecord, type UsageRecord, emptyRecord } from './record.ts'
import { COUNT_FIELDS, LABEL_FIELDS, NAME_FIELDS } from './record-fields.ts'
import { parseTimestamp } from './timestamp.ts'

/** What a name is called when the writer put something there that is no name. */
export const INVALID = '(invalid)'

/** What one object of the ledger turned out to be. Reasons never repeat a value: it may be a prompt. */
export type Decoded =
  | { readonly kind: 'record'; readonly record: UsageRecord }
  /** A usage record with impossible numbers: not counted, but we know when and where it happened. */
  | { readonly kind: 'rejected'; readonly record: UsageRecord; readonly reason: string }
  | { readonly kind: 'bad'; readonly reason: string }

/** The members of a parsed line. Our keys are none that an object inherits, so a look never finds a stranger. */
type Fields = Readonly<Record<string, unknown>>

/** Decodes one parsed JSON value of the ledger. Unknown fields are ignored and copied nowhere. */
export function decodeRecord(value: unknown): Decoded {
  if (!isObject(value)) return { kind: 'bad', reason: 'is not a JSON object' }
  if (!SPEND_KEYS.some((key) => isGiven(value[key]))) {
    return { kind: 'bad', reason: 'has neither tokens nor cost_usd' }
  }
  const record = emptyRecord()
  record.adjustment = value['kind'] === 'adjustment'
  record.aggregate = value['aggregate'] === true
  record.timestamp = timestampOf(value['timestamp'])
  readNames(value, record)
  const reason = readCounts(value, record) ?? readCost(value, record)
  readDuration(value['duration_seconds'], record)
  return reason === null ? { kind: 'record', record } : { kind: 'rejected', record, reason }
}

const SPEND_KEYS = [...Object.keys(COUNT_FIELDS), 'cost_usd']
const NAMES = Object.entries({ ...NAME_FIELDS, ...LABEL_FIELDS })
const COUNTS = Object.entries(COUNT_FIELDS)

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

function timestampOf(value: unknown): number | null {
  return typeof value === 'string' || typeof value === 'number' ? parseTimestamp(value) : null
}

function readNames(fields: Fields, record: MutableRecord): void {
  for (const [key, target] of NAMES) {
    const name = nameOf(fields[key])
    if (name !== '') record[target] = name
  }
}

/** A number is a name too (foreign writers number their sessions); an object is not. */
function nameOf(value: unknown): string {
  // Half of a character, which no UTF-8 can spell: what is written of it again could not be found by it.
  if (typeof value === 'string') return value.toWellFormed()
  if (!isGiven(value)) return ''
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : INVALID
}

function readCounts(fields: Fields, record: MutableRecord): string | null {
  for (const [key, target] of COUNTS) {
    const value = fields[key]
    if (!isGiven(value)) continue
    const count = countOf(value)
    if (count === null) return `${key} is not a whole number`
    if (count < 0 && !record.adjustment) return `${key} is negative (only an adjustment may be)`
    if (Math.abs(count) > MAX_TOKENS) return `${key} is beyond ${MAX_TOKENS} tokens`
    record[target] = count
  }
  return null
}

/** Seed-style writers store counts as strings. `-0` is 0. */
function countOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number + 0 : null
}

function readCost(fields: Fields, record: MutableRecord): string | null {
  const value = fields['cost_usd']
  if (!isGiven(value)) return null
  const cost = costOf(value)
  if (cost === null) return 'cost_usd is not a number of dollars'
  if (cost < 0n && !record.adjustment) return 'cost_usd is negative (only an adjustment may be)'
  if (cost > MAX_COST || -cost > MAX_COST) return 'cost_usd is beyond $1,000,000 for one record'
  record.costUsd = cost
  const source = fields['cost_source']
  if (source === 'tool' || source === 'table') record.costSource = source
  return null
}

/** String(n) is the shortest text that reads back as n, which is what was written for up to fifteen digits. */
function costOf(value: unknown): Money | null {
  if (typeof value === 'number') return Number.isFinite(value) ? parseMoney(String(value)) : null
  return typeof value === 'string' ? parseMoney(value) : null
}

/** A duration only informs: a strange one is dropped, the money still counts. */
function readDuration(value: unknown, record: MutableRecord): void {
  const seconds = typeof value === 'string' && value !== '' ? Number(value) : value
  if (typeof seconds === 'number' && seconds >= 0 && Number.isFinite(seconds))
    record.durationSeconds = seconds
}
