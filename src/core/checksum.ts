/**
 * A 32-bit checksum of the bytes' first `length` (a multiple of four), to find damage, not forgery. Each word is
 * multiplied and turned, so that words out of place, and runs of zeros, are noticed too.
 */
export function checksumOf(bytes: Uint8Array, start: number, length: number): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, length >> 2)
  let sum = 0x9e3779b9 ^ length
  for (let i = 0; i < words.length; i++) {
    sum = Math.imul(sum ^ words[i]!, 0x85ebca6b)
    sum = (sum << 13) | (sum >>> 19)
  }
  return Math.imul(sum ^ (sum >>> 15), 0xc2b2ae35) >>> 0
}
