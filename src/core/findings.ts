/** A line that is no usage record, told by place and reason; never by its content, which may be a prompt. */
export interface LineProblem {
  /** File name without its folder. */
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  /** Byte offset of the line in the file. */
  readonly offset: number
  readonly reason: string
}

/** More would tell nobody anything new, and a hostile ledger could fill memory with them. */
const KEPT = 5

/** What a reading met on its way: counts of everything, places of the first few. */
export class Findings {
  badLines = 0
  rejected = 0
  undated = 0
  /** Lines without id and session, which cannot be told from a repetition. */
  anonymous = 0
  readonly problems: LineProblem[] = []
  /** Instants of records ahead of the clock when they were read. */
  readonly ahead: number[] = []

  bad(problem: LineProblem): void {
    this.badLines++
    if (this.problems.length < KEPT) this.problems.push(problem)
  }

  reject(problem: LineProblem): void {
    this.rejected++
    if (this.problems.length < KEPT) this.problems.push(problem)
  }
}
