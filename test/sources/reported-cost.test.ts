import { expect, test } from 'vitest'

import { decimalText } from '../../src/core/money.ts'
import { reportedCost } from '../../src/sources/reported-cost.ts'

test.each([
  [0.11715, '0.11715'],
  [1e-7, '0.0000001'],
  [1_000_000_000_000, null],
  [0, null],
  [-1, null],
  [NaN, null],
  [Infinity, null],
  ['0.5', null],
  [null, null],
])('reads %s dollars as %s', (value, text) => {
  const { costUsd, costSource } = reportedCost(value)
  expect(costUsd === null ? null : decimalText(costUsd)).toBe(text)
  expect(costSource).toBe(text === null ? null : 'tool')
})
