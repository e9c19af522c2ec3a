import { describe, expect, test } from 'vitest'
import type { PaneState } from '../../src/tui/pane-state.ts'
import { questionOf, selectedRow, shownLists, shownRows, viewNameOf } from '../../src/tui/selectors.ts'
import { reduce } from '../../src/tui/state.ts'
import { SESSIONS } from './a-dashboard.ts'
import { afterKeys, start } from './pressing.ts'
import { anAnswer } from './screen-data.ts'

/** The short names of the rows that are shown, the selected one in brackets. */
function rowsOf(state: PaneState): string[] {
  const name = viewNameOf(state)
  const rows = shownRows(state)
  const selected = name === null ? -1 : selectedRow(rows, state.views[name])
  return rows.map(({ key }, nth) => (nth === selected ? `[${key.slice(0, 4)}]` : key.slice(0, 4)))
}

describe('screens', () => {
  test.each([
    [['2'], 'sessions'],
    [['6'], 'alerts'],
    [['tab'], 'sessions'],
    [['shift-tab'], 'alerts'],
    [['5', 'tab', 'tab'], 'now'],
    [['3', '?'], 'help'],
    [['3', '?', 'esc'], 'models'],
    [['3', '?', '?'], 'models'],
    [['3', '?', 'tab'], 'projects'],
    [['2', 'enter', '4'], 'projects'],
  ] as const)('%j leads to %s', (keys, screen) => {
    expect(afterKeys(keys).screen).toBe(screen)
  })

  test('ask for nothing but what they show', () => {
    expect(questionOf(afterKeys(['1']))).toBeNull()
    expect(questionOf(afterKeys(['?']))).toBeNull()
    expect(questionOf(afterKeys(['3', 't']))).toEqual({ screen: 'models', period: 'week', session: null })
    expect(questionOf(afterKeys(['t', '5']))).toEqual({ screen: 'history', period: 'all', session: null })
    expect(questionOf(afterKeys(['2', 'j', 'enter']))).toMatchObject({ session: SESSIONS[1]?.id })
  })

  test('go through the periods and begin again', () => {
    const periods = [0, 1, 2, 3, 4].map((times) => afterKeys(['2', ...Array(times).fill('t')]).period)
    expect(periods).toEqual(['today', 'week', 'month', 'all', 'today'])
  })
})

describe('rows', () => {
  test.each([
    [['2'], ['[8be0]', '3f9c', 'c01d', '77ab']],
    [
      ['2', 'j'],
      ['8be0', '[3f9c]', 'c01d', '77ab'],
    ],
    [
      ['2', 'k'],
      ['[8be0]', '3f9c', 'c01d', '77ab'],
    ],
    [
      ['2', 'G'],
      ['8be0', '3f9c', 'c01d', '[77ab]'],
    ],
    [
      ['2', 'G', 'j'],
      ['8be0', '3f9c', 'c01d', '[77ab]'],
    ],
    [
      ['2', 'G', 'g'],
      ['[8be0]', '3f9c', 'c01d', '77ab'],
    ],
    [
      ['2', 'pagedown'],
      ['8be0', '3f9c', 'c01d', '[77ab]'],
    ],
    [
      ['2', 'S'],
      ['[77ab]', 'c01d', '3f9c', '8be0'],
    ],
    [
      ['2', 'wheel-down', 'wheel-down', 'wheel-up'],
      ['8be0', '[3f9c]', 'c01d', '77ab'],
    ],
    [
      ['2', 's', 's'],
      ['[3f9c]', '77ab', '8be0', 'c01d'],
    ],
    [
      ['2', 's', 's', 'S'],
      ['[c01d]', '8be0', '77ab', '3f9c'],
    ],
  ] as const)('after %j: %j', (keys, rows) => {
    expect(rowsOf(afterKeys(keys))).toEqual(rows)
  })

  test('stay selected when they move', () => {
    const chosen = afterKeys(['2', 'j'])
    expect(rowsOf(afterKeys(['S'], chosen))).toEqual(['77ab', 'c01d', '[3f9c]', '8be0'])
  })

  test('of all lists are gone through one after the other', () => {
    expect(rowsOf(afterKeys(['4', 'j', 'j']))).toEqual(['proj', 'proj', '[tool]'])
  })
})

describe('the filter', () => {
  test.each([
    [['/', 'i', 'n', 'f', 'r', 'a'], 1],
    [['/', 'I', 'N', 'F'], 1],
    [['/', 'x', 'y', 'z'], 0],
    [['/', 'x', 'backspace'], 4],
    [['/', 'x', 'y', 'ctrl-u'], 4],
    [['/', 'o', 'p', 'u', 's', 'enter'], 1],
    [['/', 'o', 'p', 'u', 's', 'esc'], 4],
    [['/', 'o', 'p', 'u', 's', 'enter', 'esc'], 4],
    [['/', 'q', '2', 'tab', 'up'], 0],
  ] as const)('%j leaves %i rows', (keys, rows) => {
    expect(shownLists(afterKeys(['2', ...keys]))[0]?.rows).toHaveLength(rows)
  })

  test('and the order survive a look at other screens, each with its own', () => {
    const state = afterKeys(['2', '/', 'o', 'p', 'u', 's', 'enter', 's', '3', '1', '2'])
    expect(state.views.sessions).toMatchObject({ filter: 'opus', sort: 'cost_usd' })
    expect(state.views.models).toMatchObject({ filter: '', sort: null })
    expect(rowsOf(state)).toEqual(['[8be0]'])
  })

  test('has an end, however much is pasted', () => {
    const state = afterKeys(['2', '/', ...Array(500).fill('x')])
    expect(state.views.sessions.filter).toHaveLength(100)
  })
})

describe('an answer', () => {
  test('to another screen is not shown', () => {
    const models = anAnswer({ screen: 'models', period: 'today', session: null })
    const state = reduce({ ...start(), screen: 'sessions' }, { kind: 'data-arrived', data: models })
    expect(shownLists(state)).toEqual([])
  })

  test('for another period stands in until the right one comes', () => {
    const before = afterKeys(['2'])
    const asking = reduce(before, { kind: 'commanded', command: 'period' })
    expect(shownLists(asking)).toEqual(shownLists(before))
  })
})
