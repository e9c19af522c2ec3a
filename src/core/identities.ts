const NONE = -1

/**
 * Which records have been seen, as typed arrays: a Map of a million strings would cost a hundred megabytes. A hash
 * only nominates; whether two lines are the same record is decided by reading the earlier line again, so 32 bits
 * are enough (about a hundred needless looks in a million records) and no collision can lose one.
 */
export class Identities {
  #hashes = new Uint32Array(1024)
  #locations = new Float64Array(1024)
  /** Further lines of the same record that changed it, newest first. */
  #previous = new Int32Array(1024)
  #slots = new Int32Array(2048).fill(NONE)
  #used = 0
  /** Slots hold the newest entry of a record; chained entries have no slot of their own. */
  #slotted = 0

  readonly #isSame: (location: number) => boolean

  /** `isSame` compares the record at hand with the line at a location. */
  constructor(isSame: (location: number) => boolean) {
    this.#isSame = isSame
  }

  /** The slot of the record with this hash, or the complement (`~slot`) of the free slot where it belongs. */
  find(hash: number): number {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (;;) {
      const entry = this.#slots[slot]!
      if (entry === NONE) return ~slot
      if (this.#hashes[entry] === hash >>> 0 && this.#isSame(this.#locations[entry]!)) return slot
      slot = (slot + 1) & mask
    }
  }

  /** Enters a new record at a free slot that `find` just gave. */
  add(slot: number, hash: number, location: number): void {
    this.#slots[slot] = this.#entry(hash, location, NONE)
    this.#slotted++
    if (this.#slotted * 2 > this.#slots.length) this.#growSlots()
  }

  /** Adds a line that changed the record in `slot`. */
  extend(slot: number, location: number): void {
    const newest = this.#slots[slot]!
    this.#slots[slot] = this.#entry(this.#hashes[newest]!, location, newest)
  }

  /** Where the lines of the record in `slot` are, newest first. */
  locations(slot: number): number[] {
    const found: number[] = []
    for (let entry = this.#slots[slot]!; entry !== NONE; entry = this.#previous[entry]!) {
      found.push(this.#locations[entry]!)
    }
    return found
  }

  #entry(hash: number, location: number, previous: number): number {
    if (this.#used === this.#hashes.length) this.#growEntries()
    const entry = this.#used++
    this.#hashes[entry] = hash
    this.#locations[entry] = location
    this.#previous[entry] = previous
    return entry
  }

  #growEntries(): void {
    const length = this.#hashes.length * 2
    this.#hashes = copyInto(new Uint32Array(length), this.#hashes)
    this.#locations = copyInto(new Float64Array(length), this.#locations)
    this.#previous = copyInto(new Int32Array(length), this.#previous)
  }

  #growSlots(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 2).fill(NONE)
    const mask = this.#slots.length - 1
    for (const entry of old) {
      if (entry === NONE) continue
      let slot = this.#hashes[entry]! & mask
      while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask
      this.#slots[slot] = entry
    }
  }
}

function copyInto<Column extends Uint32Array | Float64Array | Int32Array>(to: Column, from: Column): Column {
  to.set(from)
  return to
}

/** A 32-bit hash of a text, well mixed in its low bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mix(hash, text.length)
}

/** Folds a number into a hash. */
export function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ (value | 0), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13) ^ ((value / 4294967296) | 0), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
