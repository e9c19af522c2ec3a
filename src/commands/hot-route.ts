import { EXIT } from '../core/result.ts'
import type { Invocation } from './command.ts'
import type { HotCommand } from './hot-command.ts'
import { grammar } from './route-grammar.ts'

export const hotRoute: HotCommand<Invocation> = {
  grammar,
  exitUnprinted: EXIT.internal,
  ask: (question, { environment }) => ({ question, environment }),
  recall: () => null,
}
