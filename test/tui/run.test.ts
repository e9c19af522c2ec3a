import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lineText } from '../../src/formats/line.ts'
import type { Pane } from '../../src/tui/pane.ts'
import { openPane } from '../../src/tui/run.ts'
import { initialState } from '../../src/tui/pane-state.ts'
import { frameOf } from '../../src/tui/view.ts'
import { aDashboard, BERLIN, NOW, spend } from './a-dashboard.ts'
import { fakeTerminal } from './fake-terminal.ts'

const MINUTE = 60_000
const LEAVE = '\u001b[?7h\u001b[?25h\u001b[?1049l'

// The emulator parses by this clock; nothing here waits for real time.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function open(columns = 80, rows = 24, look: { ascii?: boolean; colour?: boolean } = {}) {
  const fake = fakeTerminal(columns, rows, look)
  const asked: string[] = []
  const pane = openPane(fake.terminal, {
    calendarIn: () => BERLIN,
    now: NOW,
    dashboard: aDashboard(),
    onReread: () => asked.push('reread'),
    onSnooze: () => asked.push('snooze'),
    onDismiss: () => asked.push('dismiss'),
    onAsk: () => {},
    onSave: (_screen, kind) => asked.push(kind),
  })
  return { fake, pane, asked }
}

function expectedScreen(columns: number, rows: number): string[] {
  const frame = frameOf(initialState(aDashboard(), NOW, { columns, rows }), BERLIN, false)
  const lines = frame.map((line) => lineText(line).trimEnd())
  return [...lines, ...Array.from({ length: rows - lines.length }, () => '')]
}

/** Lets frames be painted and React's effects run. */
async function settle(): Promise<void> {
  vi.advanceTimersByTime(100)
  // Each effect may cause another, so the turns must follow each other.
  // oxlint-disable-next-line no-await-in-loop
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
  vi.advanceTimersByTime(100)
}

async function pressed(fake: ReturnType<typeof fakeTerminal>, keys: string): Promise<void> {
  await settle()
  fake.type(keys)
  await settle()
}

describe('the open pane', () => {
  test('shows the frame in the alternate screen', async () => {
    const { fake, pane } = open()
    expect(fake.isAlternate()).toBe(true)
    expect(fake.screen()).toEqual(expectedScreen(80, 24))
    pane.close()
  })

  test('writes nothing when new numbers look the same, and something when they do not', async () => {
    const { fake, pane } = open()
    await settle()
    const before = fake.written().length
    pane.show(aDashboard())
    pane.tick(NOW)
    pane.banner(null)
    await settle()
    expect(fake.written().length).toBe(before)
    pane.show(aDashboard({ spent: { daily: spend('8.20') } }))
    await settle()
    expect(fake.screen().join('\n')).toContain('$8.20')
    pane.close()
  })

  test('moves the clock on a tick', async () => {
    const { fake, pane } = open()
    pane.tick(NOW + MINUTE)
    await settle()
    expect(fake.screen()[0]).toContain('14:03')
    pane.close()
  })

  test('leaves nothing of a longer frame behind', async () => {
    const { fake, pane } = open()
    pane.banner({ kind: 'error', text: 'a remark so long that it takes rows of its own. '.repeat(4) })
    await settle()
    pane.banner(null)
    await settle()
    expect(fake.screen()).toEqual(expectedScreen(80, 24))
    pane.close()
  })

  test.each([
    [50, 20],
    [100, 10],
    [29, 5],
    [200, 60],
    [80, 8],
  ])('looks after a resize to %s×%s as if it had been opened there', async (columns, rows) => {
    const { fake, pane } = open()
    await settle()
    fake.resize(columns, rows)
    await settle()
    expect(fake.screen()).toEqual(expectedScreen(columns, rows))
    pane.close()
  })

  test('comes through a storm of sizes, also impossible ones', async () => {
    const { fake, pane } = open()
    for (const [columns, rows] of [
      [1, 1],
      [0, 0],
      [5, 3],
      [20, 5],
      [1, 60],
      [200, 1],
      [80, 24],
    ] as const) {
      fake.resize(columns, rows)
    }
    await settle()
    expect(fake.screen()).toEqual(expectedScreen(80, 24))
    pane.close()
  })

  test('never erases the scrollback and never uses colours when there are none', async () => {
    const { fake, pane } = open()
    await settle()
    fake.resize(80, 10)
    await settle()
    fake.resize(80, 30)
    await settle()
    pane.close()
    expect(fake.written()).not.toContain('\u001b[3J')
    // oxlint-disable-next-line no-control-regex
    expect(fake.written()).not.toMatch(/\u001b\[[\d;]*m/)
  })

  test('lets no escape sequence of a foreign name reach the terminal', async () => {
    const { fake, pane } = open()
    pane.show(aDashboard({ dashboard: { project: '\u001b]52;c;aGk=\u0007' } }))
    await settle()
    pane.close()
    expect(fake.written()).not.toContain('\u001b]52')
    expect(fake.written()).toContain('\\x1b]52')
  })
})

describe('keys', () => {
  test('open and close the help', async () => {
    const { fake, pane } = open()
    await pressed(fake, '?')
    expect(fake.screen()).toContain(' Keys')
    await pressed(fake, '\u001b')
    expect(fake.screen()).toEqual(expectedScreen(80, 24))
    pane.close()
  })

  test('ask for a new reading', async () => {
    const { fake, pane, asked } = open()
    await pressed(fake, 'r')
    expect(asked).toEqual(['reread'])
    pane.close()
  })

  test('draw the screen again after something else was written there', async () => {
    const { fake, pane } = open()
    await settle()
    fake.terminal.stdout.write('\u001b[5;1Hmail has come\r\n\u001b[?25h')
    await pressed(fake, '\u000c')
    expect(fake.screen()).toEqual(expectedScreen(80, 24))
    pane.close()
  })

  test('snooze alerts, and put away the one that is shown', async () => {
    const { fake, pane, asked } = open()
    await pressed(fake, 'z')
    await pressed(fake, '\u001b')
    expect(asked).toEqual(['snooze', 'dismiss'])
    pane.close()
  })

  test('typed fast all count', async () => {
    const { fake, pane, asked } = open()
    await pressed(fake, 'rr?')
    expect(asked).toHaveLength(2)
    expect(fake.screen()).toContain(' Keys')
    pane.close()
  })

  test.each([
    ['Ctrl-F1', '\u001b[1;5P'],
    ['a key nobody knows, with Ctrl', '\u001b[9;5~'],
    ['a pasted colour', '\u001b[31mr'],
  ])('that mean nothing do no harm: %s', async (_what, keys) => {
    const { fake, pane, asked } = open()
    await pressed(fake, keys)
    await pressed(fake, 'r')
    expect(asked.at(-1)).toBe('reread')
    pane.close()
    await pane.closed
  })

  test.each([false, undefined])('are not read from what is no terminal (%s)', async (isTTY) => {
    const fake = fakeTerminal(80, 24)
    Object.assign(fake.terminal.stdin, { isTTY })
    const pane = openPane(fake.terminal, {
      calendarIn: () => BERLIN,
      now: NOW,
      dashboard: null,
      onReread: () => {},
      onSnooze: () => {},
      onDismiss: () => {},
      onAsk: () => {},
      onSave: () => {},
    })
    await settle()
    expect(fake.rawModes).toEqual([])
    pane.close()
  })
})

describe('every way out restores the terminal', () => {
  test.each<[string, (fake: ReturnType<typeof fakeTerminal>, pane: Pane) => void | Promise<void>]>([
    ['close()', (_fake, pane) => pane.close()],
    ['q', (fake) => pressed(fake, 'q')],
    ['Ctrl-C', (fake) => pressed(fake, '\u0003')],
    ['a signal or the end of stdin', (fake) => fake.events()?.onClose()],
  ])('%s', async (_way, leave) => {
    const { fake, pane } = open()
    await settle()
    await leave(fake, pane)
    expect(fake.written().endsWith(LEAVE)).toBe(true)
    expect(fake.isAlternate()).toBe(false)
    expect(fake.rawModes.at(-1)).toBe(false)
    expect(fake.events()).toBeNull()
    await expect(pane.closed).resolves.toBeUndefined()
  })

  test('numbers that cannot be shown', async () => {
    const { fake, pane } = open()
    await settle()
    const broken = aDashboard()
    pane.show({
      ...broken,
      snapshot: { ...broken.snapshot, zone: 'No/Where' },
      get verdicts(): never {
        throw new Error('broken')
      },
    })
    await expect(pane.closed).rejects.toThrow('broken')
    expect(fake.written().endsWith(LEAVE)).toBe(true)
    expect(fake.rawModes.at(-1)).toBe(false)
  })

  test('closing twice, and any call after it, writes nothing more', async () => {
    const { fake, pane } = open()
    pane.close()
    const before = fake.written()
    pane.close()
    pane.show(aDashboard({ spent: { daily: spend('9') } }))
    pane.tick(NOW + MINUTE)
    await settle()
    expect(fake.written()).toBe(before)
    await pane.closed
  })
})

describe('Ctrl-Z', () => {
  test('leaves the screen and raw mode, and comes back to the newest numbers', async () => {
    const { fake, pane } = open()
    await pressed(fake, '\u001a')
    expect(fake.isAlternate()).toBe(false)
    expect(fake.rawModes.at(-1)).toBe(false)
    const before = fake.written()
    pane.show(aDashboard({ spent: { daily: spend('8.20') } }))
    await settle()
    expect(fake.written()).toBe(before)
    fake.goOn()
    await settle()
    expect(fake.isAlternate()).toBe(true)
    expect(fake.rawModes.at(-1)).toBe(true)
    expect(fake.screen().join('\n')).toContain('$8.20')
    await pressed(fake, 'q')
    await pane.closed
  })

  test('from outside does the same, and closing while stopped stays closed', async () => {
    const { fake, pane } = open()
    await settle()
    fake.events()?.onSuspend()
    expect(fake.isAlternate()).toBe(false)
    pane.close()
    fake.goOn()
    await settle()
    expect(fake.isAlternate()).toBe(false)
    await pane.closed
  })

  test('a stop that nobody announced is repaired afterwards', async () => {
    const { fake, pane } = open()
    await settle()
    fake.terminal.stdout.write('\u001b[?1049l$ shell prompt')
    fake.events()?.onResume()
    await settle()
    expect(fake.isAlternate()).toBe(true)
    expect(fake.screen()).toEqual(expectedScreen(80, 24))
    pane.close()
  })
})
