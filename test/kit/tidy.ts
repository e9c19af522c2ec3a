/** When something that a test has made is to go. */
type When = 'after the test' | 'after the file'

const left: Readonly<Record<When, (() => void)[]>> = { 'after the test': [], 'after the file': [] }

/**
 * Leaves something to be tidied up. A hook of vitest's own in a file that several test files import would run for the
 * first of them alone: they share a worker, which evaluates it once.
 */
export function leave(when: When, tidyUp: () => void): void {
  left[when].push(tidyUp)
}

/** Tidies up, the latest first. */
export function tidy(when: When): void {
  for (const tidyUp of left[when].splice(0).toReversed()) tidyUp()
}
