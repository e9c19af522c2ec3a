import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { picodollarsOf } from '../../src/core/money.ts'
import { amountText, percentText, ratioText } from '../../src/formats/amount.ts'
import { durationText } from '../../src/formats/duration.ts'
import { badgeColumns, badgeText, calloutText, markColumns, markText, type Standing, standingOf } from '../../src/formats/level.ts'
import { nameText, shortIds, shortModel } from '../../src/formats/name.ts'
import { cutEnd, cutStart, padEnd, padStart, textWidth } from '../../src/formats/pad.ts'
import { sparkline } from '../../src/formats/sparkline.ts'
import { wrapText } from '../../src/formats/wrap.ts'
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
        expect(textWidth(percentText(picodollarsOf(part), picodollarsOf(whole), false))).toBeLessThanOrEqual(5)
      }),
    )
  })

  test.each([
    [null, '–'],
    [0, '0%'],
    [0.29, '29%'],
    [0.999, '99%'],
    [1, '100%'],
  ])('shows the ratio %s as %s', (ratio, text) => {
    expect(ratioText(ratio, false)).toBe(text)
  })
})

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
    expect([badgeText(standing, true), calloutText(standing, true), markText(standing, true)]).toEqual([ascii, ascii, ascii])
  })

  test.each([false, true])('fit the columns kept for them (ascii %s)', (ascii) => {
    expect(Math.max(...STANDINGS.map((standing) => textWidth(badgeText(standing, ascii))))).toBe(badgeColumns(ascii))
    expect(Math.max(...STANDINGS.map((standing) => textWidth(markText(standing, ascii))))).toBe(markColumns(ascii))
  })

  test('call a used-up limit "over", and nothing else', () => {
    expect(standingOf({ level: 'critical', exceeded: true })).toBe('over')
    expect(standingOf({ level: 'critical', exceeded: false })).toBe('critical')
  })
})

describe('widths', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abcdef', 1, '…'],
    ['abcdef', 0, ''],
    ['日本語', 6, '日本語'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['👍🏽👍🏽👍🏽', 4, '👍🏽…'],
  ])('cut %s to %s columns between graphemes', (text, columns, cut) => {
    expect(cutEnd(text, columns)).toBe(cut)
  })

  test('keep the end of a path', () => {
    expect(cutStart('/home/ada/.ai-costs/sessions.jsonl', 16)).toBe('…/sessions.jsonl')
  })

  test('are exact after padding, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 40 }), (text, columns) => {
        expect(textWidth(padEnd(text, columns))).toBe(columns)
        expect(textWidth(padStart(text, columns))).toBe(columns)
      }),
    )
  })

  test.each([
    ['one two three', 20, 3, ['one two three']],
    ['one two three', 8, 3, ['one two', 'three']],
    ['one two three', 8, 1, ['one two…']],
    ['incomprehensible', 6, 2, ['incom…']],
    ['anything', 0, 3, []],
  ])('break %j at %s columns into %s lines between words', (text, columns, rows, lines) => {
    expect(wrapText(text, columns, rows, '…')).toEqual(lines)
  })
})

describe('sparkline', () => {
  test.each([
    [[], ''],
    [[0n, 0n], '▁▁'],
    [[0n, 1n, 7n], '▁▂█'],
    [[1n, 1_000_000n], '▂█'],
    [[-5n, 4n, 8n], '▁▅█'],
  ])('draws %s as %s: something is always more than nothing', (values, line) => {
    expect(sparkline(values, false)).toBe(line)
  })

  test('needs nothing but ASCII where nothing else can be shown', () => {
    expect(sparkline([0n, 1n, 4n, 7n], true)).toBe('_.=#')
  })
})

describe('names', () => {
  test('are harmless, and ASCII where nothing else can be shown', () => {
    expect(nameText('Grüße\u001b[31m', false)).toBe('Grüße\\x1b[31m')
    expect(nameText('Grüße\u001b[31m', true)).toBe('Gr??e\\x1b[31m')
  })

  test.each([
    ['claude-opus-5', 'opus-5'],
    ['gpt-5.1-codex', 'gpt-5.1-codex'],
    ['claude-', 'claude-'],
  ])('of models lose the common maker: %s', (model, short) => {
    expect(shortModel(model)).toBe(short)
  })

  test('of sessions are their first six characters, or their last six when the first ones are shared', () => {
    const ids = ['8be02f41-aaaa', '0193f2aa-1111', '0193f2ab-2222']
    expect([...shortIds(ids).values()]).toEqual(['8be02f', 'a-1111', 'b-2222'].map((id, i) => (i === 0 ? id : id.slice(0))))
  })
})
