import { breakdownOf } from '../core/cost-breakdown.ts'
import { type CostSummary, type ExplainedRecord, summariesOf } from '../core/cost-summary.ts'
import { groupOf, matchesScope } from '../core/groups.ts'
import { type Money, NO_MONEY, plus, ratioOf } from '../core/money.ts'
import type { UsageRecord } from '../core/record.ts'
import { type Value, count, instant, money, name, share, word } from '../core/report.ts'
import type { ScreenData, ScreenFact, ScreenList, ScreenQuestion } from '../core/screen-data.ts'
import type { Spend } from '../core/snapshot.ts'
import { standingOf } from '../core/standing.ts'
import type { Verdict } from '../core/verdict.ts'
import { priceText } from '../formats/price-line.ts'
import { budgetsOfSessions, judgeSession } from './judge-session.ts'
import type { ScreenGround } from './screen-ground.ts'

/** Answers what is asked of one session: its budgets, its records by model and hour, and how its cost came about. */
export function sessionData(
  question: ScreenQuestion,
  ground: ScreenGround,
  found: Iterable<UsageRecord>,
): ScreenData {
  const { prices, settings } = ground.accounts
  const explained = Array.from(found, (record): ExplainedRecord => ({
    record,
    breakdown: breakdownOf(record, prices, settings.costMode),
  }))
  const summaries = summariesOf(explained)
  return {
    question,
    facts: factsOf(question.session ?? '', explained),
    lists: [
      budgetList(question.session ?? '', explained, ground),
      modelList(summaries),
      priceList(summaries),
      hourList(explained),
    ],
    days: [],
  }
}

function factsOf(id: string, explained: readonly ExplainedRecord[]): readonly ScreenFact[] {
  const records = explained.map(({ record }) => record)
  const newest = records.reduce<UsageRecord | null>(
    (last, record) => ((record.timestamp ?? -Infinity) >= (last?.timestamp ?? -Infinity) ? record : last),
    null,
  )
  const instants = records.flatMap(({ timestamp }) => timestamp ?? [])
  const first = instants.reduce((least, at) => Math.min(least, at), Infinity)
  const last = instants.reduce((most, at) => Math.max(most, at), -Infinity)
  return [
    { label: 'session', value: name(id) },
    { label: 'spend', value: costOf(explained) },
    { label: 'records', value: count(records.length) },
    ...(newest === null
      ? []
      : [
          { label: 'project', value: name(newest.project) },
          { label: 'tool', value: name(newest.tool) },
          { label: 'task', value: name(newest.taskType) },
        ]),
    ...(instants.length === 0
      ? []
      : [
          { label: 'began', value: instant(first) },
          { label: 'lasted', value: { kind: 'duration', ms: last - first } as const },
        ]),
  ]
}

function budgetList(id: string, explained: readonly ExplainedRecord[], ground: ScreenGround): ScreenList {
  const verdicts = verdictsOn(id, explained, ground)
  return {
    title: 'Budgets',
    columns: [
      { key: 'budget', title: 'budget', isText: true },
      { key: 'spent_usd', title: 'spent' },
      { key: 'limit_usd', title: 'limit' },
      { key: 'ratio', title: 'used' },
    ],
    rows: verdicts.map((verdict) => ({
      key: `budget ${verdict.budget.id}`,
      cells: [
        name(verdict.budget.id),
        money(verdict.spent, verdict.lowerBound),
        money(verdict.budget.limit, false),
        share(verdict.ratio),
      ],
      standing: standingOf(verdict),
    })),
    total: null,
    left: 0,
    none: 'no budget judges it: none is about such sessions',
  }
}

/** Those that hold today, and for a session of another day those that would. */
function verdictsOn(
  id: string,
  explained: readonly ExplainedRecord[],
  ground: ScreenGround,
): readonly Verdict[] {
  const today = ground.judgement.verdicts.filter(({ sessionId }) => sessionId === id)
  if (today.length > 0) return today
  const budgets = budgetsOfSessions(ground)
  const spendByBudget = new Map(
    budgets.flatMap(({ id: budget, scope }) => {
      const seen = explained.filter(({ record }) => matchesScope(scope, groupOf(record)))
      return seen.length === 0 ? [] : [[budget, spendOn(seen)] as const]
    }),
  )
  return judgeSession(budgets, { id, whole: spendOn(explained), spendByBudget }, ground)
}

function modelList(summaries: readonly CostSummary[]): ScreenList {
  const total = summaries.reduce((sum, { counted }) => plus(sum, counted), NO_MONEY)
  return {
    title: 'By model',
    columns: [
      { key: 'model', title: 'model', isText: true },
      { key: 'cost_usd', title: 'spend' },
      { key: 'share', title: 'share' },
      { key: 'records', title: 'records', expendable: 1 },
    ],
    rows: summaries.map(({ model, counted, words, records }) => ({
      key: `model ${model}`,
      cells: [
        name(model),
        money(counted, words.unpriced > 0),
        share(ratioOf(counted, total)),
        count(records),
      ],
      standing: null,
    })),
    total: null,
    left: 0,
    none: 'no record',
  }
}

/** How much of what was used at which price. */
function priceList(summaries: readonly CostSummary[]): ScreenList {
  const rows = summaries.flatMap(({ model, lines }) =>
    lines.map((line) => ({
      key: `price ${model} ${line.kind} ${line.rate}`,
      cells: [
        name(model),
        word(line.kind.replaceAll('_', ' ')),
        count(line.count),
        word(priceText(line)),
        money(line.cost, false),
      ] satisfies readonly Value[],
      standing: null,
    })),
  )
  return {
    title: 'By the price table',
    columns: [
      { key: 'model', title: 'model', isText: true },
      { key: 'kind', title: 'what' },
      { key: 'count', title: 'how many' },
      { key: 'rate', title: 'price', expendable: 1 },
      { key: 'cost_usd', title: 'cost' },
    ],
    rows,
    total: null,
    left: 0,
    none: 'no price is known',
  }
}

const HOUR = 3_600_000

function hourList(explained: readonly ExplainedRecord[]): ScreenList {
  const hours = new Map<number | null, ExplainedRecord[]>()
  for (const one of explained) {
    const { timestamp } = one.record
    // Zones that are half an hour off have hours that begin at half past.
    const hour = timestamp === null ? null : Math.floor(timestamp / HOUR) * HOUR
    hours.set(hour, [...(hours.get(hour) ?? []), one])
  }
  const rows = [...hours].toSorted(([a], [b]) => (b ?? -Infinity) - (a ?? -Infinity))
  return {
    title: 'By hour',
    columns: [
      { key: 'hour', title: 'hour' },
      { key: 'cost_usd', title: 'spend' },
      { key: 'records', title: 'records' },
    ],
    rows: rows.map(([hour, ones]) => ({
      key: `hour ${String(hour)}`,
      cells: [instant(hour), costOf(ones), count(ones.length)],
      standing: null,
    })),
    total: null,
    left: 0,
    none: 'no record',
  }
}

function costOf(explained: readonly ExplainedRecord[]): Value {
  const { usd, uncertain } = spendOn(explained)
  return money(usd, uncertain > 0)
}

function spendOn(explained: readonly ExplainedRecord[]): Spend {
  const counted = explained.map(({ breakdown }) => breakdown.counted)
  return {
    usd: counted.reduce<Money>((sum, usd) => plus(sum, usd ?? NO_MONEY), NO_MONEY),
    uncertain: counted.filter((usd) => usd === null).length,
  }
}
