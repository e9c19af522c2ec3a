import { textDigest } from '../core/text-digest.ts'

/**
 * An id for what has none: 64 bits of its text, as hexadecimal digits. The same text has the same id wherever it
 * stands, so that it counts once however often it is read; and it counts once too when it was written twice.
 */
export function contentId(text: string): string {
  return textDigest(text)
}
