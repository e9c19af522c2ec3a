/** The three files that a settings directory may hold. */
export const SETTINGS_FILES = ['cost-limits.yaml', 'model-router.yaml', 'prices.yaml'] as const
export type SettingsFile = (typeof SETTINGS_FILES)[number]

/** The name under which a settings file is not read, although YAML files often have it: no file has two names. */
export function misnamed(name: SettingsFile): string {
  return name.replace(/\.yaml$/, '.yml')
}

/** A place in a settings file; line and column count from 1. */
export interface Place {
  /** The path of the file as it was read. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Why a file cannot be used. A file with a problem is broken as a whole: it is never replaced by defaults. */
export interface Problem extends Place {
  /** The line of the file that holds the trouble, as written. */
  readonly text: string
  /** What is wrong, naming the key and its value: `budgets.daily is "ten", which is not a number`. */
  readonly message: string
  /** What to do, in the imperative: `write a number of dollars such as 10.00`. */
  readonly fix: string
}

/** Something worth saying about settings that do hold: an unknown key, a key that a project may not set. */
export interface Notice extends Problem {}

/** What a file says, or every reason why that cannot be told. */
export type Part<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'broken'; readonly problems: readonly Problem[] }

/** A hostile file has room for tens of thousands of problems or notices; nobody reads more than these. */
export const MOST_FINDINGS = 20

/** Longer lines (a file written in flow style) are shown as a window around the trouble. */
const EXCERPT_COLUMNS = 100

/** One line: `…/cost-limits.yaml:4:10: budgets.daily is "ten", … — write a number of dollars such as 10.00`. */
export function describeProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.message} — ${problem.fix}`
}

/**
 * The offending line and, below it, a caret under the trouble. The text is the file's own: pass it through the
 * same cleaning as every text from outside before it reaches a terminal.
 */
export function excerptOf(problem: Problem): string {
  const start = Math.max(0, problem.column - 1 - EXCERPT_COLUMNS / 2)
  const shown = problem.text.slice(start, start + EXCERPT_COLUMNS)
  // Tabs are kept in the indentation of the caret so that it stays below its character.
  const indentation = problem.text.slice(start, problem.column - 1).replace(/[^\t]/g, ' ')
  return `${shown}\n${indentation}^`
}
