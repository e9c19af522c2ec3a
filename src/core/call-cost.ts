import { computedCost } from './cost.ts'
import { type Money, picodollarsOf } from './money.ts'
import type { Price } from './price.ts'
import { emptyRecord } from './record.ts'

/** Tokens of one request, as a usage record counts them: `input` is what no cache had. */
export interface CallTokens {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

export const NO_TOKENS: CallTokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }

/** A rule of thumb for English text and code; other writing takes more tokens. */
const CHARACTERS_A_TOKEN = 4

/** What one request costs at a price; `tier` may name a service tier such as `batch`. */
export function callCost(tokens: CallTokens, price: Price, tier = ''): Money {
  return computedCost(
    {
      ...emptyRecord(),
      model: price.model,
      inputTokens: tokens.input,
      outputTokens: tokens.output,
      cacheReadTokens: tokens.cacheRead,
      cacheWriteTokens: tokens.cacheWrite,
      serviceTier: tier,
    },
    price,
  )
}

/** What so many of something cost. */
export function times(cost: Money, count: number): Money {
  return picodollarsOf(cost * BigInt(count))
}

/** About how many tokens a text takes, rounded up. */
export function estimatedTokens(text: string): number {
  let characters = 0
  for (const _ of text) characters++
  return Math.ceil(characters / CHARACTERS_A_TOKEN)
}
