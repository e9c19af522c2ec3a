import { describe, expect, test } from 'vitest'
import { badgeText, type Standing, standingOf } from '../../src/core/standing.ts'
import { badgeColumns, calloutText, markColumns, markText } from '../../src/formats/level.ts'
import { textWidth } from '../../src/formats/pad.ts'

describe('levels', () => {
  const STANDINGS: readonly Standing[] = ['ok', 'warning', 'critical', 'over', 'unknown']

  test.each([
    ['ok', '● ok', '● ok', 'ok'],
    ['warning', '▲ warning', '▲ WARNING', 'WARN'],
    ['critical', '■ critical', '■ CRITICAL', 'CRIT'],
    ['over', '■ over', '■ OVER', 'OVER'],
    ['unknown', '? unknown', '? UNKNOWN', '???'],
  ] as const)('are told by glyph and word: %s', (standing, badge, callout, ascii) => {
    expect(badgeText(standing, false)).toBe(badge)
    expect(calloutText(standing, false)).toBe(callout)
    expect([badgeText(standing, true), calloutText(standing, true), markText(standing, true)]).toEqual([
      ascii,
      ascii,
      ascii,
    ])
  })

  test.each([false, true])('fit the columns kept for them (ascii %s)', (ascii) => {
    expect(Math.max(...STANDINGS.map((standing) => textWidth(badgeText(standing, ascii))))).toBe(
      badgeColumns(ascii),
    )
    expect(Math.max(...STANDINGS.map((standing) => textWidth(markText(standing, ascii))))).toBe(
      markColumns(ascii),
    )
  })

  test('call a used-up limit "over", and nothing else', () => {
    expect(standingOf({ level: 'critical', exceeded: true })).toBe('over')
    expect(standingOf({ level: 'critical', exceeded: false })).toBe('critical')
  })
})
