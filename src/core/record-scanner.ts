import { type Money, NO_MONEY, picodollarsOf } from './money.ts'
import { NameCache, asciiText } from './name-cache.ts'
import { MAX_COST, MAX_TOKENS, type MutableRecord, UNKNOWN, emptyRecord } from './record.ts'
import { FIELD_COUNT, KEY_LENGTHS, KEY_WORDS, KINDS, WORDS_PER_KEY, fieldBit, fieldIndex } from './scanner-fields.ts'
import { daysFromCivil } from './timestamp.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const SPACE = 0x20
const OPEN = 0x7b
const CLOSE = 0x7d
const DOT = 0x2e
const DASH = 0x2d
const LETTER_T = 0x54
const LETTER_Z = 0x5a
const ZERO = 0x30
const NINE = 0x39
const DAY = 86_400_000

/** Fifteen decimal digits are always exact in a double. */
const EXACT_DIGITS = 15
const POWERS = Array.from({ length: 13 }, (_, power) => 10 ** power)

/**
 * Reads the plain shape in which nearly every line is written (flat object, known keys, ASCII, no escapes, RFC 3339
 * in UTC) straight from the bytes: half the time of JSON.parse and no garbage. Whatever looks different in the
 * least is left to `decode.ts`, which decides; the two agree wherever both can read.
 *
 * It is fast because it guesses: that a line has the keys of the line before in the same order, and the same names.
 * A guess is checked four bytes at a time. The methods take an index and return the index behind what they read, or
 * -1 when that is not plain.
 */
export class RecordScanner {
  /** Filled by `scan`, and overwritten by the next one: copy it to keep it. */
  readonly record: MutableRecord = emptyRecord()
  /** Index after the closing brace of the last object scanned. */
  end = 0

  /** The fields of the line before, in their order. */
  readonly #order = new Int8Array(FIELD_COUNT).fill(-1)
  /** What was read, by field. */
  readonly #numbers = new Float64Array(FIELD_COUNT)
  readonly #texts = new Array<string>(FIELD_COUNT).fill('')
  #cost: Money = NO_MONEY
  readonly #names = new NameCache(FIELD_COUNT)
  #bytes: Uint8Array = new Uint8Array(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  #lastDayKey = -1
  #lastDay = 0

  /** True when `bytes[start, limit)` begins with a whole plain record; `record` and `end` then describe it. */
  scan(bytes: Uint8Array, start: number, limit: number): boolean {
    if (start >= limit || bytes[start] !== OPEN) return false
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    let at = start + 1
    let seen = 0
    for (let nth = 0; nth < FIELD_COUNT; nth++) {
      if (bytes[at] === SPACE) at++
      const field = this.#field(at, limit, nth)
      // A key named twice is rare enough to let the careful reader decide.
      if (field < 0 || (seen & (1 << field)) !== 0) return false
      seen |= 1 << field
      at += KEY_LENGTHS[field]!
      if (bytes[at] === SPACE) at++
      at = this.#value(field, at, limit)
      if (at < 0 || at >= limit) return false
      const next = bytes[at++]
      if (next === COMMA) continue
      if (next !== CLOSE || (seen & TIMESTAMP) === 0 || (seen & SPEND) === 0) return false
      this.end = at
      this.#fill(seen)
      return true
    }
    return false
  }

  /** Which field's key stands at `at`, or -1. */
  #field(at: number, limit: number, nth: number): number {
    const guess = this.#order[nth]!
    if (guess >= 0 && isKey(this.#view, at, limit, guess)) return guess
    for (let field = 0; field < FIELD_COUNT; field++) {
      if (isKey(this.#view, at, limit, field)) return (this.#order[nth] = field)
    }
    return -1
  }

  #value(field: number, at: number, limit: number): number {
    switch (KINDS[field]) {
      case 'name':
        return this.#name(field, at, limit)
      case 'count':
        return this.#integer(field, at, limit)
      case 'timestamp':
        return this.#timestamp(field, at, limit)
      case 'cost':
        return this.#readCost(at, limit)
      case 'unique':
        return this.#unique(field, at, limit)
      default:
        return this.#true(field, at, limit)
    }
  }

  #name(field: number, at: number, limit: number): number {
    if (this.#bytes[at] !== QUOTE) return -1
    let end = this.#names.repeated(field, this.#bytes, this.#view, at + 1, limit)
    if (end < 0) {
      end = plainStringEnd(this.#bytes, at + 1, limit)
      if (end < 0) return -1
      this.#names.find(field, this.#bytes, this.#view, at + 1, end)
    }
    this.#texts[field] = this.#names.latest(field)
    return end + 1
  }

  /** Ids are all different: remembering them helps nobody. */
  #unique(field: number, at: number, limit: number): number {
    if (this.#bytes[at] !== QUOTE) return -1
    const end = plainStringEnd(this.#bytes, at + 1, limit)
    if (end < 0) return -1
    this.#texts[field] = asciiText(this.#bytes, at + 1, end)
    return end + 1
  }

  #integer(field: number, at: number, limit: number): number {
    const bytes = this.#bytes
    let number = 0
    let i = at
    for (; i < limit; i++) {
      const byte = bytes[i]!
      if (byte < ZERO || byte > NINE) break
      number = number * 10 + (byte - ZERO)
    }
    const digits = i - at
    if (digits === 0 || digits > EXACT_DIGITS || number > MAX_TOKENS) return -1
    if (digits > 1 && bytes[at] === ZERO) return -1
    this.#numbers[field] = number
    return i
  }

  #readCost(at: number, limit: number): number {
    const bytes = this.#bytes
    let mantissa = 0
    let dot = -1
    let i = at
    for (; i < limit; i++) {
      const byte = bytes[i]!
      if (byte >= ZERO && byte <= NINE) mantissa = mantissa * 10 + (byte - ZERO)
      else if (byte === DOT && dot < 0 && i > at) dot = i
      else break
    }
    const decimals = dot < 0 ? 0 : i - dot - 1
    const wholeDigits = dot < 0 ? i - at : dot - at
    if (wholeDigits === 0 || wholeDigits + decimals > EXACT_DIGITS || decimals > 12) return -1
    if ((dot >= 0 && decimals === 0) || (wholeDigits > 1 && bytes[at] === ZERO)) return -1
    this.#cost = picodollarsFrom(mantissa, decimals)
    return this.#cost > MAX_COST ? -1 : i
  }

  /** `"2025-12-15T14:30:00Z"`, with or without milliseconds. */
  #timestamp(field: number, at: number, limit: number): number {
    const bytes = this.#bytes
    if (at + 27 > limit || bytes[at] !== QUOTE || bytes[at + 5] !== DASH || bytes[at + 8] !== DASH) return -1
    if (bytes[at + 11] !== LETTER_T || bytes[at + 14] !== COLON || bytes[at + 17] !== COLON) return -1
    const year = two(bytes, at + 1) * 100 + two(bytes, at + 3)
    const month = two(bytes, at + 6)
    const day = two(bytes, at + 9)
    const hour = two(bytes, at + 12)
    const minute = two(bytes, at + 15)
    const second = two(bytes, at + 18)
    // Leap seconds and 24:00 are for the careful reader; NaN from a non-digit fails every comparison.
    if (!(year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return -1
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return -1
    if (day > 28 && day > daysInMonth(year, month)) return -1
    let milliseconds = 0
    let end = at + 20
    if (bytes[end] === DOT) {
      milliseconds = two(bytes, end + 1) * 10 + (two(bytes, end + 2) % 10)
      if (!(milliseconds >= 0)) return -1
      end += 4
    }
    if (bytes[end] !== LETTER_Z || bytes[end + 1] !== QUOTE) return -1
    const seconds = hour * 3600 + minute * 60 + second
    this.#numbers[field] = this.#dayNumber(year, month, day) * DAY + seconds * 1000 + milliseconds
    return end + 2
  }

  /** The only plain value of a flag; `false` is for the careful reader. */
  #true(field: number, at: number, limit: number): number {
    if (at + 4 > limit || this.#view.getInt32(at, true) !== TRUE) return -1
    this.#numbers[field] = 1
    return at + 4
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

  #fill(seen: number): void {
    const { record } = this
    record.timestamp = this.#numbers[F.timestamp]!
    record.sessionId = this.#text(F.sessionId, seen, UNKNOWN)
    record.project = this.#text(F.project, seen, UNKNOWN)
    record.model = this.#text(F.model, seen, UNKNOWN)
    record.tool = this.#text(F.tool, seen, UNKNOWN)
    record.taskType = this.#text(F.taskType, seen, UNKNOWN)
    record.inputTokens = this.#count(F.inputTokens, seen)
    record.outputTokens = this.#count(F.outputTokens, seen)
    record.cacheReadTokens = this.#count(F.cacheReadTokens, seen)
    record.cacheWriteTokens = this.#count(F.cacheWriteTokens, seen)
    record.cacheWrite1hTokens = this.#count(F.cacheWrite1hTokens, seen)
    record.webSearchRequests = this.#count(F.webSearchRequests, seen)
    record.costUsd = (seen & COST) !== 0 ? this.#cost : null
    record.durationSeconds = (seen & (1 << F.duration)) !== 0 ? this.#numbers[F.duration]! : null
    record.aggregate = (seen & (1 << F.aggregate)) !== 0
    const source = this.#text(F.costSource, seen, '')
    record.costSource = (source === 'tool' || source === 'table') && record.costUsd !== null ? source : null
    record.id = this.#text(F.id, seen, '')
    record.note = this.#text(F.note, seen, '')
    record.serviceTier = this.#text(F.serviceTier, seen, '')
    record.speed = this.#text(F.speed, seen, '')
    record.inferenceGeo = this.#text(F.inferenceGeo, seen, '')
    record.branch = this.#text(F.branch, seen, '')
    record.taskId = this.#text(F.taskId, seen, '')
    record.enhancement = this.#text(F.enhancement, seen, '')
    record.projectCode = this.#text(F.projectCode, seen, '')
    record.machine = this.#text(F.machine, seen, '')
  }

  #text(field: number, seen: number, otherwise: string): string {
    return (seen & (1 << field)) !== 0 ? this.#texts[field]! : otherwise
  }

  #count(field: number, seen: number): number {
    return (seen & (1 << field)) !== 0 ? this.#numbers[field]! : 0
  }
}

/** Field numbers, looked up once. */
const F = {
  timestamp: fieldIndex('timestamp'),
  sessionId: fieldIndex('session_id'),
  project: fieldIndex('project'),
  model: fieldIndex('model'),
  tool: fieldIndex('tool'),
  taskType: fieldIndex('task_type'),
  inputTokens: fieldIndex('input_tokens'),
  outputTokens: fieldIndex('output_tokens'),
  cacheReadTokens: fieldIndex('cache_read_tokens'),
  cacheWriteTokens: fieldIndex('cache_write_tokens'),
  cacheWrite1hTokens: fieldIndex('cache_write_1h_tokens'),
  webSearchRequests: fieldIndex('web_search_requests'),
  duration: fieldIndex('duration_seconds'),
  aggregate: fieldIndex('aggregate'),
  costSource: fieldIndex('cost_source'),
  id: fieldIndex('id'),
  note: fieldIndex('note'),
  serviceTier: fieldIndex('service_tier'),
  speed: fieldIndex('speed'),
  inferenceGeo: fieldIndex('inference_geo'),
  branch: fieldIndex('branch'),
  taskId: fieldIndex('task_id'),
  enhancement: fieldIndex('enhancement'),
  projectCode: fieldIndex('project_code'),
  machine: fieldIndex('machine'),
}

const TIMESTAMP = fieldBit('timestamp')
const COST = fieldBit('cost_usd')
const SPEND =
  COST |
  fieldBit('input_tokens') |
  fieldBit('output_tokens') |
  fieldBit('cache_read_tokens') |
  fieldBit('cache_write_tokens')

/** `true`, little-endian. */
const TRUE = 0x65757274

function isKey(view: DataView, at: number, limit: number, field: number): boolean {
  const length = KEY_LENGTHS[field]!
  if (at + length > limit) return false
  let word = field * WORDS_PER_KEY
  const last = length - 4
  for (let i = 0; i < last; i += 4) if (view.getInt32(at + i, true) !== KEY_WORDS[word++]) return false
  return view.getInt32(at + last, true) === KEY_WORDS[word]
}

/** Index of the closing quote of a non-empty string of printable ASCII without escapes, or -1. */
function plainStringEnd(bytes: Uint8Array, start: number, limit: number): number {
  for (let i = start; i < limit; i++) {
    const byte = bytes[i]!
    if (byte === QUOTE) return i > start ? i : -1
    if (byte === BACKSLASH || byte < SPACE || byte > 0x7e) return -1
  }
  return -1
}

/** The two digits at `at` as a number; NaN when they are none. */
function two(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO
  const ones = bytes[at + 1]! - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

function picodollarsFrom(mantissa: number, decimals: number): Money {
  if (mantissa === 0) return NO_MONEY
  const amount = mantissa * POWERS[12 - decimals]!
  return picodollarsOf(
    amount <= Number.MAX_SAFE_INTEGER ? BigInt(amount) : BigInt(mantissa) * 10n ** BigInt(12 - decimals),
  )
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
