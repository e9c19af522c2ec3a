import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lineText } from '../../src/formats/line.ts'
import { createCanvas } from '../../src/tui/canvas.ts'
import { openPane } from '../../src/tui/run.ts'
import type { Frame } from '../../src/tui/view.ts'
import { aDashboard, BERLIN, NOW, spend } from './a-dashboard.ts'
import { fakeTerminal } from './fake-terminal.ts'

const MINUTE = 60_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function open(look: { colour?: boolean } = {}) {
  const fake = fakeTerminal(80, 24, look)
  const saved: Frame[] = []
  const pane = openPane(fake.terminal, {
    calendarIn: () => BERLIN,
    now: NOW,
    dashboard: aDashboard(),
    onReread: () => {},
    onSnooze: () => {},
    onDismiss: () => {},
    onAsk: () => {},
    onSave: (screen) => saved.push(screen),
  })
  /** What is written because of something, and what follows from it. */
  const writtenBy = async (doing: () => void): Promise<string> => {
    await settle()
    const before = fake.written().length
    doing()
    await settle()
    return fake.written().slice(before)
  }
  return { fake, pane, saved, writtenBy }
}

async function settle(): Promise<void> {
  vi.advanceTimersByTime(100)
  // oxlint-disable-next-line no-await-in-loop
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
  vi.advanceTimersByTime(100)
}

// oxlint-disable no-control-regex
const FRAME = /\u001b\[\?2026h(.*?)\u001b\[\?2026l/gs
const framesIn = (bytes: string) => [...bytes.matchAll(FRAME)].map(([, frame]) => frame ?? '')
const rowsIn = (bytes: string) => [...bytes.matchAll(/\u001b\[(\d+)H/g)].map(([, row]) => Number(row))

describe('the pane writes', () => {
  test('the rows that a minute changes: the clock, and the time that is left', async () => {
    const { pane, writtenBy } = open()
    expect(rowsIn(await writtenBy(() => pane.tick(NOW + MINUTE)))).toEqual([1, 4])
    pane.close()
  })

  test('one frame for all that comes together', async () => {
    const { fake, pane, writtenBy } = open()
    const bytes = await writtenBy(() => {
      pane.tick(NOW + MINUTE)
      pane.banner({ kind: 'notice', text: 'snoozed' })
      pane.show(aDashboard({ spent: { daily: spend('8.20') } }))
    })
    expect(framesIn(bytes)).toHaveLength(1)
    expect(framesIn(await writtenBy(() => void fake.type('222?')))).toHaveLength(1)
    pane.close()
  })

  test('nothing but frames between taking the screen and giving it back', async () => {
    const { fake, pane, writtenBy } = open({ colour: true })
    await writtenBy(() => void fake.type('2?'))
    fake.resize(60, 20)
    await settle()
    pane.close()
    const enter = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J\u001b[H'
    const leave = '\u001b[?7h\u001b[?25h\u001b[?1049l'
    expect(fake.written().replaceAll(FRAME, '')).toBe(enter + leave)
  })

  test('on an erased screen once after a resize, and after a stop that came between', async () => {
    const { fake, pane, writtenBy } = open()
    expect((await writtenBy(() => fake.resize(60, 20))).split('\u001b[2J')).toHaveLength(2)
    expect(await writtenBy(() => pane.tick(NOW + MINUTE))).not.toContain('\u001b[2J')
    await writtenBy(() => void fake.type('\u001a'))
    const back = await writtenBy(() => {
      fake.resize(80, 24)
      fake.goOn()
    })
    expect(back.split('\u001b[2J')).toHaveLength(2)
    expect(await writtenBy(() => pane.tick(NOW + 2 * MINUTE))).not.toContain('\u001b[2J')
    pane.close()
  })

  test('every row in a new theme, and nothing for the theme that it has', async () => {
    const { pane, writtenBy } = open({ colour: true })
    const style = { theme: 'light', mouse: false, reducedMotion: false } as const
    expect(rowsIn(await writtenBy(() => pane.style(style)))).toHaveLength(24)
    expect(await writtenBy(() => pane.style(style))).toBe('')
    pane.close()
  })

  test('a copy of the screen that the keys before it have led to', async () => {
    const { fake, pane, saved, writtenBy } = open()
    await writtenBy(() => void fake.type('?w'))
    expect(saved[0]?.map(lineText)).toContain(' Keys')
    pane.close()
  })
})

test('a row is erased before it is written: behind a full one some terminals would erase its last character', () => {
  const { terminal, written } = fakeTerminal(4, 2)
  const canvas = createCanvas(terminal)
  canvas.enter()
  canvas.draw([{ row: 1, text: 'full' }])
  expect(written().endsWith('\u001b[2H\u001b[Kfull\u001b[H\u001b[?2026l')).toBe(true)
})

test('a row that is wider than we think stays in its own', async () => {
  const { terminal, screen } = fakeTerminal(6, 3)
  const canvas = createCanvas(terminal)
  canvas.enter()
  canvas.draw([{ row: 1, text: 'second' }])
  canvas.draw([{ row: 0, text: 'first and more' }])
  canvas.draw([{ row: 2, text: 'third and more' }])
  expect(screen().map((line) => line.slice(0, 5))).toEqual(['first', 'secon', 'third'])
})

test('what somebody else writes to the terminal scrolls nothing away', () => {
  const { terminal, screen } = fakeTerminal(6, 2)
  const canvas = createCanvas(terminal)
  canvas.enter()
  canvas.draw([
    { row: 0, text: 'first' },
    { row: 1, text: 'second' },
  ])
  terminal.stdout.write('mail\r\n')
  expect(screen()).toEqual(['mailt', 'second'])
})

test('nobody but us hears of a resize: Ink would lay an old frame out at the new size', () => {
  const { fake, pane } = open()
  expect(fake.terminal.stdout.listenerCount('resize')).toBe(0)
  pane.close()
})
