import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openPlainPane } from '../../src/tui/plain-pane.ts'
import { aDashboard, BERLIN, NOW, spend } from './a-dashboard.ts'
import { fakeTerminal } from './fake-terminal.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }))
afterEach(() => void vi.useRealTimers())

const nothing = (): void => {}

function open() {
  const fake = fakeTerminal(80, 24)
  const options = { onReread: nothing, onSnooze: nothing, onDismiss: nothing }
  const pane = openPlainPane(fake.terminal, {
    ...options,
    calendarIn: () => BERLIN,
    now: NOW,
    dashboard: null,
  })
  return { fake, pane }
}

test('says everything once, then only what has changed, and never a sequence', () => {
  const { fake, pane } = open()
  pane.show(aDashboard())
  const first = fake.written()
  expect(first).toContain('Daily')
  pane.show(aDashboard())
  expect(fake.written()).toBe(first)
  pane.show(aDashboard({ spent: { daily: spend('9.60') } }))
  expect(fake.written().slice(first.length)).toBe('Daily: $9.60 of $10.00, 96%, critical.\n')
  expect(fake.written()).not.toContain('\u001b')
})

test('says a remark once, however often it is set', () => {
  const { fake, pane } = open()
  pane.banner({ kind: 'error', text: 'cost-limits.yaml:3\nis\u001b[2J broken' })
  pane.banner({ kind: 'error', text: 'cost-limits.yaml:3\nis\u001b[2J broken' })
  pane.banner(null)
  expect(fake.written()).toBe('cost-limits.yaml:3 is\\x1b[2J broken\n')
})

test('ends when its terminal does', async () => {
  const { fake, pane } = open()
  fake.events()?.onClose()
  await pane.closed
  expect(fake.events()).toBeNull()
})
