import { assert, integer, property } from 'fast-check'
import { expect, it, test } from 'vitest'
import { durationText } from '../../src/core/duration.ts'
import { LONGEST_DURATION, parseDuration } from '../../src/core/duration-text.ts'

const MINUTE = 60_000

test.each<[text: string, minutes: number | null]>([
  ['1m', 1],
  ['30m', 30],
  ['2h', 120],
  ['1d', 1440],
  ['1h30m', 90],
  ['1d12h', 2160],
  ['90m', 90],
  [' 30m ', 30],
  ['31d', 31 * 1440],
  ['31d1m', null],
  ['999999d', null],
  ['0m', null],
  ['', null],
  ['30', null],
  ['-30m', null],
  ['1.5h', null],
  ['30M', null],
  ['30s', null],
  ['30m1h', null],
  ['m', null],
  ['1h 30m', null],
  ['tonight', null],
])('%j is %s minutes', (text, minutes) => {
  expect(parseDuration(text)).toBe(minutes === null ? null : minutes * MINUTE)
})

it('reads what is printed, which is floored to two units', () => {
  assert(
    property(integer({ min: MINUTE, max: LONGEST_DURATION }), (duration) => {
      const read = parseDuration(durationText(duration))
      expect(read).toBeLessThanOrEqual(duration)
      expect(read).toBeGreaterThan(duration - 60 * MINUTE)
    }),
  )
})
