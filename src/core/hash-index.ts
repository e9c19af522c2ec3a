import { smallColumn, withRoom } from './columns.ts'

/** Slots to begin with: 2^10. */
const FIRST_BITS = 10

/** What a `HashIndex` holds, as data that another thread can be handed. */
export interface HashIndexParts {
  readonly size: number
  readonly guards: Uint8Array
  readonly numbers: Int32Array
  /** By number. */
  readonly hashes: Int32Array
}

/**
 * Numbers things in the order they come, and finds them again by hash. A hash only nominates: `isIt` decides, so no
 * collision can confuse two things. A Map of a million strings takes a hundred megabytes; this takes fourteen.
 *
 * Waiting for memory is most of what a lookup costs. So a slot is guarded by one byte of the hash in an array of its
 * own, small enough for the processor's cache, and whatever is new is mostly known to be new from that byte alone.
 */
export class HashIndex {
  #bits: number
  /** By slot: 0 when it is free, else 128 and the lowest seven bits of the hash. */
  #guards: Uint8Array
  /** By slot. */
  #numbers: Int32Array
  /** By number. */
  #hashes: Int32Array
  #size: number

  /** An empty index, or one that goes on with what another held. */
  constructor(parts: HashIndexParts = emptyParts()) {
    this.#bits = 31 - Math.clz32(parts.guards.length)
    this.#guards = parts.guards
    this.#numbers = parts.numbers
    this.#hashes = parts.hashes
    this.#size = parts.size
  }

  /** How many things there are; their numbers run from 0. */
  get size(): number {
    return this.#size
  }

  /** The number of the thing with this hash (any 32 bits) for which `isIt` is true, or -1. */
  find(hash: number, isIt: (number: number) => boolean): number {
    const guards = this.#guards
    const mask = guards.length - 1
    const guard = guardOf(hash)
    let slot = hash >>> (32 - this.#bits)
    for (let found = guards[slot]!; found !== 0; found = guards[slot]!) {
      if (found === guard) {
        const number = this.#numbers[slot]!
        if (this.#hashes[number] === hash && isIt(number)) return number
      }
      slot = (slot + 1) & mask
    }
    return -1
  }

  /** Numbers a thing that `find` did not find. */
  add(hash: number): number {
    const number = this.#size++
    this.#hashes = withRoom(this.#hashes, number)
    this.#hashes[number] = hash
    // Two thirds full: beyond, runs of taken slots grow long.
    if (this.#size * 3 > 2 << this.#bits) this.#resize(this.#bits + 1)
    else this.#place(hash, number)
    return number
  }

  /** Makes room for so many things in all, so that nothing has to grow on the way there. */
  expect(things: number): void {
    this.#hashes = withRoom(this.#hashes, things - 1)
    let bits = this.#bits
    while (things * 3 > 2 << bits) bits++
    if (bits > this.#bits) this.#resize(bits)
  }

  /** The hash of a thing. */
  hashOf(number: number): number {
    return this.#hashes[number]!
  }

  /** Numbers of those of our things whose hash `other` knows too, ascending: nearly none, unless things are shared. */
  sharedWith(other: HashIndex): readonly number[] {
    const shared: number[] = []
    const ours = this.#hashes
    const size = this.#size
    const guards = other.#guards
    const numbers = other.#numbers
    const hashes = other.#hashes
    const mask = guards.length - 1
    const shift = 32 - other.#bits
    // `find` written out: a loop that runs once, half a million times around, is over before V8 has inlined a call.
    for (let number = 0; number < size; number++) {
      const hash = ours[number]!
      const guard = guardOf(hash)
      let slot = hash >>> shift
      for (let found = guards[slot]!; found !== 0; found = guards[slot]!) {
        if (found === guard && hashes[numbers[slot]!] === hash) {
          shared.push(number)
          break
        }
        slot = (slot + 1) & mask
      }
    }
    return shared
  }

  /** What it holds; whoever changes that afterwards changes the index. */
  parts(): HashIndexParts {
    return { size: this.#size, guards: this.#guards, numbers: this.#numbers, hashes: this.#hashes }
  }

  #place(hash: number, number: number): void {
    const guards = this.#guards
    const mask = guards.length - 1
    let slot = hash >>> (32 - this.#bits)
    while (guards[slot] !== 0) slot = (slot + 1) & mask
    guards[slot] = guardOf(hash)
    this.#numbers[slot] = number
  }

  #resize(bits: number): void {
    this.#bits = bits
    this.#guards = new Uint8Array(1 << this.#bits)
    this.#numbers = new Int32Array(1 << this.#bits)
    for (let number = 0; number < this.#size; number++) this.#place(this.#hashes[number]!, number)
  }
}

function emptyParts(): HashIndexParts {
  const slots = 1 << FIRST_BITS
  return { size: 0, guards: new Uint8Array(slots), numbers: new Int32Array(slots), hashes: smallColumn() }
}

function guardOf(hash: number): number {
  return 0x80 | (hash & 0x7f)
}

/** A 32-bit hash of a text; never 0, which stands for no text. */
export function hashText(text: string): number {
  let hash = text.length
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mix(hash, 0) || 1
}

/**
 * Turns and multiplies by another number than `hashText`, so that texts which agree there differ here: 64 bits together.
 * Ids in ledgers are made of it, so it stays as it is.
 */
export function otherHash(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ text.charCodeAt(at), 0x9e3779b1)
  }
  return mix(hash, text.length)
}

/** The `hashText` of the text that ASCII bytes spell. */
export function hashAscii(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
  return mix(hash, 0) || 1
}

/** Folds the low 32 bits of a number into a hash, so that each of them reaches its top bits. */
export function mix(hash: number, value: number): number {
  const h = Math.imul(hash ^ (value | 0), 0x85ebca6b)
  return Math.imul(h ^ (h >>> 15), 0xc2b2ae35)
}
