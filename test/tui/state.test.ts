import { describe, expect, test } from 'vitest'
import { initialState, type PaneState } from '../../src/tui/pane-state.ts'
import { type Action, reduce } from '../../src/tui/state.ts'
import { aDashboard, NOW } from './a-dashboard.ts'

const MINUTE = 60_000
const dashboard = aDashboard()
const start = initialState(null, NOW, { columns: 80, rows: 24 })
const banner = { kind: 'error', text: 'cost-limits.yaml:3: …' } as const

const STEPS: readonly (readonly [promise: string, action: Action, change: Partial<PaneState>])[] = [
  ['keeps the newest numbers', { kind: 'dashboard-arrived', dashboard }, { dashboard }],
  ['sets a banner', { kind: 'banner-set', banner }, { banner }],
  ['clears the banner', { kind: 'banner-cleared' }, { banner: null }],
  ['notes how much has been read', { kind: 'progress-made', share: 0.4 }, { progress: 0.4 }],
  ['moves the clock', { kind: 'ticked', now: NOW + MINUTE }, { now: NOW + MINUTE }],
  [
    'takes a new size',
    { kind: 'resized', size: { columns: 40, rows: 12 } },
    { size: { columns: 40, rows: 12 } },
  ],
  ['opens the help', { kind: 'commanded', command: 'show-help' }, { screen: 'help' }],
  ['closes the help', { kind: 'commanded', command: 'close-help' }, {}],
]

describe('reduce', () => {
  test.each(STEPS)('%s and changes nothing else', (_promise, action, change) => {
    expect(reduce(start, action)).toEqual({ ...start, ...change })
  })

  test('takes the clock of newer numbers, never an older one', () => {
    const later = aDashboard({ snapshot: { asOf: NOW + MINUTE } })
    const earlier = aDashboard({ snapshot: { asOf: NOW - MINUTE } })
    expect(reduce(start, { kind: 'dashboard-arrived', dashboard: later }).now).toBe(NOW + MINUTE)
    expect(reduce(start, { kind: 'dashboard-arrived', dashboard: earlier }).now).toBe(NOW)
  })

  test('keeps the numbers under a banner', () => {
    const shown = reduce(start, { kind: 'dashboard-arrived', dashboard })
    expect(reduce(shown, { kind: 'banner-set', banner }).dashboard).toBe(dashboard)
  })
})
