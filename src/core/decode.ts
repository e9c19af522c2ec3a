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

/** Decodes one parsed JSON value of the ledger. Unknown fields are ignored and copied nowhere. */
export function decodeRecord(value: unknown): Decoded {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { kind: 'bad', reason: 'is not a JSON object' }
  }
  const fields = new Map<string, unknown>(Object.entries(value))
  if (!SPEND_FIELDS.some((key) => fields.get(key) !== undefined && fields.get(key) !== null)) {
    return { kind: 'bad', reason: 'has neither tokens nor cost_usd' }
  }
  const record = emptyRecord()
  record.adjustment = fields.get('kind') === 'adjustment'
  record.aggregate = fields.get('aggregate') === true
  record.timestamp = timestampOf(fields.get('timestamp'))
  readNames(fields, record)
  const reason = readCounts(fields, record) ?? readCost(fields, record) ?? readDuration(fields, record)
  return reason === null ? { kind: 'record', record } : { kind: 'rejected', record, reason }
}

const SPEND_FIELDS = [...Object.keys(COUNT_FIELDS), 'cost_usd']

function timestampOf(value: unknown): number | null {
  return typeof value === 'string' || typeof value === 'number' ? parseTimestamp(value) : null
}

function readNames(fields: ReadonlyMap<string, unknown>, record: MutableRecord): void {
  for (const [key, target] of Object.entries({ ...NAME_FIELDS, ...LABEL_FIELDS })) {
    const name = nameOf(fields.get(key))
    if (name !== '') record[target] = name
  }
}

/** A number is a name too (foreign writers number their sessions); an object is not. */
function nameOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : INVALID
}

function readCounts(fields: ReadonlyMap<string, unknown>, record: MutableRecord): string | null {
  for (const [key, target] of Object.entries(COUNT_FIELDS)) {
    const value = fields.get(key)
    if (value === undefined || value === null) continue
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

function readCost(fields: ReadonlyMap<string, unknown>, record: MutableRecord): string | null {
  const value = fields.get('cost_usd')
  if (value === undefined || value === null) return null
  const cost = costOf(value)
  if (cost === null) return 'cost_usd is not a number of dollars'
  if (cost < 0n && !record.adjustment) return 'cost_usd is negative (only an adjustment may be)'
  if (cost > MAX_COST || -cost > MAX_COST) return 'cost_usd is beyond $1,000,000 for one record'
  record.costUsd = cost
  const source = fields.get('cost_source')
  if (source === 'tool' || source === 'table') record.costSource = source
  return null
}

/** String(n) is the shortest text that reads back as n, which is what was written for up to fifteen digits. */
function costOf(value: unknown): Money | null {
  if (typeof value === 'number') return Number.isFinite(value) ? parseMoney(String(value)) : null
  return typeof value === 'string' ? parseMoney(value) : null
}

/** A duration only informs: a strange one is dropped, the money still counts. */
function readDuration(fields: ReadonlyMap<string, unknown>, record: MutableRecord): null {
  const value = fields.get('duration_seconds')
  const seconds = typeof value === 'string' && value !== '' ? Number(value) : value
  if (typeof seconds === 'number' && seconds >= 0 && Number.isFinite(seconds))
    record.durationSeconds = seconds
  return null
}
