import * as z from 'zod/mini'

// The shape of `statusline --format json`, as a contract for scripts. Nothing in the program needs it: the answer is
// built, not parsed.

const described = <Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema =>
  schema.check(z.meta({ description }))

const dollars = z.number()
const instant = z.string().check(z.meta({ format: 'date-time' }))
const level = z.enum(['ok', 'warning', 'critical', 'unknown'])

const budget = z.object({
  id: described(z.string(), 'Stable id: `daily`, `opus/daily`, `project:daily`.'),
  session_id: described(z.nullable(z.string()), 'Set for a per-session budget only.'),
  spent_usd: dollars,
  limit_usd: dollars,
  ratio: described(z.nullable(z.number()), 'spent / limit; null when the limit is zero.'),
  level,
  exceeded: described(z.boolean(), 'At or over the limit.'),
  lower_bound: described(z.boolean(), 'True when the truth is at least spent_usd.'),
})

const session = z.object({
  id: z.nullable(z.string()),
  cost_usd: dollars,
  source: described(
    z.enum(['ledger', 'agent']),
    'The agent’s word counts until the ledger knows the session.',
  ),
  lower_bound: described(z.boolean(), 'True when the truth is at least cost_usd.'),
})

const planWindow = z.nullable(
  z.object({
    used_percent: z.number(),
    resets_at: described(z.nullable(instant), 'When it begins anew; null when the agent does not say.'),
  }),
)

/** What `statusline --format json` prints, on one line. */
export const statuslineSchema = z.object({
  schema: described(z.literal(1), 'Version of this shape; members may be added without a new one.'),
  level: described(
    level,
    'The worst level of the budgets that see this session; unknown when it cannot be told.',
  ),
  as_of: z.optional(instant),
  has_data: z.optional(described(z.boolean(), 'False while the ledger holds no record.')),
  today_usd: z.optional(described(z.nullable(dollars), 'Spent today; null without data.')),
  today_lower_bound: z.optional(described(z.boolean(), 'True when the truth is at least today_usd.')),
  budgets: z.optional(described(z.array(budget), 'Those that see this session, the worst first.')),
  session: z.optional(
    described(z.nullable(session), 'The agent’s session; without an agent the current one.'),
  ),
  cache_hit_ratio: z.optional(
    described(z.nullable(z.number()), 'cache_read / (input + cache_read) of the current day.'),
  ),
  five_hour: z.optional(described(planWindow, 'Of the subscription, when the agent tells of it.')),
  seven_day: z.optional(described(planWindow, 'Of the subscription, when the agent tells of it.')),
  context_percent: z.optional(
    described(z.nullable(z.number()), 'Of the context window; when the agent says.'),
  ),
  model: z.optional(z.nullable(z.string())),
  project: z.optional(z.nullable(z.string())),
  stops: z.optional(
    described(z.nullable(z.int()), 'How many turns a provider has stopped today; null when nobody knows.'),
  ),
  error: z.optional(
    described(
      z.object({
        file: z.nullable(z.string()),
        line: z.nullable(z.int()),
        column: z.nullable(z.int()),
        message: z.string(),
        fix: z.string(),
      }),
      'Why it cannot tell; only with level unknown.',
    ),
  ),
})
