import { textDigest } from './text-digest.ts'

/** A name for something that is said once, which any file system takes. Equal parts give equal names. */
export function claimNameOf(kind: 'alert' | 'said', parts: readonly string[]): string {
  return `${kind}-${textDigest(JSON.stringify(parts))}`
}
