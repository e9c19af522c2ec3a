import { hashText, otherHash } from './hash-index.ts'

/** A name for something that is said once, which any file system takes. Equal parts give equal names. */
export function claimNameOf(kind: 'alert' | 'said', parts: readonly string[]): string {
  const text = JSON.stringify(parts)
  return `${kind}-${hex(hashText(text))}${hex(otherHash(text))}`
}

function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0')
}
