import { EXIT } from '../core/result.ts'
import { grammar, recall } from './check-grammar.ts'
import type { Invocation } from './command.ts'
import type { HotCommand } from './hot-command.ts'

export const hotCheck: HotCommand<Invocation> = {
  grammar,
  exitUnprinted: EXIT.cannotTell,
  ask: (question, { environment }) => ({ question, environment }),
  recall,
}
