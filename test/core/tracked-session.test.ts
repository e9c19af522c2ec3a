import * as fc from 'fast-check'
import { expect, it, test } from 'vitest'

import { parseResult, parseTracked, resultText, trackedText } from '../../src/core/tracked-session.ts'

const text = fc.string({ unit: 'binary' })
const SESSION = { id: 'a', name: 'JWT', startedAt: 0, project: 'p', folder: '/p', model: '', commit: '' }

it('comes back as it was, on one line', () => {
  const session = fc.record({
    id: fc.string({ minLength: 1 }),
    name: text,
    startedAt: fc.integer({ min: 0, max: 4e12 }),
    project: text,
    folder: text,
    model: text,
    commit: text,
  })
  fc.assert(
    fc.property(session, (one) => {
      const kept = trackedText(one)
      expect(kept.indexOf('\n')).toBe(kept.length - 1)
      expect(parseTracked(kept)).toEqual(one)
    }),
  )
})

it('a result comes back as it was', () => {
  const result = { name: 'JWT "x"', ms: 9_000_000, picodollars: '47250000000000', tokens: 43_700 }
  for (const lowerBound of [true, false]) {
    expect(parseResult(resultText({ ...result, lowerBound }))).toEqual({ ...result, lowerBound })
  }
})

test.each([
  ['', 'nothing'],
  ['{', 'half of it'],
  ['[]', 'a list'],
  ['null', 'null'],
  ['{"v":1}', 'no name'],
  [trackedText(SESSION).replace('"v":1', '"v":2'), 'a later version'],
  [trackedText({ ...SESSION, id: '' }), 'no id'],
  [trackedText(SESSION).replace('1970-01-01T00:00:00Z', 'soon'), 'no instant'],
  [trackedText(SESSION).replace('"JWT"', '7'), 'a number for a name'],
])('refuses %j: %s', (kept) => {
  expect(parseTracked(kept)).toBeNull()
  expect(parseResult(kept)).toBeNull()
})

test.each<[change: object, what: string]>([
  [{ picodollars: '-1' }, 'less than nothing'],
  [{ picodollars: '1.5' }, 'a fraction'],
  [{ ms: -1 }, 'a clock that was set back'],
  [{ tokens: Number.NaN }, 'no number'],
  [{ lowerBound: 'no' }, 'a word for a truth value'],
])('refuses a result with %o: %s', (change) => {
  const kept = { v: 1, name: '', ms: 1, picodollars: '1', lowerBound: false, tokens: 1, ...change }
  expect(parseResult(JSON.stringify(kept))).toBeNull()
})
