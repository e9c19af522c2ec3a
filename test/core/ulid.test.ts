import * as fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { ulid } from '../../src/core/ulid.ts'

test.each([
  [0, '0000000000'],
  [1, '0000000001'],
  [1_469_918_176_385, '01ARYZ6S41'],
  [2 ** 48 - 1, '7ZZZZZZZZZ'],
  [-5, '0000000000'],
])('the instant %i begins %s', (now, beginning) => {
  expect(ulid(now, new Uint8Array(16))).toBe(`${beginning}0000000000000000`)
})

it('ids sort by their instant, whatever chance adds', () => {
  const instant = fc.nat({ max: 2 ** 31 }).map((seconds) => seconds * 1000)
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })
  fc.assert(
    fc.property(instant, instant, bytes, bytes, (a, b, chanceOfA, chanceOfB) => {
      fc.pre(a < b)
      expect(ulid(a, chanceOfA) < ulid(b, chanceOfB)).toBe(true)
      expect(ulid(a, chanceOfA)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    }),
  )
})

/** Chance of which only one byte is set. */
const chanceAt = (at: number) => Uint8Array.from({ length: 16 }, (_, nth) => (nth === at ? 1 : 0))

it('uses every byte of chance', () => {
  const ids = Array.from({ length: 16 }, (_, at) => ulid(0, chanceAt(at)))
  expect(new Set(ids).size).toBe(16)
})
