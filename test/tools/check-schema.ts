import * as z from 'zod/mini'

// The shape of `check --json`, as a contract for scripts. Nothing in the program needs it: the answer is built, not
// parsed. Numbers are for display and comparison; the exact amounts stay in the ledger.

const described = <Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema =>
  schema.check(z.meta({ description }))

const dollars = z.number()
const instant = z.string().check(z.meta({ format: 'date-time' }))
const level = z.enum(['ok', 'warning', 'critical', 'unknown'])

const budget = z.object({
  id: described(z.string(), 'Stable id: `daily`, `opus/daily`, `project:daily`.'),
  name: described(z.string(), 'The kind of a global budget, the scope’s name of a scoped one.'),
  scope: described(z.record(z.string(), z.string()), 'Label to pattern; empty for a global budget.'),
  session_id: described(z.nullable(z.string()), 'Set for a per-session budget only.'),
  period: described(
    z.nullable(z.object({ kind: z.enum(['daily', 'weekly', 'monthly']), start: instant, end: instant })),
    'Half-open; null for a per-session budget.',
  ),
  limit_usd: described(dollars, 'The limit that holds, raises included.'),
  raised_usd: z.optional(described(dollars, 'By how much it is raised for a while; only while it is.')),
  raised_until: z.optional(
    described(instant, 'Until when the limit stays as it is; only while it is raised.'),
  ),
  spent_usd: dollars,
  lower_bound: described(
    z.boolean(),
    'True when something could not be priced: the truth is at least spent_usd.',
  ),
  ratio: described(z.nullable(z.number()), 'spent / limit; null when the limit is zero.'),
  level,
  exceeded: described(z.boolean(), 'At or over the limit.'),
  forecast_usd: described(z.nullable(dollars), 'Spend expected at the end of the period; null when unknown.'),
  limit_reached_at: described(z.nullable(instant), 'When the limit will be reached; null when it will not.'),
})

const unpriced = z.object({
  model: z.string(),
  records: z.int(),
  tokens: z.int(),
  fix: described(z.string(), 'The line of prices.yaml that gives the model a price.'),
})

const overkill = z.discriminatedUnion('kind', [
  z.object({
    kind: described(
      z.literal('rule'),
      'The router’s own rules choose other models for all of its task types.',
    ),
    task_types: z.array(z.string()),
    models: z.array(z.string()),
  }),
  z.object({
    kind: described(z.literal('shape'), 'Many small requests.'),
    requests: z.int(),
    output_tokens: described(z.int(), 'Nine of ten requests wrote no more.'),
    context_tokens: described(z.int(), 'No request took in more.'),
    bounds: described(
      z.object({ requests: z.int(), output_tokens: z.int(), context_tokens: z.int() }),
      'So many requests at least, and so many tokens at most, make it overkill.',
    ),
  }),
])

const advice = z.object({
  session_id: z.string(),
  cost_usd: dollars,
  lower_bound: described(z.boolean(), 'True when the truth is at least cost_usd.'),
  warn_over_usd: described(z.nullable(dollars), 'How much a session may cost; null when nobody says.'),
  over: z.boolean(),
  model: described(z.string(), 'The model that most of it was spent on.'),
  overkill: described(z.nullable(overkill), 'Why a smaller model would have done.'),
  cheaper_model: described(
    z.nullable(z.object({ model: z.string(), cost_usd: dollars, saved_usd: dollars })),
    'What the session would have cost on it, at the prices of now.',
  ),
  message: described(z.nullable(z.string()), 'The advice; null when there is nothing to warn of.'),
})

/** What `check --json` prints. */
export const checkSchema = z.object({
  schema: described(z.literal(1), 'Version of this shape; members may be added without a new one.'),
  level: described(level, 'The worst level of all budgets; unknown when it cannot be told.'),
  exit_code: described(z.literal([0, 1, 2, 3]), '0 ok, 1 warning, 2 critical, 3 cannot tell.'),
  as_of: z.optional(instant),
  timezone: z.optional(z.string()),
  budgets: z.optional(z.array(budget)),
  cache_hit_ratio: z.optional(
    described(z.nullable(z.number()), 'cache_read / (input + cache_read) of the current day.'),
  ),
  sessions: z.optional(described(z.int(), 'Of the current day.')),
  records: z.optional(described(z.int(), 'Of the current day.')),
  settings: z.optional(described(z.array(z.string()), 'The settings files that were read.')),
  data_quality: z.optional(
    z.object({
      bad_lines: z.int(),
      rejected: z.int(),
      unpriced: z.array(unpriced),
      undated: z.int(),
      future: z.int(),
      notes: z.array(z.string()),
    }),
  ),
  advice: z.optional(
    described(
      z.nullable(advice),
      'What the review of --session found; null for a session without records, missing when nobody asked.',
    ),
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
