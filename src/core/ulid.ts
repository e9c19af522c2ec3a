/** Crockford's alphabet: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID: 48 bits of time and 80 of chance, so that ids of our own records sort by their instant. */
export function ulid(now: number, random: Uint8Array): string {
  let time = ''
  for (let rest = Math.max(0, now), i = 0; i < 10; i++) {
    time = ALPHABET[rest % 32] + time
    rest = Math.floor(rest / 32)
  }
  let chance = ''
  for (let i = 0; i < 16; i++) chance += ALPHABET[(random[i] ?? 0) & 31]
  return time + chance
}
