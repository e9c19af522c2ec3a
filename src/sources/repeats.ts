import type { UsageRecord } from '../core/record.ts'
import { DAY_MS } from '../core/timestamp.ts'

/** Tokens of one model on one UTC day that were told more than once, as sums. */
export interface RepeatSum {
  readonly model: string
  /** Days since 1970 in UTC; null when the records had no instant. */
  readonly day: number | null
  inputTokens: number
  outputTokens: number
  cacheReadTokens: number
  cacheWriteTokens: number
  cacheWrite1hTokens: number
}

/** What transcripts tell again and again: who counts every line counts this too. */
export class Repeats {
  count = 0
  readonly #sums = new Map<string, RepeatSum>()

  add({ model, timestamp, ...record }: UsageRecord): void {
    this.count++
    const day = timestamp === null ? null : Math.floor(timestamp / DAY_MS)
    addTo(this.#sumOf(model, day), record)
  }

  absorb(count: number, sums: readonly RepeatSum[]): void {
    this.count += count
    for (const sum of sums) addTo(this.#sumOf(sum.model, sum.day), sum)
  }

  sums(): readonly RepeatSum[] {
    return [...this.#sums.values()]
  }

  #sumOf(model: string, day: number | null): RepeatSum {
    const key = `${day} ${model}`
    const known = this.#sums.get(key)
    if (known !== undefined) return known
    const sum = {
      model,
      day,
      inputTokens: 0,
      outputTokens: 0,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      cacheWrite1hTokens: 0,
    }
    this.#sums.set(key, sum)
    return sum
  }
}

function addTo(sum: RepeatSum, amounts: Omit<RepeatSum, 'model' | 'day'>): void {
  sum.inputTokens += amounts.inputTokens
  sum.outputTokens += amounts.outputTokens
  sum.cacheReadTokens += amounts.cacheReadTokens
  sum.cacheWriteTokens += amounts.cacheWriteTokens
  sum.cacheWrite1hTokens += amounts.cacheWrite1hTokens
}
