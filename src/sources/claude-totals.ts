import { type Money, NO_MONEY, minus, parseMoney, plus } from '../core/money.ts'
import { MAX_COST } from '../core/record.ts'
import { countOf, fieldsOf, nameOf } from './fields.ts'

/** What a run of Claude Code says that a model used. */
export interface ClaudeTotals {
  readonly input: number
  readonly output: number
  readonly read: number
  readonly written: number
  readonly searches: number
  readonly cost: Money
}

const NO_TOTALS: ClaudeTotals = { input: 0, output: 0, read: 0, written: 0, searches: 0, cost: NO_MONEY }

/** The totals of each model, by its name, as the result of a run has them. */
export function modelTotalsOf(modelUsage: unknown): ReadonlyMap<string, ClaudeTotals> {
  const models = Object.entries(fieldsOf(modelUsage) ?? {}).map(([model, value]): [string, ClaudeTotals] => {
    const fields = fieldsOf(value)
    return [
      nameOf(model),
      {
        input: countOf(fields?.['inputTokens']),
        output: countOf(fields?.['outputTokens']),
        read: countOf(fields?.['cacheReadInputTokens']),
        written: countOf(fields?.['cacheCreationInputTokens']),
        searches: countOf(fields?.['webSearchRequests']),
        cost: costOf(fields?.['costUSD']),
      },
    ]
  })
  return new Map(models.filter(([, totals]) => !isNothing(totals)))
}

/** The usage of one turn, without a cost; null when there is none. */
export function turnTotalsOf(usage: unknown): ClaudeTotals | null {
  const fields = fieldsOf(usage)
  if (fields === null) return null
  return {
    input: countOf(fields['input_tokens']),
    output: countOf(fields['output_tokens']),
    read: countOf(fields['cache_read_input_tokens']),
    written: countOf(fields['cache_creation_input_tokens']),
    searches: countOf(fieldsOf(fields['server_tool_use'])?.['web_search_requests']),
    cost: NO_MONEY,
  }
}

/** Dollars as a tool wrote them; none where that is no amount. */
export function costOf(value: unknown): Money {
  const cost = typeof value === 'number' && Number.isFinite(value) ? parseMoney(String(value)) : null
  return cost !== null && cost > 0n && cost <= MAX_COST ? cost : NO_MONEY
}

/** Whether every count is one. */
export function isWhole({ input, output, read, written, searches }: ClaudeTotals): boolean {
  return input + output + read + written + searches >= 0
}

export function isNothing({ input, output, read, written, searches, cost }: ClaudeTotals): boolean {
  return input + output + read + written + searches === 0 && cost === 0n
}

/**
 * Whether totals go on from earlier ones: they have all of those, and the turn since then. A process counts from zero,
 * also when it resumes a session; one that answers several turns states its running totals behind each.
 */
export function goesOn(
  now: ReadonlyMap<string, ClaudeTotals>,
  before: ReadonlyMap<string, ClaudeTotals>,
  turn: ClaudeTotals,
): boolean {
  const isLarger = [...before].every(([model, totals]) => isAtLeast(now.get(model) ?? NO_TOTALS, totals))
  return isLarger && isAtLeast(sumOf(now.values()), sumOf([...before.values(), turn]))
}

/** What `now` has more than `before`. */
export function moreThan(now: ClaudeTotals, before: ClaudeTotals = NO_TOTALS): ClaudeTotals {
  return {
    input: now.input - before.input,
    output: now.output - before.output,
    read: now.read - before.read,
    written: now.written - before.written,
    searches: now.searches - before.searches,
    cost: minus(now.cost, before.cost),
  }
}

function isAtLeast(a: ClaudeTotals, b: ClaudeTotals): boolean {
  const more = moreThan(a, b)
  return more.input >= 0 && more.output >= 0 && more.read >= 0 && more.written >= 0 && more.cost >= 0n
}

function sumOf(totals: Iterable<ClaudeTotals>): ClaudeTotals {
  return [...totals].reduce(
    (sum, one) => ({
      input: sum.input + one.input,
      output: sum.output + one.output,
      read: sum.read + one.read,
      written: sum.written + one.written,
      searches: sum.searches + one.searches,
      cost: plus(sum.cost, one.cost),
    }),
    NO_TOTALS,
  )
}
