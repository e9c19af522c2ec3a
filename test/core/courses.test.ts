import { describe, expect, it, test } from 'vitest'
import { coursesOf } from '../../src/core/courses.ts'
import { picodollarsOf } from '../../src/core/money.ts'

/** Each course as the amounts of today and the days after it. */
function courses(days: readonly number[], ahead: number): readonly (readonly number[])[] {
  const known = days.map((usd) => picodollarsOf(BigInt(usd)))
  return coursesOf(known).map((course) => Array.from({ length: ahead }, (_, nth) => Number(course(nth))))
}

describe('how days may go', () => {
  test.each<[what: string, days: readonly number[], ahead: number, expected: readonly (readonly number[])[]]>(
    [
      ['nothing is known without days', [], 2, []],
      ['two days with spend are too few', [0, 5, 0, 0, 3], 2, []],
      [
        'of three days each is a course',
        [0, 0, 1, 2, 3],
        2,
        [
          [1, 1],
          [2, 2],
          [3, 3],
        ],
      ],
      ['a day without spend between others is one too', [4, 0, 5, 6], 1, [[4], [0], [5], [6]]],
      [
        'thirteen days are no two weeks',
        [1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        1,
        [1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0].map((usd) => [usd]),
      ],
      [
        'of two weeks each is a course, weekday by weekday, the latest first',
        [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17],
        9,
        [
          [11, 12, 13, 14, 15, 16, 17, 11, 12],
          [1, 2, 3, 4, 5, 6, 7, 1, 2],
        ],
      ],
      [
        'days before the last whole week are left out',
        [99, 1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17],
        2,
        [
          [11, 12],
          [1, 2],
        ],
      ],
      ['a day that gave money back is a day without spend', [1, -5, 2, 3], 1, [[1], [0], [2], [3]]],
    ],
  )('%s', (_, days, ahead, expected) => {
    expect(courses(days, ahead)).toEqual(expected)
  })

  it('are at most the four weeks of a trail', () => {
    expect(courses(new Array<number>(28).fill(1), 1)).toEqual([[1], [1], [1], [1]])
  })
})
