import type { Rates } from './price.ts'

/** What models are compared by. */
export type MainRates = Pick<Rates, 'input' | 'output'>

/** What a model costs now; null when it has no price. */
export type RatesOf = (model: string) => MainRates | null

/** Cheaper in something and dearer in nothing. */
export function isCheaper(one: MainRates, other: MainRates): boolean {
  return isNoDearer(one, other) && (one.input < other.input || one.output < other.output)
}

/** Neither input nor output costs more. */
export function isNoDearer(one: MainRates, other: MainRates): boolean {
  return one.input <= other.input && one.output <= other.output
}
