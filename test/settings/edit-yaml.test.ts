import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { PriceBlock } from '../../src/core/price-block.ts'
import { withDefaultModel, withPrices } from '../../src/settings/edit-yaml.ts'
import type { SettingsFile } from '../../src/settings/problem.ts'
import type { Resolution } from '../../src/settings/resolution.ts'
import { resolveSettings } from '../../src/settings/resolve.ts'

function resolved(name: SettingsFile, text: string): Resolution {
  return resolveSettings({ layers: [{ trust: 'user', directory: '/c', files: { [name]: text } }] })
}

function defaultModelIn(text: string): string | null | undefined {
  const { limits } = resolved('cost-limits.yaml', text)
  return limits.kind === 'ok' ? limits.value.defaultModel : undefined
}

function blocksIn(text: string): readonly PriceBlock[] | undefined {
  const { prices } = resolved('prices.yaml', text)
  return prices.kind === 'ok' ? prices.value.map(({ block }) => block) : undefined
}

describe('the default model is written', () => {
  test.each([
    ['into an empty file', '', 'default_model: m\n'],
    [
      'behind everything, of which nothing changes',
      'a: 1 # x\n\n\n# end\n',
      'a: 1 # x\n\n\n# end\ndefault_model: m\n',
    ],
    ['behind a last line without its end', 'timezone: UTC', 'timezone: UTC\ndefault_model: m\n'],
    [
      'behind an indented comment',
      'budgets:\n  daily: 1.50\n  # more\n',
      'budgets:\n  daily: 1.50\n  # more\ndefault_model: m\n',
    ],
    [
      'in place of another, in its line',
      'default_model:  "x"   # why\n\n\nb: 0.80\n',
      'default_model:  m   # why\n\n\nb: 0.80\n',
    ],
    ['where it has no value', 'default_model:\ntimezone: UTC\n', 'default_model: m\ntimezone: UTC\n'],
    ['inside of braces', '{ timezone: UTC }\n', '{ timezone: UTC, default_model: m }\n'],
    ['before the mark of the end', 'a: 1\n...\n', 'a: 1\ndefault_model: m\n...\n'],
  ])('%s', (_, text, edited) => {
    expect(withDefaultModel(text, 'm')).toBe(edited)
    expect(defaultModelIn(edited)).toBe('m')
  })
})

const ACME: PriceBlock = {
  model: 'acme-1',
  aliases: ['acme'],
  from: '2026-01-01',
  input: '1.00',
  output: '4.00',
  cache_read: '0.0028',
}
const LINE =
  '- { model: acme-1, aliases: [ acme ], from: 2026-01-01, input: 1.00, output: 4.00, cache_read: 0.0028 }'

describe('a price is written', () => {
  test.each([
    ['into an empty file', '', `prices:\n  ${LINE}\n`],
    ['behind comments', '# prices:\n#   - x\n', `# prices:\n#   - x\nprices:\n  ${LINE}\n`],
    ['below an empty key', 'prices:\n', `prices:\n  ${LINE}\n`],
    [
      'behind other prices, with what they say about themselves',
      'prices: # mine\n  # local\n  - { model: x, input: 0.10, output: 2 } # cheap\n',
      `prices: # mine\n  # local\n  - { model: x, input: 0.10, output: 2 } # cheap\n  ${LINE}\n`,
    ],
    [
      'behind a price of many lines',
      'prices:\n  - model: x\n    input: 0.80 # c\n    output: 2\n',
      `prices:\n  - model: x\n    input: 0.80 # c\n    output: 2\n  ${LINE}\n`,
    ],
  ])('%s', (_, text, edited) => {
    expect(withPrices(text, [ACME])).toBe(edited)
    expect(blocksIn(edited)?.at(-1)).toMatchObject(ACME)
  })

  it.each([
    ['a list in brackets', 'prices: [ { model: x, input: 1, output: 2 } ]\n'],
    ['braces around everything', '{ prices: [ { model: x, input: 1, output: 2 } ] }\n'],
    ['another key behind it', 'prices:\n- model: x\n  input: 1\n  output: 2\n\n# z\nother: 1\n'],
    ['no line end', 'prices:\n    - { model: x, input: 1, output: 2 }'],
    ['lines of another system', 'prices:\r\n  - { model: x, input: 1, output: 2 }\r\n'],
  ])('behind the others, with %s', (_, text) => {
    expect(
      blocksIn(withPrices(text, [ACME, { ...ACME, model: 'acme-2' }]))?.map(({ model }) => model),
    ).toEqual(['x', 'acme-1', 'acme-2'])
  })

  it('with its tier and places', () => {
    const block: PriceBlock = {
      model: 'm',
      input: '1',
      output: '2',
      long_context: { above: '200000', input: '2', output: '3' },
      region: { us: '1.1' },
    }
    expect(blocksIn(withPrices('', [block]))).toMatchObject([block])
  })

  it('exactly as the decimal it was, and read back as that', () => {
    const decimal = fc
      .tuple(fc.nat({ max: 99_999 }), fc.stringMatching(/^\d{0,6}$/))
      .map(([whole, fraction]) => `${whole}${fraction === '' ? '' : `.${fraction}`}`)
    fc.assert(
      fc.property(decimal, decimal, (input, output) => {
        expect(blocksIn(withPrices('prices:\n', [{ model: 'm', input, output }]))).toMatchObject([
          { input, output },
        ])
      }),
    )
  })
})
