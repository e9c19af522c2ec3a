import process from 'node:process'

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Does something before a signal ends the process, which it then does all the same: whoever started us learns by
 * which signal we ended, as from any program. The answer forgets it.
 */
export function beforeEndingSignal(last: () => unknown): () => void {
  const endings = ENDING_SIGNALS.map((signal) => ({
    signal,
    handler: () => {
      last()
      forget()
      process.kill(process.pid, signal)
    },
  }))
  const forget = (): void => {
    for (const { signal, handler } of endings) process.off(signal, handler)
  }
  for (const { signal, handler } of endings) process.on(signal, handler)
  return forget
}
