/**
 * One string object for each distinct run of ASCII bytes, so that a million lines share the few hundred names they
 * use: no garbage, and equal names compare by reference.
 */
export class StringPool {
  readonly #texts: string[] = []
  readonly #hashes: number[] = []
  #slots = new Int32Array(1024)

  /** The string spelled by the ASCII `bytes[start, end)`; `hash` must be the same for equal bytes. */
  find(hash: number, bytes: Uint8Array, start: number, end: number): string {
    const mask = this.#slots.length - 1
    let slot = spread(hash) & mask
    for (let known = this.#slots[slot]!; known !== 0; known = this.#slots[slot]!) {
      if (this.#hashes[known - 1] === hash && spells(this.#texts[known - 1]!, bytes, start, end)) {
        return this.#texts[known - 1]!
      }
      slot = (slot + 1) & mask
    }
    const text = asciiText(bytes, start, end)
    this.#hashes.push(hash)
    this.#slots[slot] = this.#texts.push(text)
    if (this.#texts.length * 2 > this.#slots.length) this.#growSlots()
    return text
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    this.#hashes.forEach((hash, index) => {
      let slot = spread(hash) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = index + 1
    })
    this.#slots = slots
  }
}

/** The string spelled by ASCII bytes. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  return latin1.decode(bytes.subarray(start, end))
}

const latin1 = new TextDecoder('latin1')

function spells(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false
  return true
}

function spread(hash: number): number {
  return hash ^ (hash >>> 15)
}
