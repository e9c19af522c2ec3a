const QUOTE = 0x22

/** Names remembered for each field, and the longest that is. */
const SLOTS = 32
const MAX_LENGTH = 64

/**
 * Remembers the latest names of each field with their bytes. Neighbouring lines repeat a few names, so most become
 * strings by comparing bytes, four at a time, instead of being decoded again; and equal names share one string.
 */
export class NameCache {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #lengths: Int32Array
  readonly #texts: string[]
  /** The slot each field used last. */
  readonly #latest: Int32Array

  constructor(fields: number) {
    this.#bytes = new Uint8Array(fields * SLOTS * MAX_LENGTH)
    this.#view = new DataView(this.#bytes.buffer)
    this.#lengths = new Int32Array(fields * SLOTS)
    this.#texts = new Array<string>(fields * SLOTS).fill('')
    this.#latest = Int32Array.from({ length: fields }, (_, field) => field * SLOTS)
  }

  /** The name that `repeated` or `find` met last for the field. */
  latest(field: number): string {
    return this.#texts[this.#latest[field]!]!
  }

  /** When the field's latest name stands at `start` once more, the index of its closing quote, else -1. */
  repeated(field: number, bytes: Uint8Array, view: DataView, start: number, limit: number): number {
    const slot = this.#latest[field]!
    const end = start + this.#lengths[slot]!
    return end > start && end < limit && bytes[end] === QUOTE && this.#isIn(slot, bytes, view, start, end) ? end : -1
  }

  /** Makes the ASCII name `bytes[start, end)` the field's latest. */
  find(field: number, bytes: Uint8Array, view: DataView, start: number, end: number): void {
    const length = end - start
    const slot = field * SLOTS + slotOf(bytes, start, end)
    this.#latest[field] = slot
    if (this.#lengths[slot] === length && this.#isIn(slot, bytes, view, start, end)) return
    this.#texts[slot] = asciiText(bytes, start, end)
    // A name that is too long to remember has no length, so it never matches.
    this.#lengths[slot] = length <= MAX_LENGTH ? length : 0
    for (let i = 0; i < this.#lengths[slot]!; i++) this.#bytes[slot * MAX_LENGTH + i] = bytes[start + i]!
  }

  #isIn(slot: number, bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    const shift = slot * MAX_LENGTH - start
    let i = start
    for (; i + 4 <= end; i += 4) {
      if (view.getInt32(i, true) !== this.#view.getInt32(i + shift, true)) return false
    }
    for (; i < end; i++) if (bytes[i] !== this.#bytes[i + shift]) return false
    return true
  }
}

/** The string spelled by ASCII bytes. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  return latin1.decode(bytes.subarray(start, end))
}

const latin1 = new TextDecoder('latin1')

/** A guess from the length and three letters. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  const letters = bytes[start]! * 961 + bytes[start + (length >> 1)]! * 31 + bytes[end - 1]!
  return (Math.imul(letters + length * 29791, 0x9e3779b1) >>> 27) & (SLOTS - 1)
}
