import { requestTokens } from './cost.ts'
import { UNKNOWN, type UsageRecord } from './record.ts'

/** Where the router sends a type of task; `model` is null when no rule speaks of it. */
export interface RoutedTask {
  readonly model: string | null
  readonly isProtected: boolean
}

/** Why a model was more than the work took. */
export type Overkill =
  /** The router's own rules choose another model for every one of these. */
  | { readonly kind: 'rule'; readonly taskTypes: readonly string[]; readonly models: readonly string[] }
  /** Many small requests: nine of ten wrote at most `output` tokens, and none was longer than `context`. */
  | {
      readonly kind: 'shape'
      readonly requests: number
      readonly output: number
      readonly context: number
    }

/** Fewer requests say nothing about a session. */
export const FEWEST_REQUESTS = 10

/** Tokens: half a page. Who reasons, plans or writes code at length writes more. */
export const MOST_OUTPUT = 500

/** Tokens of one request, cache included: an agent's own instructions take some fifteen thousand, a few files the rest. */
export const MOST_CONTEXT = 50_000

/**
 * Whether the records of one model look like work for a smaller one: by the router's rules where all of them say what
 * they were about, else by their shape. What the router protects is never overkill, nor is what cannot be told:
 * records that sum up several requests have no shape.
 */
export function overkillOf(
  records: readonly UsageRecord[],
  routed: (taskType: string) => RoutedTask,
): Overkill | null {
  const used = records.filter(({ adjustment }) => !adjustment)
  const taskTypes = [...new Set(used.map(({ taskType }) => taskType))]
  const named = taskTypes.filter((taskType) => taskType !== UNKNOWN)
  const tasks = named.map(routed)
  if (tasks.some(({ isProtected }) => isProtected)) return null
  const models = tasks.flatMap(({ model }) => model ?? [])
  if (named.length > 0 && named.length === taskTypes.length && models.length === tasks.length) {
    return { kind: 'rule', taskTypes: named, models: [...new Set(models)] }
  }
  return shapeOf(used)
}

function shapeOf(used: readonly UsageRecord[]): Overkill | null {
  if (used.length < FEWEST_REQUESTS || used.some(({ aggregate }) => aggregate)) return null
  const outputs = used.map(({ outputTokens }) => outputTokens).toSorted((a, b) => a - b)
  // Nine of ten: of ten the ninth.
  const output = outputs[Math.ceil(outputs.length * 0.9) - 1] ?? 0
  const context = used.reduce((most, record) => Math.max(most, requestTokens(record)), 0)
  if (output > MOST_OUTPUT || context > MOST_CONTEXT) return null
  return { kind: 'shape', requests: used.length, output, context }
}
