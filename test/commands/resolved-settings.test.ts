import { describe, expect, it } from 'vitest'
import { resolvedSettings } from '../../src/commands/resolved-settings.ts'
import { resolved } from '../settings/resolving.ts'

const prices = (text: string) => ({ 'prices.yaml': `prices:\n${text}` })

/** The rows about prices. */
function priceRows(layers: Parameters<typeof resolved>[0]): string[] {
  return resolvedSettings(resolved(layers))
    .filter(({ key }) => key.startsWith('prices'))
    .map(({ key, value, origin }) => `${key}: ${value} (${origin})`)
}

describe('the prices among the resolved settings', () => {
  it('are named with where they were written', () => {
    expect(priceRows({ user: prices('  - { model: a, input: 1.00, output: 4 }\n') })).toEqual([
      'prices.a: $1.00 in, $4 out per million (/user/prices.yaml:2)',
    ])
  })

  it('say of a project that they only fill a gap', () => {
    const item = '  - { model: a, input: 1, output: 4 }\n'
    expect(priceRows({ user: prices(item), project: prices(item) })).toEqual([
      'prices.a: $1 in, $4 out per million (/user/prices.yaml:2)',
      'prices.project:a: $1 in, $4 out per million, only if nothing else prices it (/project/prices.yaml:2)',
    ])
  })

  it('have a row for every date of a model', () => {
    const text =
      '  - { model: a, input: 1, output: 4 }\n  - { model: a, from: 2026-01-01, input: 2, output: 5 }\n'
    expect(priceRows({ explicit: prices(text) }).map((row) => row.split(':')[0])).toEqual([
      'prices.a',
      'prices.a/2026-01-01',
    ])
  })

  it('are none where there are none, and broken where their file is', () => {
    expect(priceRows({ user: {} })).toEqual([])
    expect(priceRows({ user: prices('  - 5\n') })).toEqual(['prices.yaml: broken (built in)'])
  })
})
