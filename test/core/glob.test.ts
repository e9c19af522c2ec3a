import * as fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { matchesGlob } from '../../src/core/glob.ts'

test.each<[pattern: string, name: string, matches: boolean]>([
  ['claude-opus-*', 'claude-opus-4-5', true],
  ['claude-opus-*', 'claude-opus-', true],
  ['claude-opus-*', 'claude-opus', false],
  ['claude-opus-4', 'claude-opus-4-5', false],
  ['*', '', true],
  ['*', 'anything', true],
  ['**', 'anything', true],
  ['', '', true],
  ['', 'x', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['*-4-*', 'claude-opus-4-5', true],
  ['*b*b*', 'abc', false],
  ['*aab*', 'aaab', true],
  ['*abab*', 'ababab', true],
  ['a.c', 'abc', false],
  ['a?c', 'abc', false],
  ['[ab]', 'a', false],
  ['Opus', 'opus', false],
])('%s against %s: %s', (pattern, name, matches) => {
  expect(matchesGlob(pattern, name)).toBe(matches)
})

it('agrees with a regular expression for every pattern and name', () => {
  const letters = fc.constantFrom('a', 'b', '.')
  const pattern = fc.string({ unit: fc.oneof(letters, fc.constant('*')), maxLength: 10 })
  fc.assert(
    fc.property(pattern, fc.string({ unit: letters, maxLength: 14 }), (glob, name) => {
      const source = glob.replaceAll('.', '\\.').replaceAll('*', '.*')
      expect(matchesGlob(glob, name)).toBe(new RegExp(`^${source}$`, 's').test(name))
    }),
    { numRuns: 2000 },
  )
})

it('takes a pattern and a name that nearly repeat without trying every place', () => {
  const started = performance.now()
  expect(matchesGlob(`*${'a'.repeat(60_000)}b*`, 'a'.repeat(120_000))).toBe(false)
  expect(matchesGlob(`*b${'a'.repeat(60_000)}*`, 'a'.repeat(120_000))).toBe(false)
  expect(performance.now() - started).toBeLessThan(500)
})
