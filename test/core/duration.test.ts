import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { durationText } from '../../src/core/duration.ts'

describe('durationText', () => {
  const MINUTE = 60_000
  test.each([
    [0, '<1m'],
    [-5, '<1m'],
    [NaN, '<1m'],
    [59_999, '<1m'],
    [14 * MINUTE, '14m'],
    [60 * MINUTE, '1h'],
    [72 * MINUTE, '1h12m'],
    [1439 * MINUTE, '23h59m'],
    [1440 * MINUTE, '1d'],
    [76 * 60 * MINUTE, '3d4h'],
    [120 * 1440 * MINUTE, '120d'],
  ])('shows %s ms as %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text)
  })

  test('never needs more than six columns', () => {
    fc.assert(fc.property(fc.double(), (milliseconds) => durationText(milliseconds).length <= 6))
  })
})
