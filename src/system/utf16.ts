/**
 * True when the first bytes of a file are UTF-16 text, with or without a byte order mark: what PowerShell's `>>` and
 * some editors on Windows write.
 */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  return marked || isWide(bytes, 1) || isWide(bytes, 0)
}

/** ASCII letters with a NUL beside each. */
function isWide(bytes: Uint8Array, zero: 0 | 1): boolean {
  if (bytes.length < 4) return false
  return bytes[zero] === 0 && bytes[zero + 2] === 0 && bytes[1 - zero] !== 0 && bytes[3 - zero] !== 0
}
