/** Time and chance. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Bytes nobody can guess, for ids. */
  readonly random: (bytes: number) => Uint8Array
}

export const systemClock: Clock = {
  now: () => Date.now(),
  // The global loads its code on first use; importing node:crypto would cost every `check` a fifth of a Node start.
  random: (bytes) => globalThis.crypto.getRandomValues(new Uint8Array(bytes)),
}

/** A clock that stands still: what `--now` asks for. */
export function frozenClock(now: number): Clock {
  return { now: () => now, random: systemClock.random }
}
