import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gauge } from '../../src/formats/gauge.ts'
import { lineText, lineWidth } from '../../src/formats/line.ts'

function drawn(ratio: number | null, columns: number, pace: number | null = null, ascii = false): string {
  return lineText(gauge({ ratio, pace, columns, tone: 'ok', ascii }))
}

describe('gauge', () => {
  test.each([
    ['nothing', 0, '──────────'],
    ['a half', 0.5, '█████─────'],
    ['a little as one eighth of a cell', 0.0001, '▏─────────'],
    ['an odd share in eighths', 0.33, '███▎──────'],
    ['almost all as not quite full', 0.99999, '█████████▉'],
    ['all', 1, '██████████'],
    ['more than all', 7, '██████████'],
    ['infinity as full', Infinity, '██████████'],
    ['what is no number as empty', NaN, '──────────'],
    ['what is unknown as empty', null, '──────────'],
    ['less than nothing as empty', -3, '──────────'],
  ])('draws %s', (_what, ratio, bar) => {
    expect(drawn(ratio, 10)).toBe(bar)
  })

  test.each([
    ['on the track', 0.2, 0.5, '██───╎────'],
    ['in the fill', 0.8, 0.5, '█████╎██──'],
    ['at the start', 0.2, 0, '╎█────────'],
    ['at the end', 0.2, 1, '██───────╎'],
    ['nowhere for NaN', 0.2, NaN, '██────────'],
  ])('marks the pace %s', (_where, ratio, pace, bar) => {
    expect(drawn(ratio, 10, pace)).toBe(bar)
  })

  test('needs nothing but ASCII where nothing else can be shown', () => {
    expect(drawn(0.55, 10, 0.8, true)).toBe('#####---|-')
  })

  test('is exactly as wide as asked, whatever the numbers', () => {
    const number = fc.option(fc.double())
    fc.assert(
      fc.property(
        number,
        number,
        fc.integer({ min: 0, max: 300 }),
        fc.boolean(),
        (ratio, pace, columns, ascii) => {
          expect(lineWidth(gauge({ ratio, pace, columns, tone: 'ok', ascii }))).toBe(columns)
        },
      ),
    )
  })

  test.each([-1, NaN, Infinity])('draws nothing in %s columns', (columns) => {
    expect(drawn(0.5, columns)).toBe('')
  })
})
