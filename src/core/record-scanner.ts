import { bigintOf } from './exact-integer.ts'
import { type Money, NO_MONEY, picodollarsOf } from './money.ts'
import { MAX_LENGTH, NameCache, SLOTS, asciiText, plainStringEnd } from './name-cache.ts'
import { MAX_COST, MAX_TOKENS, type MutableRecord, UNKNOWN, emptyRecord } from './record.ts'
import {
  COST,
  COUNT,
  FIELD_COUNT,
  KEY_LENGTHS,
  KEY_WORDS,
  KINDS,
  NAME,
  WORDS_PER_KEY,
  TIMESTAMP,
  UNIQUE,
  fieldBit,
  fieldIndex,
  isKey,
} from './scanner-fields.ts'
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
  readonly #order = Int8Array.from({ length: FIELD_COUNT }, (_, nth) => nth)
  /** What was read, by field. */
  readonly #numbers = new Float64Array(FIELD_COUNT)
  #cost: Money = NO_MONEY
  readonly #names = new NameCache(FIELD_COUNT)
  #bytes: Uint8Array = new Uint8Array(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  #filled = 0
  /** The date last read, from its quote to its T, and when that day begins. */
  readonly #dateView = new DataView(new ArrayBuffer(12))
  #dayStart = 0

  /** True when `bytes[start, limit)` begins with a whole plain record; `record` and `end` then describe it. */
  scan(bytes: Uint8Array, start: number, limit: number): boolean {
    if (start >= limit || bytes[start] !== OPEN) return false
    const view = bytes === this.#bytes ? this.#view : this.#turnTo(bytes)
    const order = this.#order
    const numbers = this.#numbers
    const names = this.#names
    const known = names.view
    const lengths = names.lengths
    const latest = names.latest
    let seen = 0
    let at = start + 1
    for (let nth = 0; nth < FIELD_COUNT; nth++) {
      if (bytes[at] === SPACE) at++
      let field = order[nth]!
      let length = KEY_LENGTHS[field]!
      if (at + length > limit) return false
      const last = at + length - 4
      let word = field * WORDS_PER_KEY
      let i = at
      while (i < last && view.getInt32(i, true) === KEY_WORDS[word]) {
        i += 4
        word++
      }
      if (i < last || view.getInt32(last, true) !== KEY_WORDS[word]) {
        field = this.#turnTo2(nth, at, limit)
        if (field < 0) return false
        length = KEY_LENGTHS[field]!
      }
      const bit = 1 << field
      // A key named twice is rare enough to let the careful reader decide.
      if ((seen & bit) !== 0) return false
      seen |= bit
      at += length
      if (bytes[at] === SPACE) at++
      const kind = KINDS[field]!
      if (kind === NAME) {
        if (bytes[at] !== QUOTE) return false
        at++
        const slot = latest[field]!
        const end = at + lengths[slot]!
        const shift = slot * MAX_LENGTH - at
        let i = at
        if (end < limit && bytes[end] === QUOTE) {
          while (i + 4 <= end && view.getInt32(i, true) === known.getInt32(i + shift, true)) i += 4
          while (i < end && bytes[i] === known.getUint8(i + shift)) i++
        }
        if (i === end && end > at) at = end + 1
        else {
          at = names.find(field, bytes, view, at, limit) + 1
          if (at === 0) return false
        }
      } else if (kind === COUNT) {
        const from = at
        let number = 0
        while (at < limit) {
          const digit = bytes[at]! - ZERO
          if (digit < 0 || digit > 9) break
          number = number * 10 + digit
          at++
        }
        const digits = at - from
        if (digits === 0 || digits > EXACT_DIGITS || number > MAX_TOKENS) return false
        if (digits > 1 && bytes[from] === ZERO) return false
        numbers[field] = number
      } else {
        if (kind === COST) at = this.#readCost(bytes, at, limit)
        else if (kind === TIMESTAMP) at = this.#timestamp(bytes, view, at, limit)
        else if (kind === UNIQUE) at = this.#unique(field, at, limit)
        else at = this.#true(field, at, limit)
        if (at < 0) return false
      }
      if (at >= limit) return false
      const next = bytes[at++]
      if (next === COMMA) continue
      if (next !== CLOSE || (seen & NEEDED_TIMESTAMP) === 0 || (seen & SPEND) === 0) return false
      this.end = at
      this.#fill(seen)
      return true
    }
    return false
  }

  #turnTo(bytes: Uint8Array): DataView {
    this.#bytes = bytes
    return (this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  }

  /** Which field's key stands at `at`, or -1. */
  #turnTo2(nth: number, at: number, limit: number): number {
    for (let field = 0; field < FIELD_COUNT; field++) {
      if (isKey(field, this.#view, at, limit)) return (this.#order[nth] = field)
    }
    return -1
  }

  /** Ids are all different: remembering them helps nobody. */
  #unique(field: number, at: number, limit: number): number {
    if (this.#bytes[at] !== QUOTE) return -1
    const end = plainStringEnd(this.#bytes, at + 1, limit)
    if (end < 0) return -1
    this.#names.texts[field * SLOTS] = asciiText(this.#bytes, at + 1, end)
    return end + 1
  }

  #readCost(bytes: Uint8Array, at: number, limit: number): number {
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
  #timestamp(bytes: Uint8Array, view: DataView, at: number, limit: number): number {
    if (at + 27 > limit) return -1
    const known = this.#dateView
    if (
      view.getInt32(at, true) !== known.getInt32(0, true) ||
      view.getInt32(at + 4, true) !== known.getInt32(4, true) ||
      view.getInt32(at + 8, true) !== known.getInt32(8, true)
    ) {
      if (!this.#date(bytes, view, at)) return -1
    }
    if (bytes[at + 14] !== COLON || bytes[at + 17] !== COLON) return -1
    const hour = two(bytes, at + 12)
    const minute = two(bytes, at + 15)
    const second = two(bytes, at + 18)
    // Leap seconds and 24:00 are for the careful reader.
    if (hour > 23 || minute > 59 || second > 59) return -1
    let milliseconds = 0
    let end = at + 20
    if (bytes[end] === DOT) {
      const tens = two(bytes, end + 1)
      const ones = two(bytes, end + 2)
      if (tens > 99 || ones > 99) return -1
      milliseconds = tens * 10 + (ones % 10)
      end += 4
    }
    if (bytes[end] !== LETTER_Z || bytes[end + 1] !== QUOTE) return -1
    this.#numbers[F.timestamp] = this.#dayStart + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds
    return end + 2
  }

  /** Reads the date of `"2025-12-15T`: neighbouring lines mostly share it. */
  #date(bytes: Uint8Array, view: DataView, at: number): boolean {
    if (
      bytes[at] !== QUOTE ||
      bytes[at + 5] !== DASH ||
      bytes[at + 8] !== DASH ||
      bytes[at + 11] !== LETTER_T
    )
      return false
    const century = two(bytes, at + 1)
    const years = two(bytes, at + 3)
    const month = two(bytes, at + 6)
    const day = two(bytes, at + 9)
    if (century > 99 || years > 99 || month < 1 || month > 12) return false
    const year = century * 100 + years
    if (year === 0 || day < 1 || day > daysInMonth(year, month)) return false
    this.#dayStart = daysFromCivil(year, month, day) * DAY
    for (let i = 0; i < 12; i += 4) this.#dateView.setInt32(i, view.getInt32(at + i, true), true)
    return true
  }

  /** The only plain value of a flag; `false` is for the careful reader. */
  #true(field: number, at: number, limit: number): number {
    if (at + 4 > limit || this.#view.getInt32(at, true) !== TRUE) return -1
    this.#numbers[field] = 1
    return at + 4
  }

  #fill(seen: number): void {
    const { record } = this
    const numbers = this.#numbers
    const { texts, latest } = this.#names
    // Nearly every line has the fields of the line before: nothing to forget.
    const stale = this.#filled & ~seen
    if (stale !== 0) Object.assign(record, emptyRecord())
    this.#filled = seen
    record.timestamp = numbers[F.timestamp]!
    if ((seen & B.sessionId) !== 0) record.sessionId = texts[latest[F.sessionId]!]!
    if ((seen & B.project) !== 0) record.project = texts[latest[F.project]!]!
    if ((seen & B.model) !== 0) record.model = texts[latest[F.model]!]!
    if ((seen & B.tool) !== 0) record.tool = texts[latest[F.tool]!]!
    if ((seen & B.taskType) !== 0) record.taskType = texts[latest[F.taskType]!]!
    if ((seen & B.inputTokens) !== 0) record.inputTokens = numbers[F.inputTokens]!
    if ((seen & B.outputTokens) !== 0) record.outputTokens = numbers[F.outputTokens]!
    if ((seen & B.cacheReadTokens) !== 0) record.cacheReadTokens = numbers[F.cacheReadTokens]!
    if ((seen & B.cacheWriteTokens) !== 0) record.cacheWriteTokens = numbers[F.cacheWriteTokens]!
    if ((seen & B.costUsd) !== 0) record.costUsd = this.#cost
    if ((seen & B.duration) !== 0) record.durationSeconds = numbers[F.duration]!
    if ((seen & B.id) !== 0) record.id = texts[latest[F.id]!]!
    if ((seen & RARE) !== 0) this.#fillRare(seen)
  }

  #fillRare(seen: number): void {
    const { record } = this
    const numbers = this.#numbers
    const { texts, latest } = this.#names
    if ((seen & B.cacheWrite1hTokens) !== 0) record.cacheWrite1hTokens = numbers[F.cacheWrite1hTokens]!
    if ((seen & B.webSearchRequests) !== 0) record.webSearchRequests = numbers[F.webSearchRequests]!
    record.aggregate = (seen & B.aggregate) !== 0
    const source = (seen & B.costSource) !== 0 ? texts[latest[F.costSource]!]! : ''
    record.costSource = (source === 'tool' || source === 'table') && record.costUsd !== null ? source : null
    if ((seen & B.note) !== 0) record.note = texts[latest[F.note]!]!
    if ((seen & B.serviceTier) !== 0) record.serviceTier = texts[latest[F.serviceTier]!]!
    if ((seen & B.speed) !== 0) record.speed = texts[latest[F.speed]!]!
    if ((seen & B.inferenceGeo) !== 0) record.inferenceGeo = texts[latest[F.inferenceGeo]!]!
    if ((seen & B.branch) !== 0) record.branch = texts[latest[F.branch]!]!
    if ((seen & B.taskId) !== 0) record.taskId = texts[latest[F.taskId]!]!
    if ((seen & B.enhancement) !== 0) record.enhancement = texts[latest[F.enhancement]!]!
    if ((seen & B.projectCode) !== 0) record.projectCode = texts[latest[F.projectCode]!]!
    if ((seen & B.machine) !== 0) record.machine = texts[latest[F.machine]!]!
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
  costUsd: fieldIndex('cost_usd'),
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

const B = {
  timestamp: 1 << F.timestamp,
  sessionId: 1 << F.sessionId,
  project: 1 << F.project,
  model: 1 << F.model,
  tool: 1 << F.tool,
  taskType: 1 << F.taskType,
  inputTokens: 1 << F.inputTokens,
  outputTokens: 1 << F.outputTokens,
  cacheReadTokens: 1 << F.cacheReadTokens,
  cacheWriteTokens: 1 << F.cacheWriteTokens,
  cacheWrite1hTokens: 1 << F.cacheWrite1hTokens,
  webSearchRequests: 1 << F.webSearchRequests,
  duration: 1 << F.duration,
  aggregate: 1 << F.aggregate,
  costSource: 1 << F.costSource,
  costUsd: 1 << F.costUsd,
  id: 1 << F.id,
  note: 1 << F.note,
  serviceTier: 1 << F.serviceTier,
  speed: 1 << F.speed,
  inferenceGeo: 1 << F.inferenceGeo,
  branch: 1 << F.branch,
  taskId: 1 << F.taskId,
  enhancement: 1 << F.enhancement,
  projectCode: 1 << F.projectCode,
  machine: 1 << F.machine,
}
const RARE =
  B.cacheWrite1hTokens |
  B.webSearchRequests |
  B.aggregate |
  B.costSource |
  B.note |
  B.serviceTier |
  B.speed |
  B.inferenceGeo |
  B.branch |
  B.taskId |
  B.enhancement |
  B.projectCode |
  B.machine
const NEEDED_TIMESTAMP = fieldBit('timestamp')
const COST_BIT = fieldBit('cost_usd')
const SPEND =
  COST_BIT |
  fieldBit('input_tokens') |
  fieldBit('output_tokens') |
  fieldBit('cache_read_tokens') |
  fieldBit('cache_write_tokens')

/** `true`, little-endian. */
const TRUE = 0x65757274

/** The two digits at `at` as a number; above 99 when they are none. */
function two(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO
  const ones = bytes[at + 1]! - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100
}

function picodollarsFrom(mantissa: number, decimals: number): Money {
  if (mantissa === 0) return NO_MONEY
  const amount = mantissa * POWERS[12 - decimals]!
  return picodollarsOf(
    amount <= Number.MAX_SAFE_INTEGER ? bigintOf(amount) : BigInt(mantissa) * 10n ** BigInt(12 - decimals),
  )
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
