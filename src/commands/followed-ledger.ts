import type { Unreadable } from '../system/file-system.ts'
import type { OpenLedger } from '../system/ledger.ts'
import type { Scheduler } from '../system/scheduler.ts'
import { SteppedReading } from './stepped-reading.ts'

export interface FollowListener {
  /** How much has been read, 0 to 1; null at the end of a reading that took more than one step. */
  readonly onProgress: (share: number | null) => void
  /** All there is has been read. */
  readonly onRead: () => void
  readonly onFailed: (error: Unreadable) => void
}

/** A reading of the ledger that goes on from where it was as long as it is about the same. */
export class FollowedLedger<Subject> {
  readonly #isSame: (a: Subject, b: Subject) => boolean
  readonly #reading: SteppedReading
  #open: { readonly subject: Subject; readonly reader: OpenLedger } | null = null

  constructor(
    scheduler: Pick<Scheduler, 'soon'>,
    isSame: (a: Subject, b: Subject) => boolean,
    { onProgress, onRead, onFailed }: FollowListener,
  ) {
    this.#isSame = isSame
    this.#reading = new SteppedReading(scheduler, { onProgress, onRead: () => onRead(), onFailed })
  }

  /** Reads what is new about a subject, or all of it when it is another than before. */
  follow(subject: Subject, open: () => OpenLedger): void {
    if (this.#open !== null && !this.#isSame(this.#open.subject, subject)) this.release()
    if (this.#reading.isUnderWay) return
    this.#open ??= { subject, reader: open() }
    this.#reading.begin(this.#open.reader.steps())
  }

  /** Forgets all that was read. */
  release(): void {
    this.#reading.stop()
    this.#open?.reader.close()
    this.#open = null
  }
}
