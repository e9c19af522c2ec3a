import type { AskingEvent } from '../agents/hook-event.ts'
import { EXIT, success } from '../core/result.ts'
import type { Invocation } from './command.ts'
import { environmentOf } from './event-environment.ts'
import { grammar } from './hook-grammar.ts'
import { hookQuestion } from './hook-question.ts'
import type { HotCommand } from './hot-command.ts'

/** An agent that waits to hear whether it may go on. */
export interface HookCall {
  readonly invocation: Invocation
  readonly event: AskingEvent
}

export const hotHook: HotCommand<HookCall> = {
  grammar,
  // What is blocked stays blocked, whether or not anybody could be told.
  exitUnprinted: null,
  ask(invocation, system) {
    const event = hookQuestion(invocation, system.standardInput)
    // Whatever is more than a yes or no takes more than the cache.
    if (event?.kind !== 'ask' || event.moment === 'request' || event.request !== null) return null
    return { question: { invocation, event }, environment: environmentOf(event, system) }
  },
  recall: (_, { exitCode }) => (exitCode === EXIT.ok ? success('') : null),
}
