import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type Vector,
  answer,
  at,
  context,
  count,
  forkMeta,
  meta,
  readLines,
  taskComplete,
  tokensIn,
  told,
} from './codex-lines.ts'

const BORN = 1000

/** What the parent counted before the fork, with the instants of the parent. */
const PARENT = [
  count(10, [40_000, 0, 1000], [40_000, 0, 1000]),
  count(60, [90_000, 38_000, 2000], [50_000, 38_000, 1000]),
  count(120, [150_000, 86_000, 3000], [60_000, 48_000, 1000]),
]

/** The same as a fork repeats it in one go. */
function burst(seconds: number): readonly string[] {
  return PARENT.map((text, n) =>
    text.replace(/"timestamp":"[^"]*"/, `"timestamp":"${at(seconds + n / 100)}"`),
  )
}

/** What the child does itself, counting on from the parent. */
const OWN = [
  context(BORN + 20, { model: 'gpt-5.6' }),
  count(BORN + 30, [155_000, 88_000, 3100], [5000, 2000, 100]),
  count(BORN + 40, [162_000, 92_000, 3300], [7000, 4000, 200]),
]
const OWN_TOKENS = 5100 + 7200

/** The same, counting from zero. */
const RESTARTED = [
  context(BORN + 20, { model: 'gpt-5.6' }),
  count(BORN + 30, [5000, 2000, 100], [5000, 2000, 100]),
  count(BORN + 40, [12_000, 6000, 300], [7000, 4000, 200]),
]

const SPAWNED = {
  forked_from_id: undefined,
  source: { subagent: { thread_spawn: { parent_thread_id: 'parent', depth: 1 } } },
}

describe('a fork counts only what it did itself', () => {
  test.each<[why: string, lines: readonly string[], forked: number]>([
    ['after a burst at its birth', [forkMeta(BORN), ...burst(BORN + 0.1), ...OWN], 3],
    ['after a burst some time later', [forkMeta(BORN), ...burst(BORN + 5), ...OWN], 3],
    ['after a burst that another second begins in', [forkMeta(BORN), ...burst(BORN + 5.99), ...OWN], 3],
    ['after a burst, with a counter of its own', [forkMeta(BORN), ...burst(BORN + 5), ...RESTARTED], 3],
    ['after the lines of its parent as they were', [forkMeta(BORN), ...PARENT, ...OWN], 3],
    ['after those, with a counter of its own', [forkMeta(BORN), ...PARENT, ...RESTARTED], 3],
    [
      'where the first line of the parent follows its own',
      [forkMeta(BORN), meta(BORN, { id: 'parent' }), ...burst(BORN + 0.1), ...OWN],
      3,
    ],
    ['where only the source names the parent', [forkMeta(BORN, SPAWNED), ...burst(BORN + 5), ...OWN], 3],
    ['counting from zero', [forkMeta(BORN), ...RESTARTED], 0],
    ['counting on without a word of its parent', [forkMeta(BORN), ...OWN], 1],
    [
      'counting on from a total that it states first',
      [forkMeta(BORN), count(BORN + 5, [150_000, 86_000, 3000], [0, 0, 0]), ...OWN],
      1,
    ],
    [
      'counting on from a total far beyond its own',
      [
        forkMeta(BORN),
        count(BORN + 30, [3_157_000_000, 3_000_000_000, 900_000], [5000, 2000, 100]),
        count(BORN + 40, [3_157_007_000, 3_000_004_000, 900_200], [7000, 4000, 200]),
      ],
      1,
    ],
    [
      'counting on from a total that no response can have, in a version that tells of none',
      [
        forkMeta(BORN),
        count(BORN + 20, [3_157_000_000, 3_000_000_000, 900_000]),
        count(BORN + 30, [3_157_005_000, 3_000_002_000, 900_100]),
        count(BORN + 40, [3_157_012_000, 3_000_006_000, 900_300]),
      ],
      1,
    ],
    ['where the parent tells it again', [forkMeta(BORN), ...burst(BORN + 0.1), PARENT[2]!, ...OWN], 3 + 1],
  ])('%s', (_why, lines, forked) => {
    const { found, tally } = readLines(lines)

    expect(tokensIn(found)).toBe(OWN_TOKENS)
    expect(found.every(({ record }) => record.sessionId === 'child')).toBe(true)
    expect(tally.counts().forked).toBe(forked)
  })

  test.each<[why: string, boundary: object]>([
    ['as a number', { subagent_history_start_ordinal: 6 }],
    ['as text', { subagent_history_start_ordinal: '6' }],
    ['of the history below it', { history_base: { end_ordinal_exclusive: 6 } }],
  ])('from the place where it says that its own lines begin, %s', (_why, boundary) => {
    const lines = [
      forkMeta(BORN, boundary),
      meta(BORN, { id: 'parent' }),
      count(BORN + 30, [4_990_000, 4_900_000, 10_000], [70_000, 69_000, 100], { ordinal: 4 }),
      count(BORN + 31, [30_000, 29_000, 100], [30_000, 29_000, 100], { ordinal: 6 }),
      count(BORN + 31.2, [40_000, 38_000, 200], [10_000, 9000, 100], { ordinal: 8 }),
    ]

    expect(tokensIn(readLines(lines).found)).toBe(40_200)
  })

  it('from there with its usage records', () => {
    const lines = [
      forkMeta(BORN, { subagent_history_start_ordinal: 6 }),
      count(BORN, [4_990_000, 4_900_000, 10_000], [70_000, 69_000, 100], { ordinal: 4 }),
      count(BORN + 9, [30_000, 29_000, 100], [30_000, 29_000, 100], { ordinal: 9 }),
    ]
    const record = JSON.stringify({
      ...JSON.parse(told(BORN + 9, 'resp_own', [30_000, 29_000, 100])),
      ordinal: 8,
    })

    expect(tokensIn(readLines(lines.toSpliced(2, 0, record)).found)).toBe(30_100)
  })

  it('with its parent, once each', () => {
    const parent = readLines([meta(0, { id: 'parent' }), ...PARENT]).found
    const child = readLines([forkMeta(BORN), ...burst(BORN + 0.1), ...OWN]).found

    expect(tokensIn([...parent, ...child])).toBe(153_000 + OWN_TOKENS)
  })

  it('and the model of its own turns', () => {
    const { found } = readLines([
      forkMeta(BORN),
      context(BORN, { model: 'gpt-5.5' }),
      ...burst(BORN + 0.1),
      ...OWN,
    ])

    expect(found.map(({ record }) => record.model)).toEqual(['gpt-5.6', 'gpt-5.6'])
  })

  it('apart from forks of the same parent that did the same', () => {
    const one = readLines([forkMeta(BORN), ...RESTARTED]).found
    const other = readLines([forkMeta(BORN, { id: 'sibling' }), ...RESTARTED]).found

    expect(tokensIn([...one, ...other])).toBe(2 * OWN_TOKENS)
  })
})

describe('the only response of a fork counts', () => {
  const ONLY = count(BORN + 30, [5000, 2000, 100], [5000, 2000, 100])

  test.each<[why: string, behind: readonly string[], found: number]>([
    ['when its turn is over', [taskComplete(BORN + 30.1)], 1],
    ['when something else is written later', [answer(BORN + 30.2), answer(BORN + 31)], 1],
    ['when its usage record follows', [told(BORN + 30.1, 'resp_2', [700, 0, 7])], 2],
    ['not yet while a burst could follow', [answer(BORN + 30.2)], 0],
  ])('%s', (_why, behind, found) => {
    expect(readLines([forkMeta(BORN), ONLY, ...behind]).found).toHaveLength(found)
  })

  it('once, told twice', () => {
    const { found, tally } = readLines([forkMeta(BORN), ONLY, ONLY, answer(BORN + 32)])

    expect(tokensIn(found)).toBe(5100)
    expect(tally.counts()).toMatchObject({ repeated: 1, forked: 0 })
  })

  it('at most, when it was the begin of a burst behind which a turn ended', () => {
    const [first = '', ...rest] = burst(BORN + 5)
    const { found } = readLines([forkMeta(BORN), first, taskComplete(BORN + 5), ...rest, ...OWN])

    expect(tokensIn(found)).toBe(41_000 + OWN_TOKENS)
  })
})

describe('usage records of a fork', () => {
  test.each<[why: string, lines: readonly string[]]>([
    ['of its parent by name', [told(BORN + 20, 'resp_parent', [9000, 0, 90], { thread_id: 'parent' })]],
    ['of its parent by instant', [told(100, 'resp_parent', [9000, 0, 90])]],
  ])('%s are left to the parent', (_why, lines) => {
    const { found, tally } = readLines([
      forkMeta(BORN),
      ...lines,
      told(BORN + 30, 'resp_own', [5000, 2000, 100]),
    ])

    expect(found.map(({ record }) => record.id)).toEqual(['codex:resp_own'])
    expect(tally.counts().forked).toBe(1)
  })

  it('count without its totals, which go on from the parent', () => {
    const { found } = readLines([
      forkMeta(BORN),
      told(BORN + 30, 'resp_1', [5000, 2000, 100]),
      count(BORN + 30.1, [155_000, 88_000, 3100], [5000, 2000, 100]),
      told(BORN + 40, 'resp_2', [7000, 4000, 200]),
      count(BORN + 40.1, [162_000, 92_000, 3300], [7000, 4000, 200]),
    ])

    expect(tokensIn(found)).toBe(OWN_TOKENS)
  })
})

it('a fork of any parent counts what it did itself, however its parent is repeated', () => {
  const USED = fc.tuple(
    fc.integer({ min: 1, max: 200_000 }),
    fc.constant(0),
    fc.integer({ min: 1, max: 5000 }),
  )
  fc.assert(
    fc.property(
      fc.array(USED, { minLength: 2, maxLength: 8 }),
      fc.array(USED, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('at once', 'later', 'as it was', 'not'),
      fc.boolean(),
      (parent, own, repeated, restarts) => {
        const before = totalsOf([0, 0, 0], parent)
        const start: Vector = restarts ? [0, 0, 0] : (before.at(-1) ?? [0, 0, 0])
        const begin = { 'at once': BORN, later: BORN + 4, 'as it was': 0, not: 0 }[repeated]
        const pause = repeated === 'as it was' ? 10 : 0.05
        const copies = parent.map((used, n) => count(begin + n * pause, before[n]!, used))
        const after = totalsOf(start, own)
        const lines = own.map((used, n) => count(BORN + 30 + 5 * n, after[n]!, used))
        const { found } = readLines([
          forkMeta(BORN),
          ...(repeated === 'not' ? [] : copies),
          ...lines,
          answer(BORN + 1000),
        ])
        expect(tokensIn(found)).toBe(own.reduce((sum, used) => sum + used[0] + used[2], 0))
      },
    ),
  )
})

function totalsOf(start: Vector, uses: readonly Vector[]): readonly Vector[] {
  let total = start
  return uses.map((used) => (total = [total[0] + used[0], total[1] + used[1], total[2] + used[2]]))
}
