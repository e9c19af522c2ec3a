import { expect, it } from 'vitest'

import { nearestWord } from '../../src/settings/nearest.ts'

const KNOWN = ['daily', 'weekly', 'monthly', 'at', 'per_session']

it.each([
  ['dialy', 'daily'],
  ['dayly', 'daily'],
  ['Daily', 'daily'],
  ['wekly', 'weekly'],
  ['persession', 'per_session'],
  ['weakley', 'weekly'],
  ['yearly', null],
  ['x', null],
  ['ad', null],
  ['', null],
  ['daily'.repeat(20), null],
])('%j was probably meant as %j', (word, meant) => {
  expect(nearestWord(word, KNOWN)).toBe(meant)
})
