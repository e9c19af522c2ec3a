import type { Json } from '../core/json.ts'
import { type Fields, countOf, fieldsOf, nameOf } from './fields.ts'
import type { Tally } from '../core/tally.ts'

/** What one model used. `input` has both cache counts in it. */
export interface ModelSum {
  readonly model: string
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

/**
 * Adds up what the shutdowns of one session say. Some versions go on counting when a session is resumed, others begin
 * at zero in each run, and none says so. Sums that go on never lose a model and never fall: a shutdown where either
 * happens is of a new run.
 */
export class CopilotRuns {
  #finished: ReadonlyMap<string, ModelSum>
  #current: ReadonlyMap<string, ModelSum>

  /** From the start, or from what `state()` gave. */
  constructor(state: unknown) {
    const fields = fieldsOf(state)
    this.#finished = sumsOf(fields?.['finished'])
    this.#current = sumsOf(fields?.['current'])
  }

  /** The sums of the session up to this shutdown, for each model in it. */
  add(metrics: Fields, tally: Tally): readonly ModelSum[] {
    const next = readMetrics(metrics, tally)
    if (next.size === 0) return []
    if (!isContinued(this.#current, next)) this.#finished = added(this.#finished, this.#current)
    this.#current = next
    return [...next.values()].map((sum) => plus(this.#finished.get(sum.model), sum))
  }

  state(): Json {
    return { finished: rowsOf(this.#finished), current: rowsOf(this.#current) }
  }
}

function readMetrics(metrics: Fields, tally: Tally): ReadonlyMap<string, ModelSum> {
  const sums = new Map<string, ModelSum>()
  for (const [key, value] of Object.entries(metrics)) {
    const usage = fieldsOf(fieldsOf(value)?.['usage'])
    if (usage === null) continue
    const model = nameOf(key)
    const output = countOf(usage['outputTokens'])
    const reasoning = countOf(usage['reasoningTokens'])
    const sum = {
      model,
      input: countOf(usage['inputTokens']),
      // Gemini counts thoughts apart; OpenAI and Anthropic count them as output.
      output: model.startsWith('gemini-') ? output + reasoning : output,
      cacheRead: countOf(usage['cacheReadTokens']),
      cacheWrite: countOf(usage['cacheWriteTokens']),
    }
    if (Number.isNaN(totalOf(sum) + reasoning)) tally.count('strange')
    else sums.set(model, sum)
  }
  return sums
}

function isContinued(last: ReadonlyMap<string, ModelSum>, next: ReadonlyMap<string, ModelSum>): boolean {
  return [...last.values()].every((before) => {
    const after = next.get(before.model)
    return (
      after !== undefined &&
      after.input >= before.input &&
      after.output >= before.output &&
      after.cacheRead >= before.cacheRead &&
      after.cacheWrite >= before.cacheWrite
    )
  })
}

function added(
  a: ReadonlyMap<string, ModelSum>,
  b: ReadonlyMap<string, ModelSum>,
): ReadonlyMap<string, ModelSum> {
  const sums = new Map(a)
  for (const sum of b.values()) sums.set(sum.model, plus(sums.get(sum.model), sum))
  return sums
}

function plus(a: ModelSum | undefined, b: ModelSum): ModelSum {
  if (a === undefined) return b
  return {
    model: b.model,
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
  }
}

function totalOf({ input, output, cacheRead, cacheWrite }: ModelSum): number {
  return input + output + cacheRead + cacheWrite
}

// Rows and not members of an object: a model may be called anything.
function rowsOf(sums: ReadonlyMap<string, ModelSum>): Json {
  return [...sums.values()].map(({ model, input, output, cacheRead, cacheWrite }) => ({
    model,
    input,
    output,
    cacheRead,
    cacheWrite,
  }))
}

function sumsOf(rows: unknown): ReadonlyMap<string, ModelSum> {
  const sums = new Map<string, ModelSum>()
  if (!Array.isArray(rows)) return sums
  for (const row of rows) {
    const fields = fieldsOf(row) ?? {}
    const model = nameOf(fields['model'])
    const sum = {
      model,
      input: countOf(fields['input']),
      output: countOf(fields['output']),
      cacheRead: countOf(fields['cacheRead']),
      cacheWrite: countOf(fields['cacheWrite']),
    }
    if (!Number.isNaN(totalOf(sum))) sums.set(model, sum)
  }
  return sums
}
