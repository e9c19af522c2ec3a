/** How long a note stands at the least. */
const SHOWN_MS = 30_000

/** Notes that go after a while, and uncover the one that stays. */
export class PassingNotes {
  readonly #now: () => number
  readonly #note: (text: string | null) => void
  readonly #lasting: string | null
  /** When the note goes; Infinity while there is none. */
  #goesAt = Infinity

  /** `lasting` is what stands there otherwise; null for nothing. */
  constructor(now: () => number, note: (text: string | null) => void, lasting: string | null) {
    this.#now = now
    this.#note = note
    this.#lasting = lasting
    if (lasting !== null) note(lasting)
  }

  say(text: string): void {
    this.#goesAt = this.#now() + SHOWN_MS
    this.#note(text)
  }

  /** The clock has moved on. */
  minute(): void {
    if (this.#now() < this.#goesAt) return
    this.#goesAt = Infinity
    this.#note(this.#lasting)
  }
}
