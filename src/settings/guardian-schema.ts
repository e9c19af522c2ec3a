import * as z from 'zod/mini'

import { ADVICE_NAMES, unknownName } from '../core/guardian.ts'
import { leaf, optionalSection } from './leaf.ts'
import { dollars } from './number-leaves.ts'
import { flag } from './text-leaves.ts'

const LONGEST = 500

/** `guardian:` of `cost-limits.yaml`: what `check --session ID` looks for besides the budgets. */
export const guardianSchema = optionalSection({
  warn_if_session_exceeds: z.optional(dollars('US dollars beyond which a session deserves a warning.')),
  warn_if_model_overkill: z.optional(
    flag('Warn when the router’s rules, or the shape of the session, ask for a smaller model.'),
  ),
  suggest_cheaper_model: z.optional(flag('Say which model costs less, and what the session would have.')),
  message: z.optional(message('What to say then; ${cost} and other names stand for their values.')),
})

function message(description: string) {
  const names = ADVICE_NAMES.map((name) => `\${${name}}`).join(' ')
  const wanted = `a sentence in which these may stand: ${names}`
  return leaf<string>(
    wanted,
    { type: 'string', minLength: 1, maxLength: LONGEST, description },
    (written) => {
      if (typeof written !== 'string' || written.trim() === '') return { refused: '' }
      if (/\p{Cc}/u.test(written)) return { refused: ', which has control characters', fix: 'remove them' }
      if (written.length > LONGEST) {
        return { refused: `, which is longer than ${LONGEST} characters`, fix: 'shorten it' }
      }
      const unknown = unknownName(written)
      if (unknown === null) return { value: written }
      return { refused: `, in which ${unknown} stands for nothing`, fix: `use ${names}` }
    },
  )
}
