import type { ExplainedRecord } from '../core/cost-summary.ts'
import { displayMoney, percentOf, scaleHalfEven } from '../core/money.ts'
import { ESTIMATE } from '../core/operation.ts'
import { type PricedSum, allTokens, pricedSum, pricedSumsBy } from '../core/priced-sum.ts'
import { type Figure, type Figures, money, name, word } from '../core/report.ts'
import { safeText } from '../core/safe-text.ts'
import { cacheHitRatio } from '../core/snapshot.ts'
import { readForEachWritten } from './tracked-efficiency.ts'
import { type TrackedFacts, allUsed } from './tracked-facts.ts'

/** Which model most was spent on, and the next cheaper one; nothing where nothing was used. */
export function modelFigures({ advice }: TrackedFacts): readonly Figures[] {
  if (advice === null) return []
  const { model, cheaper } = advice
  const cheaperFigures: readonly Figure[] =
    cheaper === null
      ? [{ key: 'cheaper_model', label: 'cheaper model', value: word('none of its maker') }]
      : [
          { key: 'cheaper_model', label: 'next cheaper', value: name(cheaper.model) },
          { key: 'cheaper_usd', label: 'the session on it', value: money(cheaper.cost, advice.lowerBound) },
          { key: 'saved_usd', label: 'less', value: money(cheaper.saved, false) },
        ]
  return [
    {
      kind: 'figures',
      key: 'model_recommendation',
      title: 'Model recommendation',
      figures: [{ key: 'main_model', label: 'most spent on', value: name(model) }, ...cheaperFigures],
    },
  ]
}

/** What stands out, each with the numbers behind it. */
export function insightFigures(facts: TrackedFacts): Figures {
  const found = INSIGHTS.flatMap((insight) => insight(facts))
  const figures = found.length > 0 ? found : [figure('none', 'insights', 'nothing stands out')]
  return { kind: 'figures', key: 'insights', title: 'Insights', figures }
}

type Insight = (facts: TrackedFacts) => readonly Figure[]

const INSIGHTS: readonly Insight[] = [nothingUsed, dearest, overLimit, context, cache, estimated, perCommit]

function nothingUsed(facts: TrackedFacts): readonly Figure[] {
  if (allUsed(facts).length > 0) return []
  const what = 'nothing was logged and no usage of agents came in: ai-costs session log, or ai-costs import'
  return [figure('nothing_used', 'no usage', what)]
}

/** The kind of work that most went into, where it is most of all. */
function dearest(facts: TrackedFacts): readonly Figure[] {
  const used = allUsed(facts)
  const [most, second] = pricedSumsBy(used, ({ taskType, model }) => `${taskType} on ${model}`)
  const percent = most === undefined ? null : provenPercent(most.sum, pricedSum(used))
  if (most === undefined || second === undefined || percent === null || percent < MOST_PERCENT) return []
  return [
    figure('high_cost', 'high cost', `${percent}% (${displayMoney(most.sum.usd)}) went into ${most.key}`),
  ]
}

const MOST_PERCENT = 50

function overLimit(facts: TrackedFacts): readonly Figure[] {
  const { usd } = pricedSum(allUsed(facts))
  if (facts.limit === null || usd < facts.limit) return []
  const what = `${displayMoney(usd)} is no less than the ${displayMoney(facts.limit)} that a session may cost: shorter sessions carry less context`
  return [figure('over_limit', 'long session', what)]
}

function context(facts: TrackedFacts): readonly Figure[] {
  const { tokens } = pricedSum(allUsed(facts))
  const ratio = readForEachWritten(tokens)
  if (ratio === null || ratio < MUCH_CONTEXT || allTokens(tokens) < WORTH_A_LOOK) return []
  const what = `${Math.floor(ratio)} tokens were read for each that was written: name the files that matter, ask for several things at once`
  return [figure('much_context', 'much context', what)]
}

const MUCH_CONTEXT = 20
const WORTH_A_LOOK = 50_000

function cache({ meanwhile }: TrackedFacts): readonly Figure[] {
  const { tokens } = pricedSum(meanwhile)
  const hit = cacheHitRatio(tokens)
  if (hit === null || hit >= GOOD_CACHE_HIT || allTokens(tokens) < WORTH_A_LOOK) return []
  const what = `agents read ${Math.floor(hit * 100)}% of their input from caches: long pauses and changed instructions lose the cache`
  return [figure('low_cache_hit', 'low cache hit', what)]
}

const GOOD_CACHE_HIT = 0.6

function estimated(facts: TrackedFacts): readonly Figure[] {
  const guesses = pricedSum(facts.logged.filter(isEstimate))
  const percent = provenPercent(guesses, pricedSum(allUsed(facts)))
  if (guesses.records === 0) return []
  const part = percent === null ? displayMoney(guesses.usd) : `${percent}%`
  const what = `${part} of the cost is typical tokens of session quick, not counted ones`
  return [figure('estimated', 'estimated', what)]
}

function isEstimate({ record }: ExplainedRecord): boolean {
  return record.tool === ESTIMATE
}

function perCommit(facts: TrackedFacts): readonly Figure[] {
  const commits = facts.git?.commits.length ?? 0
  const { usd, lowerBound } = pricedSum(allUsed(facts))
  if (commits === 0 || usd <= 0n) return []
  const each = money(scaleHalfEven(usd, 1n, BigInt(commits)), lowerBound)
  return [{ key: 'per_commit', label: 'per commit', value: each }]
}

/** Which share of the whole a part is; null where the whole may be more than is known. */
function provenPercent(part: PricedSum, whole: PricedSum): number | null {
  return whole.lowerBound ? null : percentOf(part.usd, whole.usd)
}

function figure(key: string, label: string, what: string): Figure {
  return { key, label, value: word(safeText(what)) }
}
