import { hashText, otherHash } from '../core/hash-index.ts'

/**
 * An id for what has none: 64 bits of its text, as hexadecimal digits. The same text has the same id wherever it
 * stands, so that it counts once however often it is read; and it counts once too when it was written twice.
 */
export function contentId(text: string): string {
  return hex(hashText(text)) + hex(otherHash(text))
}

function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0')
}
