import process from 'node:process'

/** Says on standard error how far something is, where somebody can see it. */
export interface Progress {
  /** Shows a line in place of the last one; `text` is plain ASCII. */
  readonly show: (text: string) => void
  /** Takes the line away again. */
  readonly clear: () => void
}

/** So often is enough for a person, and for a slow terminal. */
const PAUSE_MS = 100

export function terminalProgress(now: () => number): Progress {
  let shownAt = -Infinity
  return {
    show(text) {
      if (process.stderr.isTTY !== true || process.env['TERM'] === 'dumb') return
      if (now() - shownAt < PAUSE_MS) return
      const columns = process.stderr.columns ?? 80
      process.stderr.write(`\r${text.slice(0, columns - 1)}\u001b[K`)
      shownAt = now()
    },
    clear() {
      if (shownAt !== -Infinity) process.stderr.write('\r\u001b[K')
      shownAt = -Infinity
    },
  }
}
