import { expect, test } from 'vitest'

import { uncachedInput } from '../../src/sources/uncached-input.ts'

test.each([
  ['takes cached tokens out', [100, 40], 60],
  ['takes reads and writes out', [100, 40, 60], 0],
  ['leaves what cannot be a part', [10, 40], 10],
  ['takes out the part that can be one', [100, 90, 20], 10],
  ['keeps what is no count', [NaN, 1], NaN],
  ['keeps cached tokens that are no count', [10, NaN], NaN],
])('%s', (_what, [input = 0, ...cached], expected) => {
  expect(uncachedInput(input, ...cached)).toBe(expected)
})
