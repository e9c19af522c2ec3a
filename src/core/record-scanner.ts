import { type Money, NO_MONEY, picodollarsOf } from './money.ts'
import { MAX_COST, MAX_TOKENS, type MutableRecord, UNKNOWN, emptyRecord } from './record.ts'
import { COUNT_FIELDS, LABEL_FIELDS, NAME_FIELDS } from './record-fields.ts'
import { StringPool } from './string-pool.ts'
import { daysFromCivil } from './timestamp.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const SPACE = 0x20
const OPEN = 0x7b
const CLOSE = 0x7d
const DOT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const DAY = 86_400_000

/** Mantissas and sums below 2^53 stay exact in a double; fifteen digits always do. */
const EXACT_DIGITS = 15
const POWERS = Array.from({ length: 13 }, (_, power) => 10 ** power)

type FieldKind = 'name' | 'label' | 'id' | 'count' | 'timestamp' | 'cost' | 'cost_source' | 'duration' | 'version'

interface Field {
  readonly key: Uint8Array
  readonly kind: FieldKind
  readonly target: keyof MutableRecord
}

/**
 * Reads the plain shape in which nearly every line is written (flat object, ASCII, no escapes, RFC 3339 in UTC)
 * straight from the bytes: half the time of JSON.parse and no garbage. Whatever looks different in the least is
 * left to `decode.ts`, which decides; the two agree wherever both can read.
 */
export class RecordScanner {
  /** Filled by `scan`, and overwritten by the next one: copy it to keep it. */
  readonly record: MutableRecord = emptyRecord()
  /** Index after the closing brace of the last object scanned. */
  end = 0

  readonly #pool = new StringPool()
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  #limit = 0
  #lastDayKey = -1
  #lastDay = 0

  /** True when `bytes[start, …)` begins with a whole plain record; `record` and `end` then describe it. */
  scan(bytes: Uint8Array, start: number, limit: number): boolean {
    if (bytes[start] !== OPEN) return false
    this.#bytes = bytes
    this.#at = start + 1
    this.#limit = limit
    clear(this.record)
    let seen = 0
    for (;;) {
      const bit = this.#member()
      // A key named twice, or tokens nowhere: rare enough to let the careful reader decide.
      if (bit < 0 || (seen & bit) !== 0) return false
      seen |= bit
      this.#skipSpaces()
      const next = bytes[this.#at++]
      if (next === CLOSE && this.#at <= limit) break
      if (next !== COMMA || this.#at >= limit) return false
    }
    this.end = this.#at
    return (seen & REQUIRED_TIMESTAMP) !== 0 && (seen & ANY_SPEND) !== 0
  }

  /** Reads one `"key":value`; returns the field's bit, or -1 when it is not plain. */
  #member(): number {
    this.#skipSpaces()
    const bytes = this.#bytes
    if (bytes[this.#at] !== QUOTE) return -1
    const keyStart = this.#at + 1
    const keyEnd = this.#stringEnd(keyStart)
    if (keyEnd < 0) return -1
    this.#at = keyEnd + 1
    this.#skipSpaces()
    if (bytes[this.#at++] !== COLON) return -1
    this.#skipSpaces()
    const index = fieldAt(bytes, keyStart, keyEnd)
    if (index < 0) return -1
    return this.#value(FIELDS[index]!) ? 1 << index : -1
  }

  #value(field: Field): boolean {
    switch (field.kind) {
      case 'count':
        return this.#count(field.target as CountTarget)
      case 'timestamp':
        return this.#timestamp()
      case 'cost':
        return this.#cost()
      case 'duration':
        return this.#duration()
      case 'version':
        return this.#integer() >= 0
      case 'cost_source':
        return this.#costSource()
      default:
        return this.#text(field)
    }
  }

  #text(field: Field): boolean {
    if (this.#bytes[this.#at] !== QUOTE) return false
    const start = this.#at + 1
    const end = this.#stringEnd(start)
    if (end < 0 || end === start) return false
    this.#at = end + 1
    // Ids are all different: pooling them would keep a million strings alive.
    this.record[field.target as NameTarget] =
      field.kind === 'id' ? latin1.decode(this.#bytes.subarray(start, end)) : this.#pool.ofAscii(this.#bytes, start, end)
    return true
  }

  #costSource(): boolean {
    if (this.#bytes[this.#at] !== QUOTE) return false
    const start = this.#at + 1
    const end = this.#stringEnd(start)
    if (end < 0) return false
    const source = this.#pool.ofAscii(this.#bytes, start, end)
    if (source !== 'tool' && source !== 'table') return false
    this.#at = end + 1
    this.record.costSource = source
    return true
  }

  #count(target: CountTarget): boolean {
    const count = this.#integer()
    if (count < 0 || count > MAX_TOKENS) return false
    this.record[target] = count
    return true
  }

  #duration(): boolean {
    const seconds = this.#integer()
    if (seconds < 0) return false
    this.record.durationSeconds = seconds
    return true
  }

  /** A run of at most fifteen digits, or -1. */
  #integer(): number {
    const bytes = this.#bytes
    const start = this.#at
    let at = start
    let number = 0
    for (let byte = bytes[at]!; byte >= ZERO && byte <= NINE && at < this.#limit; byte = bytes[++at]!) {
      number = number * 10 + (byte - ZERO)
    }
    const digits = at - start
    if (digits === 0 || digits > EXACT_DIGITS || (digits > 1 && bytes[start] === ZERO)) return -1
    this.#at = at
    return endsNumber(bytes[at]!) ? number : -1
  }

  #cost(): boolean {
    const bytes = this.#bytes
    const start = this.#at
    let at = start
    let mantissa = 0
    let dot = -1
    for (; at < this.#limit; at++) {
      const byte = bytes[at]!
      if (byte >= ZERO && byte <= NINE) mantissa = mantissa * 10 + (byte - ZERO)
      else if (byte === DOT && dot < 0 && at > start) dot = at
      else break
    }
    const digits = at - start - (dot < 0 ? 0 : 1)
    const decimals = dot < 0 ? 0 : at - dot - 1
    if (digits === 0 || digits > EXACT_DIGITS || decimals > 12 || (dot >= 0 && decimals === 0)) return false
    if (!endsNumber(bytes[at]!) || (bytes[start] === ZERO && dot !== start + 1 && digits > 1)) return false
    const cost = picodollarsFrom(mantissa, decimals)
    if (cost > MAX_COST) return false
    this.record.costUsd = cost
    this.#at = at
    return true
  }

  /** `"2025-12-15T14:30:00Z"`, with or without milliseconds. */
  #timestamp(): boolean {
    const bytes = this.#bytes
    const at = this.#at
    if (bytes[at] !== QUOTE || bytes[at + 5] !== 0x2d || bytes[at + 8] !== 0x2d) return false
    if (bytes[at + 11] !== 0x54 || bytes[at + 14] !== COLON || bytes[at + 17] !== COLON) return false
    const year = this.#two(at + 1) * 100 + this.#two(at + 3)
    const month = this.#two(at + 6)
    const day = this.#two(at + 9)
    const hour = this.#two(at + 12)
    const minute = this.#two(at + 15)
    const second = this.#two(at + 18)
    // Day 29 to 31, leap seconds and 24:00 need a calendar; NaN from a non-digit fails every comparison.
    if (!(year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return false
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return false
    if (day > 28 && day > daysInMonth(year, month)) return false
    let milliseconds = 0
    let end = at + 20
    if (bytes[end] === DOT) {
      milliseconds = this.#two(end + 1) * 10 + this.#digit(end + 3)
      if (!(milliseconds >= 0)) return false
      end += 4
    }
    if (bytes[end] !== 0x5a || bytes[end + 1] !== QUOTE || end + 2 > this.#limit) return false
    this.record.timestamp =
      this.#dayNumber(year, month, day) * DAY + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds
    this.#at = end + 2
    return true
  }

  /** Neighbouring lines mostly share their day. */
  #dayNumber(year: number, month: number, day: number): number {
    const key = (year * 13 + month) * 32 + day
    if (key !== this.#lastDayKey) {
      this.#lastDayKey = key
      this.#lastDay = daysFromCivil(year, month, day)
    }
    return this.#lastDay
  }

  #two(at: number): number {
    return this.#digit(at) * 10 + this.#digit(at + 1)
  }

  #digit(at: number): number {
    const byte = this.#bytes[at]!
    return byte >= ZERO && byte <= NINE ? byte - ZERO : NaN
  }

  /** Index of the closing quote of a string of printable ASCII without escapes, or -1. */
  #stringEnd(start: number): number {
    const bytes = this.#bytes
    for (let at = start; at < this.#limit; at++) {
      const byte = bytes[at]!
      if (byte === QUOTE) return at
      if (byte === BACKSLASH || byte < SPACE || byte > 0x7e) return -1
    }
    return -1
  }

  #skipSpaces(): void {
    while (this.#bytes[this.#at] === SPACE) this.#at++
  }
}

type CountTarget = (typeof COUNT_FIELDS)[keyof typeof COUNT_FIELDS]
type NameTarget =
  | (typeof NAME_FIELDS)[keyof typeof NAME_FIELDS]
  | (typeof LABEL_FIELDS)[keyof typeof LABEL_FIELDS]

const latin1 = new TextDecoder('latin1')

const FIELDS: readonly Field[] = [
  field('timestamp', 'timestamp', 'timestamp'),
  field('cost_usd', 'cost', 'costUsd'),
  field('cost_source', 'cost_source', 'costSource'),
  field('duration_seconds', 'duration', 'durationSeconds'),
  field('v', 'version', 'id'),
  ...Object.entries(COUNT_FIELDS).map(([key, target]) => field(key, 'count', target)),
  ...Object.entries(NAME_FIELDS).map(([key, target]) => field(key, 'name', target)),
  ...Object.entries(LABEL_FIELDS).map(([key, target]) =>
    field(key, target === 'id' || target === 'corrects' || target === 'note' ? 'id' : 'label', target),
  ),
]

function field(key: string, kind: FieldKind, target: keyof MutableRecord): Field {
  return { key: new TextEncoder().encode(key), kind, target }
}

const REQUIRED_TIMESTAMP = bitsOf('timestamp')
const ANY_SPEND = bitsOf('input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_write_tokens', 'cost_usd')

function bitsOf(...keys: string[]): number {
  return keys.reduce((bits, key) => bits | (1 << FIELDS.findIndex((one) => new TextDecoder().decode(one.key) === key)), 0)
}

/** Keys told apart by length and two letters: one look instead of a comparison with every key. */
const SLOTS = 256
const FIELD_SLOTS = new Int8Array(SLOTS).fill(-1)
FIELDS.forEach(({ key }, index) => {
  const slot = slotOf(key, 0, key.length)
  if (FIELD_SLOTS[slot] !== -1) throw new Error('two ledger keys share a slot: change slotOf in record-scanner.ts')
  FIELD_SLOTS[slot] = index
})

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  return (length * 29 + bytes[start]! * 7 + bytes[start + (length >> 1)]! * 3 + bytes[end - 1]!) & (SLOTS - 1)
}

/** Index of the field whose key is `bytes[start, end)`, or -1. */
function fieldAt(bytes: Uint8Array, start: number, end: number): number {
  if (end === start) return -1
  const index = FIELD_SLOTS[slotOf(bytes, start, end)]!
  if (index < 0) return -1
  const key = FIELDS[index]!.key
  if (key.length !== end - start) return -1
  for (let i = 0; i < key.length; i++) if (key[i] !== bytes[start + i]) return -1
  return index
}

function picodollarsFrom(mantissa: number, decimals: number): Money {
  if (mantissa === 0) return NO_MONEY
  const amount = mantissa * POWERS[12 - decimals]!
  return picodollarsOf(
    amount <= Number.MAX_SAFE_INTEGER ? BigInt(amount) : BigInt(mantissa) * 10n ** BigInt(12 - decimals),
  )
}

/** Anything else (a letter, a sign, a dot) makes the digits before it part of a number we do not read here. */
function endsNumber(byte: number): boolean {
  return byte === COMMA || byte === CLOSE || byte === SPACE
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function clear(record: MutableRecord): void {
  record.id = ''
  record.timestamp = null
  record.sessionId = UNKNOWN
  record.project = UNKNOWN
  record.model = UNKNOWN
  record.tool = UNKNOWN
  record.taskType = UNKNOWN
  record.inputTokens = 0
  record.outputTokens = 0
  record.cacheReadTokens = 0
  record.cacheWriteTokens = 0
  record.cacheWrite1hTokens = 0
  record.webSearchRequests = 0
  record.costUsd = null
  record.costSource = null
  record.durationSeconds = null
  record.serviceTier = ''
  record.speed = ''
  record.inferenceGeo = ''
  record.aggregate = false
  record.adjustment = false
  record.corrects = ''
  record.branch = ''
  record.taskId = ''
  record.enhancement = ''
  record.projectCode = ''
  record.note = ''
  record.machine = ''
}
