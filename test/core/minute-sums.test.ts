import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MinuteSums, minuteOf } from '../../src/core/minute-sums.ts'
import { picodollarsOf } from '../../src/core/money.ts'
import { aRecord, lineOf } from './a-record.ts'
import { aLedger, foldOf } from './fold-of.ts'

const MINUTE = 60_000
const NOON = Date.UTC(2025, 11, 15, 12)

/** By minutes before noon, all groups together. */
function sumsOf(minutes: MinuteSums): Readonly<Record<number, bigint>> {
  const sums: Record<number, bigint> = {}
  for (const [minute, , usd] of minutes.sums()) {
    const before = minuteOf(NOON) - minute
    sums[before] = (sums[before] ?? 0n) + usd
  }
  return Object.fromEntries(Object.entries(sums).filter(([, usd]) => usd !== 0n))
}

function at(minutesAgo: number, usd: bigint, id = ''): string {
  const timestamp = NOON - minutesAgo * MINUTE
  return `${lineOf(aRecord({ id, timestamp, costUsd: picodollarsOf(usd) }))}\n`
}

describe('the sums by minute of a fold', () => {
  it('are those of the last sixty minutes and of what is ahead', () => {
    const ledger = [at(60, 1n), at(59, 2n), at(59, 4n, 'b'), at(0, 8n), at(-3, 16n)].join('')
    expect(sumsOf(foldOf(ledger, { asOf: NOON }).rollup.minutes)).toEqual({ 59: 6n, 0: 8n, [-3]: 16n })
  })

  it('forget what gets older than an hour, and keep the rest', () => {
    const { fold, append } = aLedger({ asOf: NOON })
    append([at(59, 1n), at(30, 2n), at(0, 4n)].join(''))
    fold.asOf = NOON + 40 * MINUTE
    expect(sumsOf(fold.rollup.minutes)).toEqual({ 0: 4n })
    append(at(30, 8n, 'late'))
    expect(sumsOf(fold.rollup.minutes)).toEqual({ 0: 4n })
    append(at(-40, 16n, 'now'))
    expect(sumsOf(fold.rollup.minutes)).toEqual({ 0: 4n, [-40]: 16n })
  })

  it('take a merged record out of the minute that it is no longer of', () => {
    const lines = [at(10, 5n, 'a'), at(20, 3n, 'a'), at(10, 1n, 'b')]
    expect(sumsOf(foldOf(lines.join(''), { asOf: NOON }).rollup.minutes)).toEqual({ 20: 5n, 10: 1n })
  })

  it('leave out what is later than the instant that is asked about', () => {
    const fold = foldOf(at(5, 1n) + at(-5, 2n), { asOf: NOON, until: NOON })
    expect(sumsOf(fold.rollup.minutes)).toEqual({ 5: 1n })
  })

  it('depend neither on the order of the lines nor on their repetition', () => {
    const line = fc
      .tuple(fc.integer({ min: -5, max: 70 }), fc.bigInt(1n, 10n ** 17n), fc.constantFrom('a', 'b', 'c', ''))
      .map(([minutesAgo, usd, id]) => at(minutesAgo, usd, id))
    const ledgers = fc
      .array(line, { maxLength: 12 })
      .chain((lines) =>
        fc.tuple(
          fc.constant(lines),
          fc.shuffledSubarray([...lines, ...lines], { minLength: 2 * lines.length }),
        ),
      )
    fc.assert(
      fc.property(ledgers, ([lines, shuffled]) => {
        const [one, other] = [lines, shuffled].map((some) => foldOf(some.join(''), { asOf: NOON }))
        expect(sumsOf(other!.rollup.minutes)).toEqual(sumsOf(one!.rollup.minutes))
      }),
    )
  })

  it('take no more room the longer a ledger is followed', () => {
    const sums = new MinuteSums()
    for (let minute = 0; minute < 10_000; minute++) {
      sums.follow(NOON + minute * MINUTE)
      sums.add(minuteOf(NOON) + minute, 0, 1n)
    }
    expect(sums.sums()).toHaveLength(60)
  })

  it('are none before there is a clock', () => {
    const sums = new MinuteSums()
    sums.add(minuteOf(NOON), 0, 1n)
    expect(sums.sums()).toEqual([])
  })
})
