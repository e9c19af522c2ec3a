const QUOTE = 0x22
const BACKSLASH = 0x5c
const SPACE = 0x20
const TILDE = 0x7e

/** Names remembered for each field, and the longest that is. */
export const SLOTS = 32
export const MAX_LENGTH = 64

/**
 * Remembers the latest names of each field with their bytes. Neighbouring lines repeat a few names, so most become
 * strings by comparing bytes, four at a time, instead of being decoded again; and equal names share one string.
 */
export class NameCache {
  readonly #bytes: Uint8Array
  readonly view: DataView
  readonly lengths: Int32Array
  readonly texts: string[]
  /** The slot each field used last. */
  readonly latest: Int32Array

  constructor(fields: number) {
    this.#bytes = new Uint8Array(fields * SLOTS * MAX_LENGTH)
    this.view = new DataView(this.#bytes.buffer)
    this.lengths = new Int32Array(fields * SLOTS)
    this.texts = new Array<string>(fields * SLOTS).fill('')
    this.latest = Int32Array.from({ length: fields }, (_, field) => field * SLOTS)
  }

  find(field: number, bytes: Uint8Array, view: DataView, start: number, limit: number): number {
    const end = plainStringEnd(bytes, start, limit)
    if (end < 0) return -1
    const length = end - start
    const slot = field * SLOTS + slotOf(bytes, start, end)
    this.latest[field] = slot
    if (this.lengths[slot] === length && this.#isIn(slot, view, start, end)) return end
    this.texts[slot] = asciiText(bytes, start, end)
    // A name that is too long to remember has no length, so it never matches.
    this.lengths[slot] = length <= MAX_LENGTH ? length : 0
    for (let i = 0; i < this.lengths[slot]!; i++) this.#bytes[slot * MAX_LENGTH + i] = bytes[start + i]!
    return end
  }

  #isIn(slot: number, view: DataView, start: number, end: number): boolean {
    const known = this.view
    const shift = slot * MAX_LENGTH - start
    let i = start
    for (; i + 4 <= end; i += 4) if (view.getInt32(i, true) !== known.getInt32(i + shift, true)) return false
    for (; i < end; i++) if (view.getUint8(i) !== known.getUint8(i + shift)) return false
    return true
  }
}

/** Index of the closing quote of a non-empty string of printable ASCII without escapes, or -1. */
export function plainStringEnd(bytes: Uint8Array, start: number, limit: number): number {
  for (let i = start; i < limit; i++) {
    const byte = bytes[i]!
    if (byte === QUOTE) return i > start ? i : -1
    if (byte === BACKSLASH || byte < SPACE || byte > TILDE) return -1
  }
  return -1
}

/** The string spelled by ASCII bytes. Half the time of a TextDecoder, whose call costs more than short names do. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start
  if (length > MAX_LENGTH) return latin1.decode(bytes.subarray(start, end))
  const codes = (CODES[length] ??= new Array<number>(length).fill(0))
  for (let i = 0; i < length; i++) codes[i] = bytes[start + i]!
  return String.fromCharCode(...codes)
}

/** One array for each length: an array that changes its length is slow to spread. */
const CODES: number[][] = []
const latin1 = new TextDecoder('latin1')

/** A guess from the length and three letters. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  const letters = bytes[start]! * 961 + bytes[start + (length >> 1)]! * 31 + bytes[end - 1]!
  return (Math.imul(letters + length * 29791, 0x9e3779b1) >>> 27) & (SLOTS - 1)
}
