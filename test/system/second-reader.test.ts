import * as fc from 'fast-check'
import { appendFileSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, test } from 'vitest'
import { MAX_LINE_BYTES } from '../../src/core/line-reader.ts'
import { LedgerReader, type MakeFold } from '../../src/system/ledger-reader.ts'
import type { SecondReader, SecondReading } from '../../src/system/second-reader.ts'
import { answerTo } from '../../src/system/second-task.ts'
import { foldMaker, usage } from '../kit/fold-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { type Action, TroubledLedger, anyAction } from './ledger-actions.ts'
import { totalsOf } from './totals-of.ts'

const alone = foldMaker()
const helped: MakeFold = Object.assign((lineAt: (location: number) => Uint8Array) => alone(lineAt), {
  recipe: 'any',
})

let directory = ''
let path = ''

beforeEach(() => {
  directory = temporaryDirectory()
  path = join(directory, 'sessions.jsonl')
})

const record = (id: string, fields: Readonly<Record<string, unknown>> = {}): string =>
  `${usage({ v: 1, id, cost_usd: 1, ...fields })}\n`

/** Reads as a second thread does, at once and in this one. */
function second(change: (reading: SecondReading) => SecondReading = (reading) => reading): SecondReader & {
  tails: number
} {
  const reader = {
    fromBytes: 1,
    tails: 0,
    begin: (_: unknown, asOf: number, ranges: Parameters<SecondReader['begin']>[2]) => {
      reader.tails++
      const answer = structuredClone(answerTo({ asOf, ranges: structuredClone(ranges) }, alone, () => {}))
      return change({ bytesRead: 0, isOver: () => true, take: () => answer, stop: () => {} })
    },
  }
  return reader
}

/** What is known of the ledger, by a reader that knows no past. */
function read(helper: SecondReader | null) {
  const reader = new LedgerReader(directory, helper === null ? alone : helped, helper)
  reader.look()
  return contentOf(reader)
}

function contentOf(reader: LedgerReader) {
  const { badLines, rejected, problems } = reader.fold.findings
  const content = {
    totals: totalsOf(reader.fold),
    badLines,
    rejected,
    problems,
    unfinished: reader.unfinished,
  }
  reader.close()
  return content
}

describe('a ledger that two read', () => {
  const filler = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, nth) => record(`r${from + nth}`)).join('')

  test.each([
    ['plain records', record('x')],
    ['carriage returns', record('x').replace('\n', '\r\n')],
    ['a record glued to a torn one', record('x').slice(0, 40) + record('y')],
    ['two records on a line', record('x').trim() + record('y')],
    ['NULs', '\0\0\0\n\0\0' + record('x')],
    ['blank lines', '\n\n \r\n\n'],
    ['a line of no JSON', 'no JSON\n'],
    ['a refused record', record('x', { input_tokens: -1 })],
    ['lines of ids that come again', record('r1', { output_tokens: 99 }) + record('r59') + record('r1')],
    ['a line without id that comes again', usage({}) + '\n' + usage({}) + '\n'],
    ['a line of the longest allowed length', record('x', { note: 'n'.repeat(MAX_LINE_BYTES - 300) })],
    ['a line that is too long', record('x', { note: 'n'.repeat(MAX_LINE_BYTES) })],
    ['blanks without end', ' '.repeat(MAX_LINE_BYTES + 1) + '\n'],
    ['a line longer than is read at once', record('x', { note: 'n'.repeat(1_100_000) })],
  ])('comes out as by one, with %s wherever the cut is', (_, middle) => {
    for (const [before, after] of [
      [30, 30],
      [33, 30],
      [27, 30],
      [1, 90],
      [90, 1],
    ] as const) {
      writeFileSync(path, `\uFEFF${filler(0, before)}${middle.repeat(3)}${filler(before, before + after)}`)
      expect(read(second())).toEqual(read(null))
    }
  })

  it('is cut once, and not again when it has grown', () => {
    const helper = second()
    writeFileSync(path, filler(0, 50))
    const reader = new LedgerReader(directory, helped, helper)
    reader.look()
    appendFileSync(path, filler(20, 80))
    reader.look()
    expect(helper.tails).toBe(1)
    expect(contentOf(reader)).toEqual(read(null))
  })

  it('may end in the middle of a line, and goes on there', () => {
    const text = filler(0, 50)
    writeFileSync(path, text + record('last').slice(0, 30))
    const reader = new LedgerReader(directory, helped, second())
    reader.look()
    expect(reader.unfinished).toEqual([{ file: 'sessions.jsonl', bytes: 30 }])
    appendFileSync(path, record('last').slice(30) + 'no JSON\n')
    reader.look()
    expect(contentOf(reader)).toEqual(read(null))
  })

  it('is cut wherever that is among many files', () => {
    const files = ['sessions-2024.jsonl', 'sessions.jsonl.2', 'sessions.jsonl.1', 'sessions.jsonl']
    for (const sizes of [
      [10, 10, 10, 10],
      [0, 40, 0, 1],
      [50, 0, 0, 0],
      [0, 0, 0, 50],
      [25, 25, 0, 0],
    ]) {
      files.forEach((name, nth) =>
        writeFileSync(
          join(directory, name),
          `${filler(nth * 7, nth * 7 + sizes[nth]!)}no JSON\n${record(`torn${nth}`).slice(0, 20)}`,
        ),
      )
      expect(read(second())).toEqual(read(null))
    }
  })

  it('counts the lines of a file from its beginning', () => {
    writeFileSync(path, `${filler(0, 60)}no JSON\n`)
    expect(read(second()).problems).toMatchObject([{ line: 61 }])
  })

  it('is followed as if one had read it, whatever happens to it', () => {
    const place = join(directory, 'ledger')
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 25 }), (actions) => {
        rmSync(place, { recursive: true, force: true })
        mkdirSync(place)
        follow(place, actions)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a second reader that fails', () => {
  beforeEach(() => {
    writeFileSync(path, Array.from({ length: 60 }, (_, nth) => record(`r${nth % 50}`)).join(''))
  })

  it('changes nothing when he cannot begin', () => {
    expect(read({ fromBytes: 1, begin: () => null })).toEqual(read(null))
  })

  it('changes nothing when he has no answer', () => {
    const helper = second((reading) => ({ ...reading, take: () => null }))
    expect(read(helper)).toEqual(read(null))
    expect(helper.tails).toBe(1)
  })

  it('is not believed when the ledger was cut off meanwhile', () => {
    const helper = second((reading) => {
      truncateSync(path, 100)
      return reading
    })
    expect(read(helper).totals).toEqual(read(null).totals)
  })

  it('is stopped when nobody waits for him any longer', () => {
    let stopped = 0
    const helper = second((reading) => ({ ...reading, isOver: () => false, stop: () => void stopped++ }))
    const reader = new LedgerReader(directory, helped, helper)
    const steps = reader.steps()
    expect(steps.next().done).toBe(false)
    reader.close()
    expect(stopped).toBe(1)
  })

  it('is not asked for a ledger that is small, or of a fold that nobody else can make', () => {
    const helper = second()
    for (const reader of [
      new LedgerReader(directory, helped, { ...helper, fromBytes: 1e6 }),
      new LedgerReader(directory, alone, helper),
    ]) {
      reader.look()
      expect(contentOf(reader)).toEqual(read(null))
    }
    expect(helper.tails).toBe(0)
  })
})

/** Reads it after each look with two and with one. */
function follow(place: string, actions: readonly Action[]): void {
  const ledger = new TroubledLedger(place)
  const two = new LedgerReader(place, helped, second())
  const one = new LedgerReader(place, alone)
  for (const action of [...actions, { kind: 'look' } as const, { kind: 'look' } as const]) {
    ledger.apply(action)
    if (action.kind !== 'look') continue
    expect(two.look().doubtful).toBe(one.look().doubtful)
    expect(totalsOf(two.fold)).toEqual(totalsOf(one.fold))
    expect(two.unfinished).toEqual(one.unfinished)
  }
  one.close()
  two.close()
}
