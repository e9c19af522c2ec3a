import { EXIT } from '../core/result.ts'
import type { StatusEvent } from '../core/status-event.ts'
import type { Invocation } from './command.ts'
import { environmentOf } from './event-environment.ts'
import type { HotCommand } from './hot-command.ts'
import { grammar } from './statusline-grammar.ts'
import { readStatusInput } from './statusline-question.ts'

export interface StatusCall {
  readonly invocation: Invocation
  /** What an agent says about itself; null where none does. */
  readonly event: StatusEvent | null
}

export const hotStatusline: HotCommand<StatusCall> = {
  grammar,
  exitUnprinted: EXIT.internal,
  ask(invocation, system) {
    const event = readStatusInput(invocation, system.standardInput)
    return { question: { invocation, event }, environment: environmentOf(event, system) }
  },
  recall: () => null,
}
