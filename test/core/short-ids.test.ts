import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { shortIds } from '../../src/core/short-ids.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'

const short = (ids: readonly string[], columns?: number): string[] => [...shortIds(ids, columns).values()]

describe('a session is called', () => {
  test.each<[what: string, ids: readonly string[], names: readonly string[]]>([
    ['by its name, when that is short', ['payment-retries', 's1', ''], ['payment-retries', 's1', '']],
    ['by how a longer name begins', ['payment-retries-2'], ['payment-retrie…']],
    ['by the first eight characters of a UUID', ['8be02f41-9c1d-4e6f-8a2b-3c4d5e6f7a8b'], ['8be02f41']],
    ['of a hash', ['8BE02F419C1D4E6F'], ['8BE02F41']],
    ['and of a ULID', ['01KAJ3XK4N9VQ2Z7R8T5W6Y0AB'], ['01KAJ3XK']],
    ['but not of a date, which is no hash', ['2025-12-15-morning'], ['2025-12-15-mor…']],
    [
      'by the part that differs, where others begin alike',
      ['feature-login-retry-1', 'feature-login-retry-2', 'feature-payments-1'],
      ['feat…in-retry-1', 'feat…in-retry-2', 'feature-paymen…'],
    ],
    [
      'also where they end alike',
      ['nightly-of-shop-1-on-the-main-branch', 'nightly-of-shop-2-on-the-main-branch'],
      ['nigh…1-on-the-…', 'nigh…2-on-the-…'],
    ],
    [
      'and where time ordered how they begin',
      ['0193f2aa-1111-7abc-8def-0123456789ab', '0193f2aa-2222-7abc-8def-0123456789ab'],
      ['…1111-7a', '…2222-7a'],
    ],
    [
      'in full, where even these parts are the same',
      ['x1', 'x2', 'y1', 'y2'].map((part) => `beginning-of-${part}-and-so-on-and-on`),
      ['x1', 'x2', 'y1', 'y2'].map((part) => `beginning-of-${part}-and-so-on-and-on`),
    ],
    [
      'differently from a session whose name is what the other is shortened to',
      ['8be02f41', '8be02f41-9c1d-4e6f-8a2b-3c4d5e6f7a8b'],
      ['8be02f41', '…-9c1d-4'],
    ],
  ])('%s', (_, ids, names) => {
    expect(short(ids)).toEqual(names)
  })

  it('in fewer columns where there are fewer', () => {
    expect(short(['payment-retries', 'payment-reports', 's1', 'a3f9c1d77bb0e4a2'], 8)).toEqual([
      '…retries',
      '…reports',
      's1',
      'a3f9c1d7',
    ])
  })

  it('in half as many characters where these may be twice as wide', () => {
    expect(short(['日本語のセッション名前です', '日本語です'])).toEqual(['日本語のセッ…', '日本語です'])
  })

  it('by whole characters', () => {
    expect(short([`1${'🚀'.repeat(9)}`])).toEqual(['1🚀🚀…'])
    expect(short([`${'🚀'.repeat(9)}1`, `${'🚀'.repeat(9)}2`])).toEqual(['…🚀🚀1', '…🚀🚀2'])
  })

  it('by something that cannot act on a terminal', () => {
    expect(short(['\u001b[2J\u202e'])).toEqual(['\\x1b[2J\\u202e'])
    expect(short(['\u001b]52;c;aGk=\u0007'.repeat(3)]).join('')).not.toMatch(ACTS_ON_A_TERMINAL)
  })
})

describe('whatever the ids', () => {
  const similar = fc.array(fc.constantFrom('feature-', 'a', '1', '-', '…', '8be02f41', '0'), { maxLength: 6 })
  const ids = fc.uniqueArray(
    similar.map((parts) => parts.join('')),
    { maxLength: 30 },
  )
  const columns = fc.constantFrom(8, 15)

  test('no two read the same, in any order of asking', () => {
    fc.assert(
      fc.property(ids, columns, (all, width) => {
        const names = shortIds(all, width)
        expect(new Set(names.values()).size).toBe(all.length)
        for (const [id, name] of shortIds(all.toReversed(), width)) expect(name).toBe(names.get(id))
      }),
      { numRuns: 2000 },
    )
  })

  test('none is longer than asked while the others begin or end differently', () => {
    fc.assert(
      fc.property(fc.string(), columns, (id, width) => {
        expect((short([id], width)[0] ?? '').length).toBeLessThanOrEqual(width)
      }),
    )
  })

  test('ids that print alike still have a name each', () => {
    expect(short(['\u001b', '\\x1b'])).toEqual(['\\x1b', '\\x1b'])
  })
})
