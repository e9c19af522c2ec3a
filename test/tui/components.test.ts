import { render } from 'ink-testing-library'
import { createElement } from 'react'
import { describe, expect, onTestFinished, test } from 'vitest'
import { BLANK, span } from '../../src/formats/line.ts'
import { KeyListener } from '../../src/tui/components/key-listener.tsx'
import { Rows } from '../../src/tui/components/rows.tsx'
import { drawRows } from '../../src/tui/draw-rows.ts'
import { themeOf } from '../../src/tui/theme.ts'

const THEME = themeOf(true, 'auto')
const LINES = [[span('Daily', 'title'), span(' $8.10')], BLANK, [span('世界 '), span('é')]]

describe('rows', () => {
  test('stand below each other, empty ones too', () => {
    const { lastFrame, unmount } = render(
      createElement(Rows, { lines: LINES, theme: themeOf(false, 'auto') }),
    )
    onTestFinished(unmount)
    expect(lastFrame()).toBe('Daily $8.10\n\n世界 é')
  })

  test('are drawn where they differ from those before', () => {
    const before = [LINES[0]!, [span('old')], LINES[2]!]
    expect(drawRows(LINES, before, THEME, 80)).toEqual([{ row: 1, text: '' }])
  })

  test('are drawn whole when nothing is known of what stands there', () => {
    expect(drawRows(LINES, [], themeOf(false, 'auto'), 80).map(({ text }) => text)).toEqual([
      'Daily $8.10',
      '',
      '世界 é',
    ])
  })

  test('that are all the same need no drawing', () => {
    expect(drawRows(LINES, structuredClone(LINES), THEME, 80)).toEqual([])
  })
})

describe('the listener for keys', () => {
  test.each([
    ['j', ['j']],
    ['\u001b[A', ['up']],
    ['jk?', ['j', 'k', '?']],
    ['\u001b[<65;10;10M', ['wheel-down']],
    ['\u0003', ['ctrl-c']],
  ])('shows nothing, and hears %j', (typed, keys) => {
    const heard: string[] = []
    const onKey = (key: string): void => void heard.push(key)
    const { stdin, lastFrame, unmount } = render(createElement(KeyListener, { onKey }))
    onTestFinished(unmount)
    stdin.write(typed)
    expect(heard).toEqual(keys)
    expect(lastFrame()?.trim()).toBe('')
  })
})
