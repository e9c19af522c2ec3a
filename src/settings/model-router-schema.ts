import * as z from 'zod/mini'

import { optionalList, optionalSection, section } from './leaf.ts'
import { share } from './number-leaves.ts'
import { modelName, text } from './text-leaves.ts'

/** Every prompt is matched against every rule before an answer: both caps bound that time. */
const LONGEST_PATTERN = 512
const MOST_RULES = 200

const rule = section({
  pattern: pattern('Regular expression, matched anywhere in the prompt without regard to case.'),
  model: modelName('Model for prompts that match.'),
  min_model: z.optional(modelName('The cheapest model that a downgrade step may choose for such prompts.')),
  reason: z.optional(text('Why; shown by `route --explain`.', 'a short reason', 500)),
})

const step = section({
  at: share('Share of a limit from which this step holds.'),
  model: modelName('Model from there on, if it is cheaper than the one chosen.'),
})

/** `model-router.yaml`. */
export const modelRouterSchema = section({
  rules: z.optional(
    z.nullable(
      z
        .array(rule, { error: () => 'write a list such as `- { pattern: "lint", model: claude-haiku-4-5 }`' })
        .check(z.maxLength(MOST_RULES, { error: () => `write at most ${MOST_RULES} rules` })),
    ),
  ),
  default: z.optional(modelName('Model when no rule matches.')),
  downgrade: optionalSection({
    budgets: optionalList(
      text('Id of a budget that makes the pressure.', 'the id of a budget such as daily', 400),
      'a list of budget ids such as [daily, weekly]',
    ),
    steps: optionalList(step, 'a list such as `- { at: 0.80, model: claude-haiku-4-5 }`'),
    protect: z.optional(pattern('Regular expression for prompts that keep their model.')),
  }),
})

/** What a valid `model-router.yaml` gives. */
export type WrittenModelRouter = z.infer<typeof modelRouterSchema>

function pattern(description: string) {
  return text(description, 'a regular expression such as "format|lint"', LONGEST_PATTERN)
}
