import { expect, it } from 'vitest'
import { Playback } from '../../src/commands/playback.ts'
import { simulateDay } from '../../src/core/simulated-day.ts'
import { type FakeSystem, LEDGER, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { instant } from '../kit/fold-lines.ts'

const PLACE = { directory: `${PROJECT}/.ai-costs`, path: LEDGER, projectDirectory: PROJECT, explicit: true }
const DAY = simulateDay(instant('2025-12-15'))

function lines(system: FakeSystem): { readonly timestamp: string; readonly cost_usd: number }[] {
  const text = system.texts.get(LEDGER) ?? ''
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
}

it('appends each record once, priced, when its instant has come', () => {
  const system = fakeSystem()
  const playback = new Playback(DAY, PLACE, system)
  playback.playUntil(DAY.start - 1)
  const history = lines(system).length
  expect(history).toBe(DAY.records.filter(({ timestamp }) => (timestamp ?? 0) < DAY.start).length)
  for (let now = DAY.start; now <= DAY.end; now += 600_000) {
    playback.playUntil(now)
    expect(playback.now).toBe(now)
    expect(instant(lines(system).at(-1)?.timestamp ?? '')).toBeLessThanOrEqual(now)
  }
  expect(lines(system)).toHaveLength(DAY.records.length)
  expect(lines(system).every(({ cost_usd }) => cost_usd > 0)).toBe(true)
})

it('plays eight minutes a second, tells each minute, and stops by itself when the day is over', () => {
  const frames: (() => void)[] = []
  let stopped = 0
  const every = (milliseconds: number, task: () => void): (() => void) => {
    expect(milliseconds).toBe(200)
    frames.push(task)
    return () => void stopped++
  }
  const system = { ...fakeSystem(), scheduler: { every, soon: () => {} } }
  const playback = new Playback(DAY, PLACE, system)
  let minutes = 0
  playback.start(() => void minutes++)
  const pass = (count: number): void => Array.from({ length: count }).forEach(() => frames[0]?.())
  pass(5)
  expect(playback.now).toBe(DAY.start + 8 * 60_000)
  expect(minutes).toBe(5)
  expect(stopped).toBe(0)
  pass((10 * 60 * 60) / 96 - 5)
  expect(playback.now).toBe(DAY.end)
  expect(stopped).toBe(1)
})
