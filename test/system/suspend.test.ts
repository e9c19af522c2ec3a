import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { suspendJob } from '../../src/system/suspend.ts'

const heard: string[] = []
const listener = (): void => void heard.push('SIGTSTP')

afterEach(() => {
  process.off('SIGTSTP', listener)
})

describe('a stop of the job', () => {
  it('is not heard by us, or it would not stop us, and the next one is', async () => {
    process.on('SIGTSTP', listener)
    let during = -1
    await suspendJob(() => {
      during = process.listenerCount('SIGTSTP')
      process.emit('SIGCONT')
    })
    expect(during).toBe(0)
    expect(process.listeners('SIGTSTP')).toEqual([listener])
  })

  it('that nothing comes of is over soon', async () => {
    await suspendJob(() => {})
    expect(process.listenerCount('SIGCONT')).toBe(0)
  })

  it('leaves as many listeners as there were, however late the process goes on', async () => {
    process.on('SIGTSTP', listener)
    // Due behind the timer that gives up waiting, in the same turn, as after a long stop.
    await suspendJob(() => void setTimeout(() => process.emit('SIGCONT'), 100))
    await turn()
    expect(process.listeners('SIGTSTP')).toEqual([listener])
    expect(process.listenerCount('SIGCONT')).toBe(0)
  })
})
