import { Batch } from './batch.ts'
import { hashAscii } from './hash-index.ts'
import { NAME_BYTES, NameCache, asciiText, plainStringEnd } from './name-cache.ts'
import { MAX_TOKENS } from './record.ts'
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
  /** Takes what is scanned into the row behind its last one; whoever wants to keep that row counts it in. */
  readonly batch: Batch

  #bytes: Uint8Array = new Uint8Array(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  /** The fields of the line before, in their order. */
  readonly #order = Int8Array.from({ length: FIELD_COUNT }, (_, nth) => nth)
  readonly #names = new NameCache(FIELD_COUNT)
  readonly #timestamp = new ScannedTimestamp()
  readonly #cost = new ScannedCost()

  /** The batch has room for so many rows. */
  constructor(rows?: number) {
    this.batch = new Batch(rows)
  }

  /**
   * True when `bytes[start, limit)` begins with a whole plain record; the next row of `batch`, which must not be full, then holds it.
   *
   * One flat function over local variables: cut into one method for each kind of value it takes half as long again,
   * because what is not inlined has to load and check the arrays anew.
   */
  scan(bytes: Uint8Array, start: number, limit: number): boolean {
    if (start >= limit || bytes[start] !== OPEN) return false
    const view = bytes === this.#bytes ? this.#view : this.#viewOf(bytes)
    const order = this.#order
    const names = this.#names
    const { latest, lengths, texts: known, view: knownBytes } = names
    const { size: row, numbers, texts } = this.batch
    const first = row * FIELD_COUNT
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
          while (same + 4 <= end && view.getInt32(same, true) === knownBytes.getInt32(same + shift, true))
            same += 4
          while (same < end && bytes[same] === knownBytes.getUint8(same + shift)) same++
        }
        if (same === end && end > at) at = end + 1
        else {
          at = names.find(field, bytes, view, at, limit) + 1
          if (at === 0) return false
        }
        texts[first + field] = known[latest[field]!]!
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
        numbers[first + field] = number
      } else {
        at = this.#rarerValue(kind, field, at, limit)
        if (at < 0) return false
      }
      if (at >= limit) return false
      const next = bytes[at++]
      if (next === COMMA) continue
      if (next !== CLOSE || (seen & BIT.timestamp) === 0 || (seen & SPEND) === 0) return false
      this.#finish(row, start, at, seen)
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
    const { numbers, size } = this.batch
    if (kind === COST) {
      const end = this.#cost.read(this.#bytes, at, limit)
      numbers[size * FIELD_COUNT + FIELD.cost_usd] = this.#cost.amount
      return end
    }
    if (kind === TIMESTAMP) {
      const end = this.#timestamp.read(this.#bytes, this.#view, at, limit)
      numbers[size * FIELD_COUNT + FIELD.timestamp] = this.#timestamp.instant
      return end
    }
    if (kind === UNIQUE) return field === FIELD.id ? this.#readId(at, limit) : this.#readNote(at, limit)
    // A flag: its only plain value is true.
    return at + 4 <= limit && this.#view.getInt32(at, true) === TRUE ? at + 4 : -1
  }

  #readId(at: number, limit: number): number {
    const end = this.#bytes[at] === QUOTE ? plainStringEnd(this.#bytes, at + 1, limit) : -1
    const { idStarts, idEnds, size } = this.batch
    idStarts[size] = at + 1
    idEnds[size] = end
    return end < 0 ? -1 : end + 1
  }

  /** Notes are all different: remembering them helps nobody. */
  #readNote(at: number, limit: number): number {
    const end = this.#bytes[at] === QUOTE ? plainStringEnd(this.#bytes, at + 1, limit) : -1
    if (end < 0) return -1
    this.batch.texts[this.batch.size * FIELD_COUNT + FIELD.note] = asciiText(this.#bytes, at + 1, end)
    return end + 1
  }

  #finish(row: number, start: number, end: number, seen: number): void {
    const { batch } = this
    batch.bytes = this.#bytes
    batch.starts[row] = start
    batch.ends[row] = end
    batch.seen[row] = seen
    const hasId = (seen & BIT.id) !== 0
    batch.idHashes[row] = hasId ? hashAscii(this.#bytes, batch.idStarts[row]!, batch.idEnds[row]!) : 0
  }
}

const SPEND =
  BIT.cost_usd | BIT.input_tokens | BIT.output_tokens | BIT.cache_read_tokens | BIT.cache_write_tokens

/** `true`, little-endian. */
const TRUE = 0x65757274
