import type { Result } from '../core/result.ts'
import type { SavedAnswer } from '../core/saved-answer.ts'
import type { System } from '../system/system.ts'
import type { Grammar, Invocation } from './command.ts'

/** As much of a system as there is without the whole program. */
export type HotSystem = Pick<
  System,
  'alertClaims' | 'cache' | 'clock' | 'environment' | 'files' | 'standardInput'
>

/** A command that needs nothing but what a cache holds, most of the time. */
export interface HotCommand<Question> {
  readonly grammar: Grammar
  /** Null for what only the whole program answers. */
  readonly ask: (invocation: Invocation, system: HotSystem) => Asked<Question> | null
  /** How it exits when the answer cannot be printed; null for as it would have. */
  readonly exitUnprinted: number | null
  /** What was said last, when nothing is new since; null where that is no answer to the question. */
  readonly recall: (question: Question, saved: SavedAnswer, asOf: number) => Result | null
}

export interface Asked<Question> {
  readonly question: Question
  /** Where the ledger and the settings are looked for. */
  readonly environment: System['environment']
}
