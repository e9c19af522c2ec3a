import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type WatchHandlers, systemWatcher } from '../../src/system/watcher.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const NOWHERE = '/nowhere/.ai-costs'

/** Handlers that count how often they were called. */
function handlers(look: () => boolean = () => false) {
  return {
    look: vi.fn<() => boolean>(look),
    wake: vi.fn<() => void>(),
    minute: vi.fn<() => void>(),
    onDeaf: vi.fn<(reason: string) => void>(),
  } satisfies WatchHandlers
}

describe('without a single event', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_765_809_000_000 }))
  afterEach(() => void vi.useRealTimers())

  it('looks every 500 ms', () => {
    const heard = handlers()
    const stop = systemWatcher.watch(() => NOWHERE, null, heard)
    vi.advanceTimersByTime(499)
    expect(heard.look).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(heard.look).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(9500)
    expect(heard.look).toHaveBeenCalledTimes(20)
    stop()
  })

  it('after a find looks every 10 ms, until nothing has come for 100 ms', () => {
    let left = 3
    const heard = handlers(() => left-- > 0)
    const stop = systemWatcher.watch(() => NOWHERE, null, heard)
    vi.advanceTimersByTime(500)
    const first = heard.look.mock.calls.length
    vi.advanceTimersByTime(300)
    // Two more finds, and then every 10 ms of the 100 that must be quiet.
    expect(heard.look.mock.calls.length - first).toBeGreaterThanOrEqual(10)
    expect(heard.look.mock.calls.length - first).toBeLessThanOrEqual(14)
    const settled = heard.look.mock.calls.length
    vi.advanceTimersByTime(150)
    expect(heard.look).toHaveBeenCalledTimes(settled)
    stop()
  })

  it('goes on looking as long as every look finds something', () => {
    const heard = handlers(() => true)
    const stop = systemWatcher.watch(() => NOWHERE, null, heard)
    vi.advanceTimersByTime(1500)
    expect(heard.look.mock.calls.length).toBeGreaterThan(90)
    stop()
  })

  it('tells each full minute of its clock, and nothing in between', () => {
    const heard = handlers()
    vi.setSystemTime(1_765_809_000_000 + 42_000)
    const stop = systemWatcher.watch(
      () => NOWHERE,
      () => Date.now(),
      heard,
    )
    vi.advanceTimersByTime(17_999)
    expect(heard.minute).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(heard.minute).toHaveBeenCalledTimes(1)
    expect(Date.now() % 60_000).toBe(0)
    vi.advanceTimersByTime(59_999)
    expect(heard.minute).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1)
    expect(heard.minute).toHaveBeenCalledTimes(2)
    stop()
  })

  it('tells no minutes of a clock that stands still', () => {
    const heard = handlers()
    const stop = systemWatcher.watch(() => NOWHERE, null, heard)
    vi.advanceTimersByTime(180_000)
    expect(heard.minute).not.toHaveBeenCalled()
    stop()
  })

  it('wakes after a sleep, before it looks', () => {
    const order: string[] = []
    const heard = handlers(() => order.push('look') === 0)
    heard.wake.mockImplementation(() => void order.push('wake'))
    const clock = vi.spyOn(performance, 'now')
    const stop = systemWatcher.watch(() => NOWHERE, null, heard)
    const slept = performance.now() + 9 * 3_600_000
    clock.mockReturnValue(slept)
    vi.advanceTimersByTime(500)
    expect(order).toEqual(['wake', 'look'])
    clock.mockRestore()
    stop()
  })

  it('leaves no timer behind', () => {
    const heard = handlers(() => true)
    const stop = systemWatcher.watch(
      () => NOWHERE,
      () => Date.now(),
      heard,
    )
    vi.advanceTimersByTime(505)
    expect(vi.getTimerCount()).toBeGreaterThan(0)
    stop()
    expect(vi.getTimerCount()).toBe(0)
    const looks = heard.look.mock.calls.length
    vi.advanceTimersByTime(120_000)
    expect(heard.look).toHaveBeenCalledTimes(looks)
  })
})

it('hears of a directory that appears later, and then of each append sooner than the next poll', async () => {
  const directory = join(temporaryDirectory(), '.ai-costs')
  const heard = handlers()
  const stop = systemWatcher.watch(() => directory, null, heard)
  mkdirSync(directory)
  // Until chokidar listens, only the poll looks: once in 500 ms, so two looks within 200 ms come from an event.
  await vi.waitFor(
    async () => {
      const before = heard.look.mock.calls.length
      writeFileSync(join(directory, 'sessions.jsonl'), '{}\n', { flag: 'a' })
      await vi.waitFor(() => expect(heard.look.mock.calls.length).toBeGreaterThan(before + 3), {
        timeout: 200,
      })
    },
    { timeout: 10_000 },
  )
  expect(heard.onDeaf).not.toHaveBeenCalled()
  stop()
})
