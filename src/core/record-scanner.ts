import { hashAscii, hashText } from './hash-index.ts'
import { NAME_BYTES, NameCache, asciiText, plainStringEnd } from './name-cache.ts'
import { MAX_TOKENS, type MutableRecord, type UsageRecord, emptyRecord } from './record.ts'
import { ScannedCost } from './scanned-cost.ts'
import { ScannedTimestamp } from './scanned-timestamp.ts'
import {
  BIT,
  COST,
  COUNT,
  FIELD,
  FIELD_COUNT,
  KEY_LENGTHS,
  KEY_WORDS,
  KINDS,
  NAME,
  TIMESTAMP,
  UNIQUE,
  WORDS_PER_KEY,
  isKey,
} from './scanner-fields.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const SPACE = 0x20
const OPEN = 0x7b
const CLOSE = 0x7d
const ZERO = 0x30

/** Fifteen decimal digits are always exact in a double. */
const EXACT_DIGITS = 15

/**
 * Reads the plain shape in which nearly every line is written (flat object, known keys, ASCII, no escapes, RFC 3339
 * in UTC) straight from the bytes: in 0.55 of the time of JSON.parse and with little garbage. Whatever looks different
 * in the least is left to `decode.ts`, which decides; the two agree wherever both can read.
 *
 * It is fast because it guesses: that a line has the keys of the line before in the same order, and the same names.
 * A guess is checked four bytes at a time. The methods take an index and return the index behind what they read, or
 * -1 when that is not plain.
 */
export class RecordScanner {
  /** Filled by `scan`, and overwritten by the next one: copy it to keep it, while the bytes are still there. */
  readonly record: MutableRecord = recordWithId(() => this.#id())
  /** The `hashText` of the last record's id; 0 when it has none. */
  idHash = 0
  /** Index after the closing brace of the last object scanned. */
  end = 0

  #bytes: Uint8Array = new Uint8Array(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  /** The fields of the line before, in their order. */
  readonly #order = Int8Array.from({ length: FIELD_COUNT }, (_, nth) => nth)
  /** What was read, by field. */
  readonly #numbers = new Array<number>(FIELD_COUNT).fill(0)
  #note = ''
  /** Where the id of the last record stands: few ids are ever looked at, and a million strings take a tenth of a second. */
  #idStart = 0
  #idEnd = 0
  #adoptedId: string | null = null
  readonly #names = new NameCache(FIELD_COUNT)
  readonly #timestamp = new ScannedTimestamp()
  readonly #cost = new ScannedCost()
  /** The fields that `record` was filled with. */
  #filled = 0

  /**
   * True when `bytes[start, limit)` begins with a whole plain record; `record` and `end` then describe it.
   *
   * One flat function over local variables: cut into one method for each kind of value it takes half as long again,
   * because what is not inlined has to load and check the arrays anew.
   */
  scan(bytes: Uint8Array, start: number, limit: number): boolean {
    if (start >= limit || bytes[start] !== OPEN) return false
    const view = bytes === this.#bytes ? this.#view : this.#viewOf(bytes)
    const order = this.#order
    const numbers = this.#numbers
    const names = this.#names
    const { latest, lengths, view: known } = names
    let seen = 0
    let at = start + 1
    for (let nth = 0; nth < FIELD_COUNT; nth++) {
      if (bytes[at] === SPACE) at++
      // The key: that of the line before, or any other.
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
        field = this.#otherField(nth, at, limit)
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
        // The field's name of the line before, or any other.
        if (bytes[at] !== QUOTE) return false
        at++
        const slot = latest[field]!
        const end = at + lengths[slot]!
        const shift = slot * NAME_BYTES - at
        let same = at
        if (end < limit && bytes[end] === QUOTE) {
          while (same + 4 <= end && view.getInt32(same, true) === known.getInt32(same + shift, true))
            same += 4
          while (same < end && bytes[same] === known.getUint8(same + shift)) same++
        }
        if (same === end && end > at) at = end + 1
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
        at = this.#rarerValue(kind, field, at, limit)
        if (at < 0) return false
      }
      if (at >= limit) return false
      const next = bytes[at++]
      if (next === COMMA) continue
      if (next !== CLOSE || (seen & BIT.timestamp) === 0 || (seen & SPEND) === 0) return false
      this.end = at
      this.#fill(seen)
      return true
    }
    return false
  }

  #viewOf(bytes: Uint8Array): DataView {
    this.#bytes = bytes
    return (this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  }

  /** Which field's key stands at `at`, or -1. */
  #otherField(nth: number, at: number, limit: number): number {
    for (let field = 0; field < FIELD_COUNT; field++) {
      if (isKey(field, this.#view, at, limit)) return (this.#order[nth] = field)
    }
    return -1
  }

  #rarerValue(kind: number, field: number, at: number, limit: number): number {
    if (kind === COST) return this.#cost.read(this.#bytes, at, limit)
    if (kind === TIMESTAMP) return this.#timestamp.read(this.#bytes, this.#view, at, limit)
    if (kind === UNIQUE) return field === FIELD.id ? this.#readId(at, limit) : this.#readNote(at, limit)
    // A flag: its only plain value is true.
    return at + 4 <= limit && this.#view.getInt32(at, true) === TRUE ? at + 4 : -1
  }

  #readId(at: number, limit: number): number {
    const end = this.#bytes[at] === QUOTE ? plainStringEnd(this.#bytes, at + 1, limit) : -1
    this.#idStart = at + 1
    this.#idEnd = end
    return end < 0 ? -1 : end + 1
  }

  /** Notes are all different: remembering them helps nobody. */
  #readNote(at: number, limit: number): number {
    const end = this.#bytes[at] === QUOTE ? plainStringEnd(this.#bytes, at + 1, limit) : -1
    if (end < 0) return -1
    this.#note = asciiText(this.#bytes, at + 1, end)
    return end + 1
  }

  /**
   * Takes over a record that another reader decoded. Everything behind a reader then sees objects of one shape, which
   * V8 compiles for; two shapes would cost the fold a quarter of its speed.
   */
  adopt({ id, ...fields }: UsageRecord): void {
    Object.assign(this.record, fields)
    this.idHash = id === '' ? 0 : hashText(id)
    this.#adoptedId = id
    this.#filled = -1
  }

  #id(): string {
    if (this.#adoptedId !== null) return this.#adoptedId
    return (this.#filled & BIT.id) !== 0 ? asciiText(this.#bytes, this.#idStart, this.#idEnd) : ''
  }

  #fill(seen: number): void {
    const { record } = this
    const numbers = this.#numbers
    const { texts, latest } = this.#names
    // Nearly every line has the fields of the line before, and there is nothing to forget.
    if ((this.#filled & ~seen) !== 0) Object.assign(record, BLANK)
    this.#filled = seen
    this.#adoptedId = null
    record.timestamp = this.#timestamp.instant
    if ((seen & BIT.session_id) !== 0) record.sessionId = texts[latest[FIELD.session_id]!]!
    if ((seen & BIT.project) !== 0) record.project = texts[latest[FIELD.project]!]!
    if ((seen & BIT.model) !== 0) record.model = texts[latest[FIELD.model]!]!
    if ((seen & BIT.tool) !== 0) record.tool = texts[latest[FIELD.tool]!]!
    if ((seen & BIT.task_type) !== 0) record.taskType = texts[latest[FIELD.task_type]!]!
    if ((seen & BIT.input_tokens) !== 0) record.inputTokens = numbers[FIELD.input_tokens]!
    if ((seen & BIT.output_tokens) !== 0) record.outputTokens = numbers[FIELD.output_tokens]!
    if ((seen & BIT.cache_read_tokens) !== 0) record.cacheReadTokens = numbers[FIELD.cache_read_tokens]!
    if ((seen & BIT.cache_write_tokens) !== 0) record.cacheWriteTokens = numbers[FIELD.cache_write_tokens]!
    if ((seen & BIT.cost_usd) !== 0) record.costUsd = this.#cost.usd
    if ((seen & BIT.duration_seconds) !== 0) record.durationSeconds = numbers[FIELD.duration_seconds]!
    this.idHash = (seen & BIT.id) !== 0 ? hashAscii(this.#bytes, this.#idStart, this.#idEnd) : 0
    if ((seen & RARE) !== 0) this.#fillRare(seen)
  }

  #fillRare(seen: number): void {
    const { record } = this
    const numbers = this.#numbers
    const { texts, latest } = this.#names
    if ((seen & BIT.cache_write_1h_tokens) !== 0)
      record.cacheWrite1hTokens = numbers[FIELD.cache_write_1h_tokens]!
    if ((seen & BIT.web_search_requests) !== 0) record.webSearchRequests = numbers[FIELD.web_search_requests]!
    record.aggregate = (seen & BIT.aggregate) !== 0
    const source = (seen & BIT.cost_source) !== 0 ? texts[latest[FIELD.cost_source]!]! : ''
    record.costSource = (source === 'tool' || source === 'table') && record.costUsd !== null ? source : null
    if ((seen & BIT.note) !== 0) record.note = this.#note
    if ((seen & BIT.service_tier) !== 0) record.serviceTier = texts[latest[FIELD.service_tier]!]!
    if ((seen & BIT.speed) !== 0) record.speed = texts[latest[FIELD.speed]!]!
    if ((seen & BIT.inference_geo) !== 0) record.inferenceGeo = texts[latest[FIELD.inference_geo]!]!
    if ((seen & BIT.branch) !== 0) record.branch = texts[latest[FIELD.branch]!]!
    if ((seen & BIT.task_id) !== 0) record.taskId = texts[latest[FIELD.task_id]!]!
    if ((seen & BIT.enhancement) !== 0) record.enhancement = texts[latest[FIELD.enhancement]!]!
    if ((seen & BIT.project_code) !== 0) record.projectCode = texts[latest[FIELD.project_code]!]!
    if ((seen & BIT.machine) !== 0) record.machine = texts[latest[FIELD.machine]!]!
  }
}

const { id: _id, ...BLANK } = emptyRecord()

/** A record whose id is read where it stands, and only when somebody asks. */
function recordWithId(idOf: () => string): MutableRecord {
  return {
    ...BLANK,
    get id() {
      return idOf()
    },
  }
}

const SPEND =
  BIT.cost_usd | BIT.input_tokens | BIT.output_tokens | BIT.cache_read_tokens | BIT.cache_write_tokens

/** Fields that few lines have. */
const RARE =
  BIT.cache_write_1h_tokens |
  BIT.web_search_requests |
  BIT.aggregate |
  BIT.cost_source |
  BIT.note |
  BIT.service_tier |
  BIT.speed |
  BIT.inference_geo |
  BIT.branch |
  BIT.task_id |
  BIT.enhancement |
  BIT.project_code |
  BIT.machine

/** `true`, little-endian. */
const TRUE = 0x65757274
