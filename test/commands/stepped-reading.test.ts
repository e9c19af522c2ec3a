import { describe, expect, it } from 'vitest'
import { SteppedReading } from '../../src/commands/stepped-reading.ts'
import { Unreadable } from '../../src/system/file-system.ts'
import type { Look } from '../../src/system/ledger-reader.ts'
import { foldLines } from '../kit/fold-lines.ts'

const look = (changed: boolean): Look => ({ fold: foldLines([]), changed, doubtful: false })

/** Yields the shares, then ends as it is told. */
function* steps(shares: readonly number[], end: () => Look): Generator<number, Look> {
  for (const share of shares) yield share
  return end()
}

function aReading() {
  const story: string[] = []
  const waiting: (() => void)[] = []
  const reading = new SteppedReading(
    { soon: (task) => void waiting.push(task) },
    {
      onProgress: (share) => story.push(`progress ${share}`),
      onRead: ({ changed }) => story.push(changed ? 'read news' : 'read nothing new'),
      onFailed: ({ message }) => story.push(`failed: ${message}`),
    },
  )
  const finish = (): void => {
    while (waiting.length > 0) waiting.shift()?.()
  }
  return { reading, story, finish }
}

const fail = (): Look => {
  throw new Unreadable('/x', 'is gone', 'bring it back')
}

const mistake = (): Look => {
  throw new TypeError('ours')
}

describe('a reading', () => {
  it.each([true, false])('of one step is over at once, and tells whether there was news: %s', (changed) => {
    const { reading, story } = aReading()
    expect(reading.begin(steps([], () => look(changed)))).toBe(changed)
    expect(reading.isUnderWay).toBe(false)
    expect(story).toEqual([changed ? 'read news' : 'read nothing new'])
  })

  it('of many steps tells how far it is, and lets others have their turn', () => {
    const { reading, story, finish } = aReading()
    expect(reading.begin(steps([0.3, 0.6], () => look(true)))).toBe(true)
    expect(reading.isUnderWay).toBe(true)
    expect(story).toEqual(['progress 0.3'])
    finish()
    expect(reading.isUnderWay).toBe(false)
    expect(story).toEqual(['progress 0.3', 'progress 0.6', 'progress null', 'read news'])
  })

  it('that fails says why, and another may begin', () => {
    const { reading, story, finish } = aReading()
    expect(reading.begin(steps([], fail))).toBe(false)
    reading.begin(steps([0.5], fail))
    finish()
    expect(story).toEqual(['failed: is gone', 'progress 0.5', 'progress null', 'failed: is gone'])
    expect(reading.begin(steps([], () => look(true)))).toBe(true)
  })

  it('gives up what was being read before', () => {
    const { reading, story, finish } = aReading()
    reading.begin(steps([0.1], fail))
    reading.begin(steps([0.2], () => look(true)))
    finish()
    expect(story).toEqual(['progress 0.1', 'progress 0.2', 'progress null', 'read news'])
  })

  it('that was stopped says nothing more', () => {
    const { reading, story, finish } = aReading()
    reading.begin(steps([0.1], () => look(true)))
    reading.stop()
    finish()
    expect(reading.isUnderWay).toBe(false)
    expect(story).toEqual(['progress 0.1'])
  })

  it('throws what is no trouble of the ledger, but a mistake of ours', () => {
    expect(() => aReading().reading.begin(steps([], mistake))).toThrow(TypeError)
  })
})
