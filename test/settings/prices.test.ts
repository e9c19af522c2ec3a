import { describe, expect, it } from 'vitest'

import { priceFromBlock } from '../../src/core/price-block.ts'
import { resolved, sentences, valueOf, withPrices } from './resolving.ts'

const layer = (input: number) => ({ 'prices.yaml': `prices: [{ model: a, input: ${input}, output: 1 }]` })

const ACME = `prices:
  - { model: acme-1, aliases: [acme], from: 2026-01-01, input: 1.00, output: 4.00, cache_read: 0.10,
      cache_write: 1.25, cache_write_1h: 2.00, long_context: { above: 200000, input: 2.00, output: 8.00 } }
`

describe('prices.yaml', () => {
  it('hands on every decimal as the text that was written, with file and line', () => {
    expect(valueOf(withPrices(ACME).prices)).toEqual([
      {
        block: {
          model: 'acme-1',
          aliases: ['acme'],
          from: '2026-01-01',
          input: '1.00',
          output: '4.00',
          cache_read: '0.10',
          cache_write: '1.25',
          cache_write_1h: '2.00',
          long_context: { above: '200000', input: '2.00', output: '8.00' },
        },
        fromProject: false,
        source: '/user/prices.yaml:2',
      },
    ])
  })

  it('gives only blocks that make an exact price', () => {
    const text = `${ACME}  - { model: b, input: 0.000001, output: 0, batch: 0.5, fast: 6, region: { us: 1.1 }, web_search: 10 }
  - { model: c, input: 1, output: 2, aliases: , long_context: , region: }
`
    for (const { block, source } of valueOf(withPrices(text).prices)) {
      expect(priceFromBlock(block, source).source).toBe(source)
    }
  })

  it('tells the project’s prices, which only fill gaps, from the user’s', () => {
    const resolution = resolved({ user: layer(1), project: layer(2) })
    expect(valueOf(resolution.prices)).toMatchObject([
      { block: { input: '1' }, fromProject: false },
      { block: { input: '2' }, fromProject: true },
    ])
    expect(resolution.origins.get('prices.a')).toEqual({ kind: 'file', file: '/user/prices.yaml', line: 1 })
  })

  it('takes the prices of a directory that the user names for the user’s', () => {
    expect(valueOf(resolved({ explicit: layer(1) }).prices)).toMatchObject([{ fromProject: false }])
  })

  it('accepts several dates of one model', () => {
    const text =
      'prices:\n  - { model: a, input: 1, output: 1 }\n  - { model: a, from: 2026-01-01, input: 2, output: 2 }\n'
    expect(valueOf(withPrices(text).prices)).toHaveLength(2)
  })

  it.each([
    [
      'prices: [{ model: a, output: 1 }]',
      '1:10: prices[0].input is missing — write dollars per million tokens with at most six decimals, such as 3.00',
    ],
    [
      'prices: [{ model: a, input: -1, output: 1 }]',
      '1:29: prices[0].input is "-1", which is negative — write a number of dollars of 0 or more',
    ],
    [
      'prices: [{ model: a, input: 1.0000001, output: 1 }]',
      '1:29: prices[0].input is "1.0000001", with more than six decimals — write dollars per million tokens with at most six decimals, such as 3.00',
    ],
    [
      'prices: [{ model: a, input: 1, output: 1, from: 2026-02-30 }]',
      '1:49: prices[0].from is "2026-02-30" — write a date such as 2026-01-01',
    ],
    [
      'prices: [{ model: a, input: 1, output: 1, batch: 0 }]',
      '1:50: prices[0].batch is "0" — write a factor above 0 such as 0.5',
    ],
    [
      'prices: [{ model: a, input: 1, output: 1, long_context: { above: 1.5, input: 1, output: 1 } }]',
      '1:66: prices[0].long_context.above is "1.5" — write a whole number of tokens such as 200000',
    ],
    [
      'prices:\n  - { model: a, input: 1, output: 1 }\n  - { model: a, input: 2, output: 2 }',
      '3:5: there are two prices of a, the first on line 2 — remove one of them, or give it another `from:`',
    ],
  ])('%j is refused by place, key and value, with the fix', (text, sentence) => {
    const resolution = withPrices(text)
    expect(sentences(resolution)).toEqual([`/user/prices.yaml:${sentence}`])
    expect(resolution.prices.kind).toBe('broken')
  })
})
