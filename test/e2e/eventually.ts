// One after the other is what these promises are about.
/* oxlint-disable no-await-in-loop */
/** Long enough for a loaded machine; a test that needs it has failed anyway. */
const DEADLINE_MS = 10_000
const POLL_MS = 5

/** Resolves as soon as the condition holds; rejects, naming `what`, when it does not within the deadline. */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  deadlineMs: number = DEADLINE_MS,
): Promise<void> {
  const end = performance.now() + deadlineMs
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`)
    await pause(POLL_MS)
  }
}

/** Lets time pass, for promises about what must not happen meanwhile. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
