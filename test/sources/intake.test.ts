import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'

import type { UsageRecord } from '../../src/core/record.ts'
import { claudeCode } from '../../src/sources/claude-code.ts'
import { Collapse } from '../../src/sources/collapse.ts'
import { Intake, noteSaved } from '../../src/sources/intake.ts'
import { Repeats } from '../../src/sources/repeats.ts'
import { Seen } from '../../src/sources/seen.ts'
import { usd } from '../kit/a-budget.ts'
import { type Telling, aTelling } from './a-telling.ts'

const R = 'claude-code:m'
const original = (request = 'q', record: Partial<UsageRecord> = {}): Telling => ({
  record: { id: `${R}:${request}`, outputTokens: 9, ...record },
  response: R,
})
const retelling = (record: Partial<UsageRecord> = {}): Telling => ({
  record: { id: R, outputTokens: 9, ...record },
  response: R,
})

/** What comes of passes, each an import of its own that goes on from what the last one had seen. */
function takeIn(...passes: readonly (readonly Telling[])[]) {
  const seen = new Seen()
  return passes.map((tellings) => {
    const intake = new Intake(seen)
    for (const telling of tellings) intake.add(aTelling(telling))
    return { news: intake.take(), counts: intake.counts, repeats: intake.repeats.count }
  })
}

const idsOf = (...tellings: readonly Telling[]) => takeIn(tellings)[0]?.news.map(({ record }) => record.id)

describe('one response', () => {
  test.each<[what: string, tellings: readonly Telling[], ids: readonly string[]]>([
    ['told twice is one', [original(), original()], [`${R}:q`]],
    ['retold is the original', [original(), retelling(), retelling()], [`${R}:q`]],
    ['that was retried was paid twice', [original('q'), original('p')], [`${R}:q`, `${R}:p`]],
    [
      'that was retried and retold was paid twice',
      [original('q'), original('p'), retelling()],
      [`${R}:q`, `${R}:p`],
    ],
    ['that is only retold counts', [retelling(), retelling()], [R]],
    ['whose retelling came first keeps its id', [retelling(), original()], [R]],
  ])('%s', (_, tellings, ids) => {
    expect(idsOf(...tellings)).toEqual(ids)
    // And the same if each of them comes in an import of its own.
    expect(
      takeIn(...tellings.map((one) => [one])).flatMap(({ news }) => news.map(({ record }) => record.id)),
    ).toEqual(ids)
  })

  it('is news again when a count has grown, and says that it is no new one', () => {
    const [first, second, third] = takeIn([original()], [original('q', { outputTokens: 10 })], [original()])
    expect(first?.news).toMatchObject([{ isUpdate: false }])
    expect(second?.news).toMatchObject([{ isUpdate: true, record: { outputTokens: 10 } }])
    expect(third?.news).toEqual([])
  })

  it('is news when its retelling came first and it tells more', () => {
    const [, second] = takeIn([retelling()], [original('q', { outputTokens: 10 })])
    expect(second?.news).toMatchObject([{ record: { id: R, outputTokens: 10 } }])
  })

  test.each<[what: string, more: Partial<UsageRecord>, isNews: boolean]>([
    ['input', { inputTokens: 1 }, true],
    ['a cache read', { cacheReadTokens: 1 }, true],
    ['a cache write', { cacheWriteTokens: 1 }, true],
    ['how much of a cache write is for an hour', { cacheWrite1hTokens: 1 }, true],
    ['a search', { webSearchRequests: 1 }, true],
    ['a cost that the tool reports', { costUsd: usd('1'), costSource: 'tool' }, true],
    ['a price of ours', { costUsd: usd('1'), costSource: 'table' }, false],
    ['another name', { model: 'x' }, false],
  ])('grows by %s: %s', (_, more, isNews) => {
    const [, second] = takeIn([original()], [original('q', more)])
    expect(second?.news).toHaveLength(isNews ? 1 : 0)
  })
})

const plain = (id: string): Telling => ({ record: { id, inputTokens: 1 } })

describe('what has no response of its own', () => {
  it('counts by its id', () => {
    expect(idsOf(plain('a'), plain('b'), plain('a'))).toEqual(['a', 'b'])
  })

  it('and no id counts each time: nothing says that it is the same', () => {
    const nameless: Telling = { record: { id: '', inputTokens: 1 } }
    expect(takeIn([nameless, nameless], [nameless]).map(({ news }) => news.length)).toEqual([2, 1])
  })

  it('is no retelling of what looks like it', () => {
    expect(idsOf(original(), { record: { id: R } })).toEqual([`${R}:q`, R])
  })
})

describe('the reconciliation', () => {
  it('tells what was known, retold and retried', () => {
    const [first, second] = takeIn(
      [original('q'), original('q'), original('p'), retelling()],
      [original('q'), original('p'), retelling()],
    )
    expect(first).toMatchObject({ counts: { known: 1, retold: 1, retries: 1 }, repeats: 2 })
    expect(second).toMatchObject({ counts: { known: 2, retold: 1, retries: 0 }, repeats: 3 })
  })
})

const saved = (record: Partial<UsageRecord>, response: string): Seen => {
  const seen = new Seen()
  noteSaved(seen, aTelling({ record }).record, response)
  return seen
}

const newsOf = (seen: Seen, telling: Telling): number => {
  const intake = new Intake(seen)
  intake.add(aTelling(telling))
  return intake.take().length
}

describe('what a ledger holds already', () => {
  test.each<[what: string, seen: Seen, telling: Telling, news: number]>([
    ['is no news', saved({ id: `${R}:q`, outputTokens: 9 }, R), original(), 0],
    ['is news when it has grown', saved({ id: `${R}:q`, outputTokens: 8 }, R), original(), 1],
    ['makes a retelling none', saved({ id: `${R}:q`, outputTokens: 9 }, R), retelling(), 0],
    ['makes the original of a retelling none', saved({ id: R, outputTokens: 9 }, R), original(), 0],
    [
      'says nothing of another response',
      saved({ id: `${R}:q`, outputTokens: 9 }, R),
      { ...retelling(), response: `${R}2`, record: { id: `${R}2` } },
      1,
    ],
    ['is not an adjustment', saved({ id: `${R}:q`, outputTokens: 9, adjustment: true }, R), original(), 1],
    ['is not what has no id', saved({ id: '' }, ''), original(), 1],
  ])('%s', (_, seen, telling, news) => {
    expect(newsOf(seen, telling)).toBe(news)
  })
})

describe('any telling in any order, over any files and imports', () => {
  /** One line of a transcript: which response, under which request, and how far it has come. */
  interface Line {
    readonly message: number
    readonly request: number
    readonly isRetelling: boolean
    readonly step: number
  }
  interface Step {
    readonly files: readonly (readonly Line[])[]
    /** Whether what was seen is known from then on, or read again from the ledger, or from what was saved of it. */
    readonly after: 'go on' | 'read the ledger' | 'restore'
  }

  // Output grows while a response streams in, and some versions leave out what a write is for.
  const recordOf = ({ message, request, isRetelling, step }: Line): Telling => {
    const response = `claude-code:m${message}`
    return {
      response,
      record: {
        id: isRetelling ? response : `${response}:q${request}`,
        inputTokens: 10 + message,
        outputTokens: 1 + 100 * step,
        cacheWriteTokens: 50,
        cacheWrite1hTokens: step === 1 ? 0 : 20,
      },
    }
  }

  const line = fc.record({
    message: fc.nat(4),
    // Even messages were asked once; who retries is not replayed here, for then the order of the two would decide.
    request: fc.nat(2),
    isRetelling: fc.boolean(),
    step: fc.nat(3),
  })
  const lines = line.map((one) =>
    one.message % 2 === 0 ? { ...one, request: 0 } : { ...one, isRetelling: false },
  )
  const step: fc.Arbitrary<Step> = fc.record({
    files: fc.array(fc.array(lines, { maxLength: 6 }), { maxLength: 4 }),
    after: fc.constantFrom('go on', 'read the ledger', 'restore'),
  })

  interface Counts {
    inputTokens: number
    outputTokens: number
    cacheWrite1hTokens: number
  }

  function grow(
    into: Map<string, Counts>,
    key: string,
    { inputTokens, outputTokens, cacheWrite1hTokens }: Counts,
  ): void {
    const known = into.get(key)
    into.set(key, {
      inputTokens: Math.max(known?.inputTokens ?? 0, inputTokens),
      outputTokens: Math.max(known?.outputTokens ?? 0, outputTokens),
      cacheWrite1hTokens: Math.max(known?.cacheWrite1hTokens ?? 0, cacheWrite1hTokens),
    })
  }

  /** What the ledger comes to: records with one id are one. */
  function importAll(steps: readonly Step[]): { merged: Map<string, Counts>; lines: number } {
    const ledger: UsageRecord[] = []
    let seen = new Seen()
    for (const { files, after } of steps) {
      const intake = new Intake(seen)
      for (const file of files) {
        const collapse = new Collapse(new Repeats())
        for (const one of file) collapse.add(aTelling(recordOf(one)))
        for (const told of collapse.take()) intake.add(told)
      }
      for (const { record } of intake.take()) ledger.push(record)
      if (after === 'go on') continue
      const next = new Seen()
      if (after === 'restore') next.restore(seen.rows())
      else for (const record of ledger) noteSaved(next, record, claudeCode.responseOf?.(record.id) ?? '')
      seen = next
    }
    const merged = new Map<string, Counts>()
    for (const record of ledger) grow(merged, record.id, record)
    return { merged, lines: ledger.length }
  }

  /** The same by sorting everything out at the end. */
  function oracle(steps: readonly Step[]): Map<string, Counts> {
    const merged = new Map<string, Counts>()
    const all = steps.flatMap(({ files }) => files.flat())
    for (const one of all) {
      const key = one.message % 2 === 0 ? `${one.message}` : `${one.message} ${one.request}`
      const { record } = aTelling(recordOf(one))
      grow(merged, key, record)
    }
    return merged
  }

  /** Without the name that a response goes by: whichever came first gives it. */
  const countsOf = (merged: ReadonlyMap<string, Counts>) =>
    [...merged.values()].map((counts) => JSON.stringify(counts)).toSorted()

  /** Every response ends with its largest telling, so that a replay, which is dropped, holds nothing more. */
  const ended = (steps: readonly Step[]): readonly Step[] => {
    const told = steps.flatMap(({ files }) => files.flat())
    const last = told.map((one) => ({ ...one, isRetelling: false, step: 3 }))
    return [...steps, { files: [last], after: 'go on' }]
  }

  it('comes to each response once, with its largest counts', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), (steps) => {
        const all = ended(steps)
        expect(countsOf(importAll(all).merged)).toEqual(countsOf(oracle(all)))
      }),
      { numRuns: 400 },
    )
  })

  it('and the same again is no news', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4 }), (steps) => {
        const once = importAll(ended(steps)).lines
        expect(importAll([...ended(steps), ...ended(steps)]).lines).toBe(once)
      }),
    )
  })
})
