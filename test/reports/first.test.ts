import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { first } from '../../src/reports/first.ts'

const compare = (a: readonly [number, number], b: readonly [number, number]): number => a[0] - b[0]

it('has the first of a list as if all of it had been sorted', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(20), { maxLength: 400 }),
      fc.integer({ min: 1, max: 5 }),
      (numbers, count) => {
        const items = numbers.map((number, place): readonly [number, number] => [number, place])
        expect(first(items, count, compare)).toEqual(items.toSorted(compare).slice(0, count))
      },
    ),
  )
})
