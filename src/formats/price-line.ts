import type { CostLine } from '../core/cost-breakdown.ts'
import { displayCost, picodollarsOf } from '../core/money.ts'
import { rateText } from './rate-text.ts'

/** The price of one line of a cost: `$3.00/M`, of web searches `$10.00/k`. */
export function priceText({ kind, rate }: Pick<CostLine, 'kind' | 'rate'>): string {
  return kind === 'web_search' ? `${displayCost(picodollarsOf(rate * 1000n))}/k` : `${rateText(rate)}/M`
}
