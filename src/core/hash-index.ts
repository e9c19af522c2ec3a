/** Slots to begin with: 2^10. */
const FIRST_BITS = 10

/**
 * Numbers found by the hash of what they stand for. A hash only nominates: `isIt` decides, so 32 bits are enough and
 * no collision can confuse two things. A Map of a million keys would take a hundred megabytes; this takes sixteen.
 *
 * Hash and number stand side by side, so that a lookup costs one cache miss, which is most of what it costs at all.
 * The slot is the top bits of the hash: when the table grows, everything is copied in order, not scattered anew.
 */
export class HashIndex {
  #bits = FIRST_BITS
  /** Pairs of a hash and a number plus one: a zero is a free slot. */
  #slots = new Int32Array(2 << FIRST_BITS)
  #used = 0

  /** The number with this hash for which `isIt` is true, or -1. `hash` is any 32-bit integer. */
  find(hash: number, isIt: (number: number) => boolean): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let at = (hash >>> (32 - this.#bits)) << 1
    for (;;) {
      const number = slots[at + 1]! - 1
      if (number < 0) return -1
      if (slots[at] === hash && isIt(number)) return number
      at = (at + 2) & mask
    }
  }

  /** Enters a number from 0 to 2^31 - 2 that `find` did not find. */
  add(hash: number, number: number): void {
    // Two thirds full: beyond, runs of taken slots grow long.
    if (++this.#used * 3 > 2 << this.#bits) this.#grow()
    this.#place(hash, number + 1)
  }

  #place(hash: number, entry: number): void {
    const slots = this.#slots
    const mask = slots.length - 1
    let at = (hash >>> (32 - this.#bits)) << 1
    while (slots[at + 1] !== 0) at = (at + 2) & mask
    slots[at] = hash
    slots[at + 1] = entry
  }

  #grow(): void {
    const old = this.#slots
    this.#bits++
    this.#slots = new Int32Array(2 << this.#bits)
    for (let at = 0; at < old.length; at += 2) if (old[at + 1] !== 0) this.#place(old[at]!, old[at + 1]!)
  }
}

/** A 32-bit hash of a text. */
export function hashText(text: string): number {
  let hash = text.length
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mix(hash, 0)
}

/** Folds a number into a hash, so that each of its low 32 bits reaches the top. */
export function mix(hash: number, value: number): number {
  const h = Math.imul(hash ^ (value | 0), 0x85ebca6b)
  return Math.imul(h ^ (h >>> 15), 0xc2b2ae35)
}
