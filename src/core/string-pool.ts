/**
 * One string object for each distinct run of ASCII bytes, so that a million lines share the few hundred names they
 * use: no garbage, and equal names compare by reference.
 */
export class StringPool {
  #strings: string[] = []
  #slots = new Int32Array(1024)

  /** The string spelled by `bytes[start, end)`, which the caller knows to be ASCII. */
  ofAscii(bytes: Uint8Array, start: number, end: number): string {
    let hash = 0x811c9dc5
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
    const mask = this.#slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    for (;;) {
      const index = this.#slots[slot]!
      if (index === 0) break
      const known = this.#strings[index - 1]!
      if (spells(known, bytes, start, end)) return known
      slot = (slot + 1) & mask
    }
    const text = asciiText(bytes, start, end)
    this.#strings.push(text)
    this.#slots[slot] = this.#strings.length
    if (this.#strings.length * 2 > this.#slots.length) this.#grow()
    return text
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    const mask = this.#slots.length - 1
    this.#strings.forEach((text, index) => {
      let hash = 0x811c9dc5
      for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
      let slot = (hash ^ (hash >>> 15)) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = index + 1
    })
  }
}

function spells(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false
  return true
}

const decoder = new TextDecoder('latin1')

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end))
}
