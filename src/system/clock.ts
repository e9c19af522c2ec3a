import { randomBytes } from 'node:crypto'

/** Time and chance. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Bytes nobody can guess, for ids. */
  readonly random: (bytes: number) => Uint8Array
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: (bytes) => randomBytes(bytes),
}

/** A clock that stands still: what `--now` asks for. */
export function frozenClock(now: number): Clock {
  return { now: () => now, random: systemClock.random }
}
