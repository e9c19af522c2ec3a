import { checksumOf } from '../core/checksum.ts'
import type { SavedFile } from '../core/saved-ledger.ts'

/** Length and checksum of bytes that prove a file to be the one that was read. */
export type Guard = SavedFile['head']

/** Bytes at the head of a file that tell it from a replacement; what stands before the offset tells the rest. */
export const HEAD_BYTES = 1024
export const TAIL_BYTES = 64

export function guardOf(bytes: Uint8Array): Guard {
  const padded = new Uint8Array((bytes.length + 3) & ~3)
  padded.set(bytes)
  return [bytes.length, checksumOf(padded, 0, padded.length)]
}

/** Whether these are the bytes that were guarded. */
export function isGuard(bytes: Uint8Array, [length, checksum]: Guard): boolean {
  return bytes.length === length && guardOf(bytes)[1] === checksum
}
