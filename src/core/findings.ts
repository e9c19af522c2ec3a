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

/** Records this far ahead of the clock are worth a word. */
export const AHEAD_MS = 5 * 60_000

/** More would tell nobody anything new, and a hostile ledger could fill memory with them. */
const KEPT = 5

/** What `Findings` hold, as data that another thread can be handed. */
export type FindingParts = Pick<
  Findings,
  'badLines' | 'rejected' | 'undated' | 'anonymous' | 'problems' | 'ahead'
>

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

  parts(): FindingParts {
    const { badLines, rejected, undated, anonymous, problems, ahead } = this
    return { badLines, rejected, undated, anonymous, problems, ahead }
  }

  /** Adds what a reading met that began behind `cut`, the file and the line where ours ended. */
  absorb(later: FindingParts, cut: { readonly name: string; readonly lines: number }): void {
    this.badLines += later.badLines
    this.rejected += later.rejected
    this.undated += later.undated
    this.anonymous += later.anonymous
    this.ahead.push(...later.ahead)
    for (const problem of later.problems.slice(0, KEPT - this.problems.length)) {
      const before = problem.file === cut.name ? cut.lines : 0
      this.problems.push({ ...problem, line: before + problem.line })
    }
  }

  bad(problem: LineProblem): void {
    this.badLines++
    if (this.problems.length < KEPT) this.problems.push(problem)
  }

  reject(problem: LineProblem): void {
    this.rejected++
    if (this.problems.length < KEPT) this.problems.push(problem)
  }
}
