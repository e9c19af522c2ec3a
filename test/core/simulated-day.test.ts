import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf } from '../../src/core/cost.ts'
import { priceTable } from '../../src/core/price-table.ts'
import { simulateDay } from '../../src/core/simulated-day.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'
import { instant } from '../kit/fold-lines.ts'

const DAY = 86_400_000

describe('a simulated day, whichever it is', () => {
  const anyInstant = fc.integer({ min: instant('2025-10-01'), max: instant('2030-01-01') })

  it('is the same whenever it is asked for, and lies in the UTC day of the instant', () => {
    fc.assert(
      fc.property(anyInstant, (now) => {
        const day = simulateDay(now)
        const midnight = Math.floor(now / DAY) * DAY
        expect(simulateDay(midnight)).toEqual(day)
        expect(day.start).toBeGreaterThan(midnight)
        expect(day.end).toBeLessThan(midnight + DAY)
        expect(day.start).toBeLessThan(day.end)
      }),
      { numRuns: 20 },
    )
  })

  it('plays in order, and is over when it ends', () => {
    fc.assert(
      fc.property(anyInstant, (now) => {
        const { records, end } = simulateDay(now)
        const instants = records.map(({ timestamp }) => timestamp ?? NaN)
        expect(instants).toEqual(instants.toSorted((a, b) => a - b))
        expect(instants.at(-1)).toBeLessThanOrEqual(end)
        expect(instants[0]).toBeGreaterThanOrEqual(Math.floor(now / DAY) * DAY - 29 * DAY)
        expect(new Set(records.map(({ id }) => id)).size).toBe(records.length)
      }),
      { numRuns: 20 },
    )
  })

  it('uses only models that have a price', () => {
    const table = priceTable(systemPrices.shipped())
    const { records } = simulateDay(instant('2026-01-15'))
    expect(records.filter((record) => costOf(record, table, 'auto') === null)).toEqual([])
  })
})
