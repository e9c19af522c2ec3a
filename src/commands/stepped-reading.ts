import { Unreadable } from '../system/file-system.ts'
import type { Look } from '../system/ledger-reader.ts'
import type { Scheduler } from '../system/scheduler.ts'

export interface ReadingListener {
  /** How much has been read, 0 to 1; null at the end of a reading that took more than one step. */
  readonly onProgress: (share: number | null) => void
  readonly onRead: (look: Look) => void
  readonly onFailed: (error: Unreadable) => void
}

/** One reading at a time, in steps: small changes are read at once, large ones leave the pane time to breathe. */
export class SteppedReading {
  readonly #scheduler: Pick<Scheduler, 'soon'>
  readonly #listener: ReadingListener
  #steps: Generator<number, Look> | null = null

  constructor(scheduler: Pick<Scheduler, 'soon'>, listener: ReadingListener) {
    this.#scheduler = scheduler
    this.#listener = listener
  }

  get isUnderWay(): boolean {
    return this.#steps !== null
  }

  /** Begins to read and gives up what was being read; true unless it is over and nothing has changed. */
  begin(steps: Generator<number, Look>): boolean {
    this.#steps = steps
    return this.#step(steps, 0)
  }

  stop(): void {
    this.#steps = null
  }

  #step(steps: Generator<number, Look>, nth: number): boolean {
    // Another reading may have begun meanwhile, and the files of this one are closed.
    if (steps !== this.#steps) return false
    let step: IteratorResult<number, Look>
    try {
      step = steps.next()
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      this.#end(nth)
      this.#listener.onFailed(error)
      return false
    }
    if (step.done !== true) {
      this.#listener.onProgress(step.value)
      this.#scheduler.soon(() => this.#step(steps, nth + 1))
      return true
    }
    this.#end(nth)
    this.#listener.onRead(step.value)
    return step.value.changed
  }

  #end(nth: number): void {
    this.#steps = null
    if (nth > 0) this.#listener.onProgress(null)
  }
}
