import { type Json, jsonText } from '../core/json.ts'
import { decimalText } from '../core/money.ts'
import { type TaskCost, sumOfTasks } from '../core/task-cost.ts'
import { formatInstant } from '../core/timestamp.ts'
import type { Verdict } from '../core/verdict.ts'

/** A task as one JSON document; `metadata` is what queues of tasks keep, every value of it text. */
export function taskJson(task: TaskCost, verdicts: readonly Verdict[]): string {
  return `${jsonText({ schema: 1, ...taskMembers(task), budgets: verdicts.map(budgetJson) })}\n`
}

/** An enhancement with all its tasks as one JSON document. */
export function enhancementJson(
  enhancement: string,
  tasks: readonly TaskCost[],
  verdicts: readonly Verdict[],
): string {
  const { usd, lowerBound, tokens } = sumOfTasks(tasks)
  return `${jsonText({
    schema: 1,
    enhancement,
    cost_usd: usd,
    lower_bound: lowerBound,
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    cache_creation_tokens: tokens.cacheWrite,
    cache_read_tokens: tokens.cacheRead,
    tasks: tasks.map(taskMembers),
    budgets: verdicts.map(budgetJson),
  })}\n`
}

function taskMembers(task: TaskCost): { readonly [key: string]: Json } {
  const { taskId, enhancement, usd, lowerBound, records, tokens, models, sessions, first, last } = task
  return {
    task: taskId || null,
    enhancement: enhancement || null,
    cost_usd: usd,
    lower_bound: lowerBound,
    records,
    models: models.map(({ model, usd: cost }) => ({ model, cost_usd: cost })),
    sessions: [...sessions],
    first_at: first === null ? null : formatInstant(first),
    last_at: last === null ? null : formatInstant(last),
    metadata: {
      cost_input_tokens: String(tokens.input),
      cost_output_tokens: String(tokens.output),
      cost_cache_creation_tokens: String(tokens.cacheWrite),
      cost_cache_read_tokens: String(tokens.cacheRead),
      cost_usd: decimalText(usd),
      cost_model: models[0]?.model ?? '',
      session_id: sessions.at(-1) ?? '',
    },
  }
}

function budgetJson({ budget, spent, lowerBound, ratio, level, exceeded }: Verdict): Json {
  const { id, limit } = budget
  return { id, limit_usd: limit, spent_usd: spent, lower_bound: lowerBound, ratio, level, exceeded }
}
