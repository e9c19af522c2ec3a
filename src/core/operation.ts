/** A kind of work whose tokens are known well enough to be estimated. */
export interface Operation {
  /** As in reports, and the task type of what is logged. */
  readonly taskType: string
  readonly summary: string
  /** What such work typically takes, in tokens. */
  readonly input: TokenRange
  readonly output: TokenRange
}

export interface TokenRange {
  readonly from: number
  readonly to: number
}

/** By the word for it. Debugging reads like a review, and writes like one. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['chat', operation('chat', 'a simple question', [500, 1500], [300, 800])],
  ['review', operation('review', 'a code review', [1000, 3000], [500, 1500])],
  ['debug', operation('debug', 'a bug looked for', [1000, 3000], [500, 1500])],
  ['code', operation('code_generation', 'a feature implemented', [2000, 5000], [3000, 8000])],
  ['plan', operation('planning', 'an architecture planned', [1500, 4000], [2000, 6000])],
  ['audit', operation('security_audit', 'a security audit', [2500, 6000], [1000, 3000])],
])

/** What records of estimates have as `tool`, so that every report tells them from what was counted. */
export const ESTIMATE = 'estimate'

/** The middle of a range, in whole tokens: a guess, and said to be one. */
export function typical({ from, to }: TokenRange): number {
  return Math.round((from + to) / 2)
}

function operation(
  taskType: string,
  summary: string,
  input: readonly [from: number, to: number],
  output: readonly [from: number, to: number],
): Operation {
  return { taskType, summary, input: range(input), output: range(output) }
}

function range([from, to]: readonly [from: number, to: number]): TokenRange {
  return { from, to }
}
