import { hashText, otherHash } from './hash-index.ts'

/** 64 bits of a text as sixteen hexadecimal digits: equal texts have equal ones, and others hardly ever. */
export function textDigest(text: string): string {
  return hex(hashText(text)) + hex(otherHash(text))
}

function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0')
}
