import { type Json, jsonLine } from '../json.ts'
import type { Trouble } from '../judgement.ts'
import type { PlanWindow } from '../status-event.ts'
import { formatInstant } from '../timestamp.ts'
import { type Verdict, worstLevel } from '../verdict.ts'
import type { SessionFact, StatusFacts } from './status-facts.ts'

/** Version of the shape; members may be added without a new one. */
const SCHEMA = 1

/** All that a status line can tell, on one line: `config/statusline.schema.json`. */
export function statusJson(facts: StatusFacts): string {
  const { event } = facts
  return `${jsonLine({
    schema: SCHEMA,
    level: worstLevel(facts.verdicts),
    as_of: formatInstant(facts.asOf),
    has_data: facts.hasData,
    today_usd: facts.hasData ? facts.today.usd : null,
    today_lower_bound: facts.today.sureness !== 'exact',
    budgets: facts.verdicts.map(budgetJson),
    session: facts.session === null ? null : sessionJson(facts.session),
    cache_hit_ratio: facts.cacheHitRatio,
    five_hour: windowJson(event?.fiveHour),
    seven_day: windowJson(event?.sevenDay),
    context_percent: event?.contextPercent ?? null,
    model: facts.model,
    project: facts.project,
    stops: facts.stops,
  })}\n`
}

/** The same when nothing can be judged: the first trouble, which is the one to mend first. */
export function statusTroubleJson([first]: readonly Trouble[]): string {
  const error = first === undefined ? undefined : { ...first }
  return `${jsonLine({ schema: SCHEMA, level: 'unknown', error })}\n`
}

function budgetJson({ budget, sessionId, spent, ratio, level, exceeded, lowerBound }: Verdict): Json {
  return {
    id: budget.id,
    session_id: sessionId,
    spent_usd: spent,
    limit_usd: budget.limit,
    ratio,
    level,
    exceeded,
    lower_bound: lowerBound,
  }
}

function sessionJson({ id, usd, sureness }: SessionFact): Json {
  return {
    id,
    cost_usd: usd,
    source: sureness === 'about' ? 'agent' : 'ledger',
    lower_bound: sureness === 'at least',
  }
}

function windowJson(window: PlanWindow | null | undefined): Json {
  if (window === null || window === undefined) return null
  const { usedPercent, resetsAt } = window
  return { used_percent: usedPercent, resets_at: resetsAt === null ? null : formatInstant(resetsAt) }
}
