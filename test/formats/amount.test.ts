import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { picodollarsOf } from '../../src/core/money.ts'
import { amountText, percentText, ratioText } from '../../src/formats/amount.ts'
import { textWidth } from '../../src/formats/pad.ts'
import { usd } from '../tui/a-dashboard.ts'

describe('amounts', () => {
  test.each([
    ['8.10', false, false, '$8.10'],
    ['8.10', true, false, '≥ $8.10'],
    ['8.10', true, true, '>= $8.10'],
    ['0', true, false, '≥ $0.00'],
  ])('shows %s, lower bound %s, ascii %s, as %s', (amount, lowerBound, ascii, text) => {
    expect(amountText(usd(amount), lowerBound, ascii)).toBe(text)
  })

  test.each([
    ['8.10', '10', '81%'],
    ['9.9999', '10', '99%'],
    ['4.20', '4', '105%'],
    ['1000', '1', '>999%'],
    ['-0.5', '10', '-5%'],
    ['-1000', '1', '<-99%'],
    ['1', '0', '–'],
  ])('shows %s of %s as %s', (part, whole, text) => {
    expect(percentText(usd(part), usd(whole), false)).toBe(text)
  })

  test('never needs more than five columns for a percentage', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 0n }), (part, whole) => {
        expect(textWidth(percentText(picodollarsOf(part), picodollarsOf(whole), false))).toBeLessThanOrEqual(
          5,
        )
      }),
    )
  })

  test.each([
    [null, '–'],
    [NaN, '–'],
    [0, '0%'],
    [0.29, '29%'],
    [0.999, '99%'],
    [1, '100%'],
  ])('shows the ratio %s as %s', (ratio, text) => {
    expect(ratioText(ratio, false)).toBe(text)
  })
})
