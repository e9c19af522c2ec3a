import * as z from 'zod/mini'

import { parseTimestamp } from '../core/timestamp.ts'
import { leaf, optionalList, optionalSection, section } from './leaf.ts'
import { factor, rate, tokens } from './number-leaves.ts'
import { modelName } from './text-leaves.ts'

const cacheRates = {
  cache_read: z.optional(rate('Dollars per million tokens read from the cache; absent means as `input`.')),
  cache_write: z.optional(rate('Dollars per million tokens written to the five-minute cache.')),
  cache_write_1h: z.optional(rate('Dollars per million tokens written to the one-hour cache.')),
}

const price = section({
  model: modelName('The model, as the tools write it.'),
  aliases: optionalList(modelName('Another name of the same model.'), 'a list of names such as [acme]'),
  from: z.optional(since('The date (UTC) or instant from which this price holds; absent means always.')),
  input: rate('Dollars per million uncached input tokens.'),
  output: rate('Dollars per million output tokens.'),
  ...cacheRates,
  long_context: optionalSection({
    above: tokens('Requests with more input than this cost these rates as a whole.'),
    input: rate('Dollars per million uncached input tokens of a long request.'),
    output: rate('Dollars per million output tokens of a long request.'),
    ...cacheRates,
  }),
  batch: z.optional(factor('Factor for batch requests, such as 0.5.')),
  priority: z.optional(factor('Factor for the priority tier.')),
  fast: z.optional(factor('Factor for the fast mode.')),
  region: z.optional(
    z.nullable(
      z.record(z.string(), factor('Factor for requests pinned to this region.'), {
        error: () => 'write regions with factors, such as `us: 1.1`',
      }),
    ),
  ),
  web_search: z.optional(rate('Dollars per thousand web searches.')),
})

/** `prices.yaml`. */
export const pricesSchema = section({
  prices: optionalList(price, 'a list such as `- { model: acme-1, input: 1.00, output: 4.00 }`'),
})

/** What a valid `prices.yaml` gives. */
export type WrittenPrices = z.infer<typeof pricesSchema>
export type WrittenPrice = z.infer<typeof price>

function since(description: string) {
  return leaf<string>('a date such as 2026-01-01', { type: 'string', description }, (written) =>
    typeof written === 'string' && parseTimestamp(written) !== null ? { value: written } : { refused: '' },
  )
}
