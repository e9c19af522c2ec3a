import type { Dashboard } from '../core/dashboard.ts'

/** One line above the numbers: an error keeps them and says why they may be old; a notice is news. */
export interface Banner {
  readonly kind: 'error' | 'notice'
  readonly text: string
}

/** The live pane, as its owner sees it. No method throws for bad text or sizes; all are no-ops once closed. */
export interface Pane {
  /** New numbers. Writes nothing when they look the same. */
  readonly show: (dashboard: Dashboard) => void
  /** Sets or, with null, clears the banner. */
  readonly banner: (banner: Banner | null) => void
  /** How much of the ledger has been read, 0 to 1; null when it is read. */
  readonly progress: (share: number | null) => void
  /** The clock moved on, in epoch milliseconds: call it on the minute. */
  readonly tick: (now: number) => void
  /** Restores the terminal before it returns. Safe to call twice and from a signal handler. */
  readonly close: () => void
  /** Resolves when the pane is gone, whoever closed it; rejects when it could not go on, with the terminal restored. */
  readonly closed: Promise<void>
}
