import {
  type CodexUsage,
  NO_USAGE,
  differenceOf,
  isSameUsage,
  isUsage,
  sumOf,
  tokensOf,
} from './codex-usage.ts'

/** A cumulative total that was seen, and which line of counting it belongs to. Plain JSON. */
export type Watermark = { readonly lineage: number; readonly total: CodexUsage }

/** What one event adds, and the total that it reached. */
export interface Step {
  readonly used: CodexUsage
  readonly mark: Watermark
}

/** Totals are told again within a few events; older ones need no memory. */
const MOST_MARKS = 32

/**
 * Codex counts up: each event says the total of the session and the usage of the last response. Totals are told again
 * without change, start anew after a compaction or rollback, and several agents may count in one file. So a total is a
 * step from the watermark that it continues, whichever that is, and never simply the difference to the line before.
 */
export class Watermarks {
  #marks: readonly Watermark[]
  #lineages: number

  /** Newest first. */
  constructor(marks: readonly Watermark[] = [{ lineage: 0, total: NO_USAGE }], lineages = 1) {
    this.#marks = marks
    this.#lineages = lineages
  }

  get marks(): readonly Watermark[] {
    return this.#marks
  }

  /** How many lines of counting there have been. */
  get lineages(): number {
    return this.#lineages
  }

  /** Takes a total as given: what comes next is counted from there. */
  inherit(total: CodexUsage): void {
    this.#reach({ lineage: 0, total })
  }

  /**
   * What an event used; null when its total was seen before. At least one of `total` and `last` is there. `largest` is
   * how many tokens a single response can have: responses that no event told of may lie between two totals.
   */
  step(total: CodexUsage | null, last: CodexUsage | null, largest: number): Step | null {
    const head = this.#marks[0] ?? { lineage: 0, total: NO_USAGE }
    if (total === null) return this.#use(last ?? NO_USAGE, head.lineage, sumOf(head.total, last ?? NO_USAGE))
    if (this.#marks.some((mark) => isSameUsage(mark.total, total))) return null
    if (last !== null) {
      const base = this.#marks.find((mark) => isSameUsage(sumOf(mark.total, last), total))
      if (base !== undefined) return this.#use(last, this.#lineageFrom(base), total)
    }
    const more = differenceOf(total, head.total)
    if (isUsage(more) && (last === null || tokensOf(more) <= tokensOf(last) + largest)) {
      return this.#use(more, head.lineage, total)
    }
    return this.#use(last ?? total, this.#lineages, total)
  }

  /** Who goes on from an older total than the newest of its lineage counts apart from it from now on. */
  #lineageFrom(base: Watermark): number {
    const newest = this.#marks.find((mark) => mark.lineage === base.lineage)
    return newest === base ? base.lineage : this.#lineages
  }

  #use(used: CodexUsage, lineage: number, total: CodexUsage): Step {
    const mark = { lineage, total }
    this.#reach(mark)
    return { used, mark }
  }

  #reach(mark: Watermark): void {
    this.#marks = [mark, ...this.#marks].slice(0, MOST_MARKS)
    this.#lineages = Math.max(this.#lineages, mark.lineage + 1)
  }
}
