import { forecastOf } from '../forecast.ts'
import { type Json, jsonText } from '../json.ts'
import type { Judgement, Trouble } from '../judgement.ts'
import { type Raise, raisedOf } from '../override.ts'
import type { Quality } from '../quality.ts'
import { type Snapshot, cacheHitRatio } from '../snapshot.ts'
import { formatInstant } from '../timestamp.ts'
import type { Level, Verdict } from '../verdict.ts'
import { type Review, reviewJson } from './review.ts'

/** Version of the shape; members may be added without a new one. */
const SCHEMA = 1

/** What `settings` says when there is no file. */
const BUILT_IN = '(built-in limits)'

/** The whole answer as one JSON document: `config/check.schema.json`. */
export function checkJson(
  { snapshot, overrides, settingsFiles, builtInLimits }: Judgement,
  verdicts: readonly Verdict[],
  level: Level,
  exitCode: number,
  review: Review | null = null,
): string {
  return `${jsonText({
    schema: SCHEMA,
    level,
    exit_code: exitCode,
    as_of: formatInstant(snapshot.asOf),
    timezone: snapshot.zone,
    budgets: verdicts.map((verdict) => verdictJson(verdict, snapshot, overrides.raises)),
    cache_hit_ratio: cacheHitRatio(snapshot.tokens),
    sessions: snapshot.sessions.length,
    records: snapshot.records,
    settings: builtInLimits ? [BUILT_IN, ...settingsFiles] : settingsFiles,
    data_quality: qualityJson(snapshot.quality),
    advice: review === null ? undefined : reviewJson(review),
  })}\n`
}

/** The answer when nothing can be judged: the first trouble, which is the one to mend first. */
export function troubleJson(troubles: readonly Trouble[], exitCode: number): string {
  const [first] = troubles
  return `${jsonText({
    schema: SCHEMA,
    level: 'unknown',
    exit_code: exitCode,
    error: first === undefined ? undefined : { ...first },
  })}\n`
}

export function verdictJson(verdict: Verdict, snapshot: Snapshot, raises: readonly Raise[]): Json {
  const { projected, limitReachedAt } = forecastOf(verdict, snapshot)
  const { budget, period } = verdict
  const raised = raisedOf(raises, budget.id)
  return {
    id: budget.id,
    name: budget.name,
    scope: { ...budget.scope },
    session_id: verdict.sessionId,
    period:
      period === null
        ? null
        : { kind: period.kind, start: formatInstant(period.start), end: formatInstant(period.end) },
    limit_usd: budget.limit,
    raised_usd: raised?.by,
    raised_until: raised === null ? undefined : formatInstant(raised.until),
    spent_usd: verdict.spent,
    lower_bound: verdict.lowerBound,
    ratio: verdict.ratio,
    level: verdict.level,
    exceeded: verdict.exceeded,
    forecast_usd: projected === null ? null : projected.likely,
    limit_reached_at: limitReachedAt === null ? null : formatInstant(limitReachedAt),
  }
}

export function qualityJson(quality: Quality): Json {
  return {
    bad_lines: quality.badLines,
    rejected: quality.rejected,
    unpriced: quality.unpriced.map((model) => ({ ...model })),
    undated: quality.undated,
    future: quality.future,
    notes: quality.notes,
  }
}
