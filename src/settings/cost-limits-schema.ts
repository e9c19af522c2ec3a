import * as z from 'zod/mini'

import { ACTIONS, UNPRICED_RULES } from '../core/budget.ts'
import { COST_MODES } from '../core/cost.ts'
import { leaf, optionalList, optionalSection, section } from './leaf.ts'
import { dollars, share } from './number-leaves.ts'
import { DURABILITIES, THEMES } from './settings.ts'
import { guardianSchema } from './guardian-schema.ts'
import { sourcesSchema } from './sources-schema.ts'
import {
  budgetName,
  choice,
  flag,
  modelName,
  quietHours,
  text,
  textOrNull,
  timeZone,
  weekday,
} from './text-leaves.ts'
import { webhookFault } from './webhook.ts'

const limits = {
  daily: z.optional(dollars('US dollars per calendar day; 0 means "spend nothing".')),
  weekly: z.optional(dollars('US dollars per calendar week.')),
  monthly: z.optional(dollars('US dollars per calendar month.')),
  per_session: z.optional(dollars('US dollars per session, judged on its whole cost.')),
}

const thresholds = {
  threshold_warning: z.optional(share('Share of the limit at which the level is "warning".')),
  threshold_critical: z.optional(share('Share of the limit at which the level is "critical".')),
}

const action = z.optional(choice(ACTIONS, 'What hooks do when the budget is critical.'))

/** Nothing is ignored here: without a misspelt scope the budget would be about more, without a limit about nothing. */
const scopedBudget = section(
  {
    name: z.optional(budgetName('First part of the budget’s id: `opus` makes `opus/daily`.')),
    project: z.optional(pattern('project')),
    model: z.optional(pattern('model')),
    tool: z.optional(pattern('tool')),
    task_type: z.optional(pattern('task type')),
    task_id: z.optional(pattern('task')),
    enhancement: z.optional(pattern('enhancement')),
    project_code: z.optional(pattern('project code')),
    ...limits,
    ...thresholds,
    action,
  },
  'refused',
)

/** `cost-limits.yaml`. */
export const costLimitsSchema = section({
  budgets: optionalSection({
    ...limits,
    scoped: optionalList(scopedBudget, 'a list such as `- { model: "claude-opus-*", daily: 4.00 }`'),
  }),
  alerts: optionalSection({
    ...thresholds,
    marks: optionalList(share('Share of a limit at which an extra notice is due.'), 'a list such as [0.50]'),
    action,
    on_unpriced: z.optional(choice(UNPRICED_RULES, 'What spend without a known price means for a budget.')),
  }),
  notifications: optionalSection({
    terminal: z.optional(flag('Show alerts in the pane.')),
    desktop: z.optional(flag('Show alerts as desktop notifications.')),
    file: z.optional(
      text(
        'Where alerts are logged; in a project always inside .ai-costs/.',
        'a path such as .ai-costs/alerts.log',
      ),
    ),
    quiet: z.optional(quietHours('Times of day without notifications.')),
    webhook: z.optional(webhook('Address that gets each alert. Not read from a project.')),
  }),
  guardian: guardianSchema,
  timezone: z.optional(timeZone('Where days begin: an IANA name, local or UTC.')),
  week_starts_on: z.optional(weekday('First day of the week.')),
  cost_mode: z.optional(
    choice(
      COST_MODES,
      'Whether a cost is the recorded one, else computed (auto), or only one of the two. Not read from a project.',
    ),
  ),
  default_model: z.optional(modelName('The model when a command names none.')),
  ui: optionalSection({
    theme: z.optional(choice(THEMES, 'Colours of the pane.')),
    mouse: z.optional(flag('Whether the wheel of the mouse moves through the rows of the pane.')),
    reduced_motion: z.optional(flag('Nothing moves in the pane that is no news.')),
  }),
  billing: optionalSection({
    plan: z.optional(textOrNull('Subscription plan; see billing.json.', 'the name of a plan, or null')),
  }),
  collect: optionalList(source(), 'a list of sources such as [claude-code, codex]'),
  sources: sourcesSchema,
  durability: z.optional(
    choice(DURABILITIES, 'Whether each append waits for the disk. Not read from a project.'),
  ),
})

/** What a valid `cost-limits.yaml` gives. */
export type WrittenCostLimits = z.infer<typeof costLimitsSchema>
export type WrittenScopedBudget = z.infer<typeof scopedBudget>

function pattern(noun: string) {
  return text(`Name of the ${noun}; * stands for any characters.`, `the name of a ${noun}`, 256)
}

function source() {
  return text(
    'Source that `watch` follows live. Not read from a project.',
    'the name of a source such as codex',
    64,
  )
}

function webhook(description: string) {
  const wanted = 'an https:// address of a public host, or remove the line'
  const json = { type: ['string', 'null'], pattern: '^https://', description }
  return leaf<string | null>(wanted, json, (written) => {
    if (written === null) return { value: null }
    if (typeof written !== 'string') return { refused: '' }
    const fault = webhookFault(written)
    return fault === null ? { value: written } : { refused: `, which ${fault}` }
  })
}
