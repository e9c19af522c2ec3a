const QUOTE = 0x22
const BACKSLASH = 0x5c
const SPACE = 0x20
const TILDE = 0x7e

/** Names remembered for each field, and the longest that is. */
const SLOTS = 256
export const NAME_BYTES = 64
/** How many slots a name may stand in: with one, two names of the same hash would turn each other out on every line. */
const WAYS = 4

/**
 * Remembers the latest names of each field with their bytes. Neighbouring lines repeat a few names, so most become
 * strings by comparing bytes instead of being decoded again; and equal names share one string. The scanner looks at
 * the columns itself, because it first tries whether a field's latest name stands there once more.
 */
export class NameCache {
  /** By field: the slot of its latest name. */
  readonly latest: Int32Array
  /** By slot: bytes of the name, 0 when there is none or it is too long to remember. */
  readonly lengths: Int32Array
  /** By slot. */
  readonly texts: string[]
  /** The bytes of the names, `NAME_BYTES` for each slot. */
  readonly view: DataView
  readonly #bytes: Uint8Array

  constructor(fields: number) {
    this.#bytes = new Uint8Array(fields * SLOTS * NAME_BYTES)
    this.view = new DataView(this.#bytes.buffer)
    this.lengths = new Int32Array(fields * SLOTS)
    this.texts = new Array<string>(fields * SLOTS).fill('')
    this.latest = Int32Array.from({ length: fields }, (_, field) => field * SLOTS)
  }

  /** Makes the name that begins at `start` the field's latest: the index of its closing quote, or -1 when it is not plain. */
  find(field: number, bytes: Uint8Array, view: DataView, start: number, limit: number): number {
    const end = plainStringEnd(bytes, start, limit)
    if (end < 0) return -1
    const home = hashOf(bytes, start, end)
    let slot = -1
    for (let way = WAYS - 1; way >= 0; way--) {
      const candidate = field * SLOTS + ((home + way) & (SLOTS - 1))
      if (this.lengths[candidate] === end - start && this.#isIn(candidate, view, start, end)) {
        this.latest[field] = candidate
        return end
      }
      if (slot < 0 || this.lengths[candidate] === 0) slot = candidate
    }
    this.#remember(slot, bytes, start, end)
    this.latest[field] = slot
    return end
  }

  #remember(slot: number, bytes: Uint8Array, start: number, end: number): void {
    const length = end - start
    this.texts[slot] = asciiText(bytes, start, end)
    this.lengths[slot] = length <= NAME_BYTES ? length : 0
    for (let i = 0; i < this.lengths[slot]!; i++) this.#bytes[slot * NAME_BYTES + i] = bytes[start + i]!
  }

  #isIn(slot: number, view: DataView, start: number, end: number): boolean {
    const known = this.view
    const shift = slot * NAME_BYTES - start
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

/** The string spelled by ASCII bytes: in two thirds of the time that calling a TextDecoder takes for a short one. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start
  if (length > NAME_BYTES) return latin1.decode(bytes.subarray(start, end))
  const codes = (CODES[length] ??= new Array<number>(length).fill(0))
  for (let i = 0; i < length; i++) codes[i] = bytes[start + i]!
  return String.fromCharCode(...codes)
}

/** One array for each length: an array that changes its length is slow to spread. */
const CODES: number[][] = []
const latin1 = new TextDecoder('latin1')

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
  return (hash ^ (hash >>> 15)) & (SLOTS - 1)
}
