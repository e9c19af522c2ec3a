import type { ComputedCost, CostLine } from '../core/cost-breakdown.ts'
import { type CostSummary, type ExplainedRecord, differenceOf } from '../core/cost-summary.ts'
import type { Json } from '../core/json.ts'
import { picodollarsOf } from '../core/money.ts'
import type { PriceLayer } from '../core/price-catalog.ts'
import { factorText } from '../core/price-text.ts'
import type { Price } from '../core/price.ts'
import { recordJson } from '../core/record-text.ts'
import { instantJson } from './price-json.ts'

/** A record and how its cost comes about, as data. */
export function explainedJson(explained: ExplainedRecord, layerOf: (price: Price) => PriceLayer): Json {
  const { record, breakdown } = explained
  const { counted, word, computed } = breakdown
  return {
    record: recordJson(record),
    cost_usd: counted,
    counts: word.replace(' ', '_'),
    recorded_usd: record.costUsd,
    computed: computed === null ? null : computedJson(computed, layerOf(computed.price)),
    recorded_minus_computed_usd: differenceOf(explained),
  }
}

/** The records of one model, added up as they were priced, as data. */
export function summaryJson(summary: CostSummary): Json {
  const { model, records, counted, words, lines, change, computed, differing } = summary
  return {
    model,
    records,
    cost_usd: counted,
    lower_bound: words.unpriced > 0,
    recorded: words.recorded,
    computed: words.computed,
    unpriced: words.unpriced,
    nothing_used: words['nothing used'],
    lines: lines.map(lineJson),
    factors_usd: change,
    computed_usd: computed,
    differing: {
      records: differing.records,
      recorded_usd: differing.recorded,
      computed_usd: differing.computed,
    },
  }
}

function computedJson({ price, lines, tier, factors, change, total }: ComputedCost, layer: PriceLayer): Json {
  return {
    priced_as: price.model,
    layer,
    source: price.source,
    from: instantJson(price.from),
    lines: lines.map(lineJson),
    long_context: tier === null ? null : { above: tier.above, tokens: tier.tokens, outcome: tier.outcome },
    factors: factors.map(({ word, factor }) => ({ name: word, factor: factorText(factor) })),
    factors_usd: change,
    total_usd: total,
  }
}

/** The rate is per million tokens, or per thousand searches. */
function lineJson({ kind, count, rate, cost }: CostLine): Json {
  const unit = kind === 'web_search' ? 1_000n : 1_000_000n
  return { kind, count, rate: picodollarsOf(rate * unit), cost_usd: cost }
}
