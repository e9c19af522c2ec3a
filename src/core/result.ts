/** What a command leaves behind. Only `cli.ts` writes it out and ends the process. */
export interface Result {
  /** Data; a huge export may come in pieces. */
  readonly stdout: string | AsyncIterable<string>
  /** Remarks. */
  readonly stderr: string
  readonly exitCode: number
}

/** Proven critical is 2 and nothing else may ever be: inside an agent's hook 2 means "block". */
export const EXIT = {
  ok: 0,
  warning: 1,
  critical: 2,
  cannotTell: 3,
  notSaved: 1,
  nothingMatched: 1,
  usage: 64,
  internal: 70,
} as const

export function success(stdout: string, stderr = ''): Result {
  return { stdout, stderr, exitCode: EXIT.ok }
}

/** Something that was asked to be written down was not: the remark says why. */
export function notSaved(stderr: string): Result {
  return { stdout: '', stderr, exitCode: EXIT.notSaved }
}

/** There is no answer: the remark says what keeps us from telling. */
export function cannotTell(stderr: string): Result {
  return { stdout: '', stderr, exitCode: EXIT.cannotTell }
}
