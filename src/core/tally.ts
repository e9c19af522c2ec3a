/**
 * What a reader met besides records, by kind:
 * - `damaged`: lines that are torn or no JSON
 * - `strange`: lines or files of a shape this version does not know, which may hold usage
 * - `synthetic`: what the tool wrote in the name of a model and no model was asked
 * - `repeated`: counters told again without change
 * - `forked`: what a session repeats of the one it was forked from
 * - `placeholder`: responses whose final output count was never written, so that the truth may be more
 * - `estimated`: responses whose model had to be assumed
 */
export const TALLY_KINDS = [
  'damaged',
  'strange',
  'synthetic',
  'repeated',
  'forked',
  'placeholder',
  'estimated',
] as const
export type TallyKind = (typeof TALLY_KINDS)[number]

export type TallyCounts = Readonly<Record<TallyKind, number>>

/** Counts what a reader met besides records. */
export class Tally {
  readonly #counts: Record<TallyKind, number> = {
    damaged: 0,
    strange: 0,
    synthetic: 0,
    repeated: 0,
    forked: 0,
    placeholder: 0,
    estimated: 0,
  }

  count(kind: TallyKind): void {
    this.#counts[kind]++
  }

  counts(): TallyCounts {
    return this.#counts
  }

  add(counts: TallyCounts): void {
    for (const kind of TALLY_KINDS) this.#counts[kind] += counts[kind]
  }
}
