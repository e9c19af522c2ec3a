import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AmountColumn, numberColumn, smallColumn, withRoom } from '../../src/core/columns.ts'

describe('a column of amounts', () => {
  it('adds exactly, however large a sum grows and wherever it comes back', () => {
    const amounts = fc.array(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), { maxLength: 30 })
    fc.assert(
      fc.property(amounts, (added) => {
        const column = new AmountColumn()
        column.push()
        let sum = 0n
        for (const amount of added) {
          column.add(0, amount)
          sum += amount
          expect(column.at(0)).toBe(sum)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('keeps its rows apart while it grows', () => {
    const column = new AmountColumn()
    for (let row = 0; row < 1000; row++) {
      column.push()
      column.add(row, BigInt(row))
    }
    column.add(7, 2n ** 62n)
    column.add(7, 2n ** 62n)
    expect(column.length).toBe(1000)
    expect(column.at(6)).toBe(6n)
    expect(column.at(7)).toBe(7n + 2n ** 63n)
    expect(column.at(999)).toBe(999n)
  })
})

describe('room in a column', () => {
  it('is made without losing what is there', () => {
    for (const column of [numberColumn(), smallColumn()]) {
      column[3] = 42
      const larger = withRoom(column, 5000)
      expect(larger.length).toBeGreaterThan(5000)
      expect(larger.constructor).toBe(column.constructor)
      expect([larger[3], larger[4999]]).toEqual([42, 0])
      expect(withRoom(larger, 5000)).toBe(larger)
    }
  })
})
