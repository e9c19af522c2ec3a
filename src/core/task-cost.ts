import { type Money, NO_MONEY, plus } from './money.ts'
import { type UsageRecord, totalTokens } from './record.ts'
import type { Tokens } from './snapshot.ts'

/** What a task came to. */
export interface TaskCost {
  /** `''` for what belongs to no task. */
  readonly taskId: string
  /** Of its newest record that names one; `''` for none. */
  readonly enhancement: string
  readonly usd: Money
  /** True when something in it has no price: the truth is `≥ usd`. */
  readonly lowerBound: boolean
  /** How many have something left in it: one that was moved to another task has not. */
  readonly records: number
  readonly tokens: Tokens
  /** Most spent on first. */
  readonly models: readonly { readonly model: string; readonly usd: Money }[]
  /** The newest last. */
  readonly sessions: readonly string[]
  /** Epoch milliseconds of its first and newest record; null when none has an instant. */
  readonly first: number | null
  readonly last: number | null
}

/** Adds up records, adjustments included, by the task they belong to; in any order. */
export class TaskTally {
  readonly #tasks = new Map<string, AddingTask>()

  /** `cost` is null where nobody can price the record. */
  add(record: UsageRecord, cost: Money | null): void {
    let task = this.#tasks.get(record.taskId)
    if (task === undefined) this.#tasks.set(record.taskId, (task = new AddingTask(record.taskId)))
    task.add(record, cost)
  }

  /** Most spend first, equal ones by name; what was all taken away again is left out. */
  costs(): readonly TaskCost[] {
    return [...this.#tasks.values()]
      .map((task) => task.cost())
      .filter(({ usd, tokens }) => usd !== 0n || Object.values(tokens).some((count) => count !== 0))
      .toSorted((a, b) => byAmount(a.usd, b.usd) || (a.taskId < b.taskId ? -1 : 1))
  }
}

/** All tasks as one: what an enhancement came to. */
export function sumOfTasks(costs: readonly TaskCost[]): Pick<TaskCost, 'usd' | 'lowerBound' | 'tokens'> {
  const tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }
  for (const cost of costs) {
    for (const kind of TOKEN_KINDS) tokens[kind] += cost.tokens[kind]
  }
  return {
    usd: costs.reduce<Money>((sum, { usd }) => plus(sum, usd), NO_MONEY),
    lowerBound: costs.some(({ lowerBound }) => lowerBound),
    tokens,
  }
}

const TOKEN_KINDS = ['input', 'output', 'cacheRead', 'cacheWrite'] as const

class AddingTask {
  readonly #taskId: string
  readonly #tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }
  readonly #models = new Map<string, Money>()
  /** Their newest instants. */
  readonly #sessions = new Map<string, number>()
  readonly #enhancement = { name: '', at: -Infinity }
  #usd: Money = NO_MONEY
  #uncertain = 0
  /** Tokens by the id of the record that they belong to, adjustments added to it. */
  readonly #records = new Map<string, number>()
  #nameless = 0
  #first = Infinity
  #last = -Infinity

  constructor(taskId: string) {
    this.#taskId = taskId
  }

  add(record: UsageRecord, cost: Money | null): void {
    const { model, sessionId, enhancement, timestamp, adjustment, corrects } = record
    this.#usd = plus(this.#usd, cost ?? NO_MONEY)
    this.#models.set(model, plus(this.#models.get(model) ?? NO_MONEY, cost ?? NO_MONEY))
    this.#tokens.input += record.inputTokens
    this.#tokens.output += record.outputTokens
    this.#tokens.cacheRead += record.cacheReadTokens
    this.#tokens.cacheWrite += record.cacheWriteTokens
    if (cost === null) this.#uncertain++
    const id = adjustment ? corrects : record.id
    if (id !== '') this.#records.set(id, (this.#records.get(id) ?? 0) + totalTokens(record))
    else if (!adjustment) this.#nameless++
    const at = timestamp ?? -Infinity
    this.#sessions.set(sessionId, Math.max(at, this.#sessions.get(sessionId) ?? -Infinity))
    if (enhancement !== '' && at >= this.#enhancement.at) {
      this.#enhancement.name = enhancement
      this.#enhancement.at = at
    }
    if (timestamp === null) return
    this.#first = Math.min(this.#first, timestamp)
    this.#last = Math.max(this.#last, timestamp)
  }

  cost(): TaskCost {
    return {
      taskId: this.#taskId,
      enhancement: this.#enhancement.name,
      usd: this.#usd,
      lowerBound: this.#uncertain > 0,
      records: this.#nameless + [...this.#records.values()].filter((count) => count !== 0).length,
      tokens: { ...this.#tokens },
      models: [...this.#models]
        .map(([model, usd]) => ({ model, usd }))
        .toSorted((a, b) => byAmount(a.usd, b.usd) || (a.model < b.model ? -1 : 1)),
      sessions: [...this.#sessions]
        .toSorted((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
        .map(([id]) => id),
      first: this.#first === Infinity ? null : this.#first,
      last: this.#last === -Infinity ? null : this.#last,
    }
  }
}

function byAmount(a: Money, b: Money): number {
  return a === b ? 0 : a > b ? -1 : 1
}
