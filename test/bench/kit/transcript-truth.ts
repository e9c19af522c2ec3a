/** What a response used. */
export interface Tokens {
  readonly input: number
  readonly output: number
  readonly read: number
  readonly written: number
}

/** What transcripts tell, each response once, known from how they were made. */
export class TranscriptTruth {
  files = 0
  lines = 0
  bytes = 0
  /** Lines that tell of a response. */
  tellings = 0
  responses = 0
  #sum: Tokens = { input: 0, output: 0, read: 0, written: 0 }

  add({ input, output, read, written }: Tokens): void {
    const sum = this.#sum
    this.responses++
    this.#sum = {
      input: sum.input + input,
      output: sum.output + output,
      read: sum.read + read,
      written: sum.written + written,
    }
  }

  /** Throws unless somebody else came to the same. */
  expect(who: string, said: Tokens): void {
    const [told, truth] = [said, this.#sum].map(({ input, output, read, written }) =>
      JSON.stringify({ input, output, read, written }),
    )
    if (told !== truth) throw new Error(`${who} counts ${told}, the truth is ${truth}`)
  }

  /** What lies beside the transcripts, to look things up by hand. */
  toJSON() {
    const { files, lines, bytes, tellings, responses } = this
    return { files, lines, bytes, tellings, responses, ...this.#sum }
  }
}
