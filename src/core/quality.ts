/** A model that has no price, with the settings line that gives it one. */
export interface UnpricedModel {
  readonly model: string
  readonly records: number
  readonly tokens: number
  readonly fix: string
}

/** What we could not read, price or date. Never holds a line's content. */
export interface Quality {
  /** Lines, or parts of lines, that are no usage record. */
  readonly badLines: number
  /** Records refused for impossible numbers: negative, fractional, beyond every cap. */
  readonly rejected: number
  readonly unpriced: readonly UnpricedModel[]
  /** Records without a usable timestamp: counted in all-time only. */
  readonly undated: number
  /** Records more than five minutes ahead of the clock. */
  readonly future: number
  /** Sentences, each ending with what to do: shrunk ledgers, unfinished lines, first bad lines by number. */
  readonly notes: readonly string[]
}

export const CLEAN: Quality = { badLines: 0, rejected: 0, unpriced: [], undated: 0, future: 0, notes: [] }

/** True when anything at all is worth saying. */
export function hasFindings(quality: Quality): boolean {
  return (
    quality.badLines + quality.rejected + quality.undated + quality.future > 0 ||
    quality.unpriced.length > 0 ||
    quality.notes.length > 0
  )
}
