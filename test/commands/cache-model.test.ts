import { rmSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FewLimits } from '../../src/commands/judge-few.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { anyAction } from '../system/ledger-actions.ts'
import { type Happening, type Overriding, type Question, World } from './cache-world.ts'

const SETTINGS = [
  'budgets: { daily: 3, weekly: 20, per_session: 2 }',
  'budgets: { daily: 4, weekly: 20, per_session: 2 }',
  'budgets: { monthly: 50, scoped: [{ name: a, model: a, daily: 2, per_session: 1 }] }',
  'budgets: { daily: 9, per_session: 6 }\nalerts: { action: block, marks: [0.1, 0.5] }',
  'budgets: { weekly: 15, scoped: [{ tool: claude-code, daily: 4, action: pause }] }',
  'budgets: { monthly: 50, scoped: [{ name: b, model: b, daily: 2, per_session: 1 }] }',
  'budgets: { daily: 3 }\ntimezone: America/New_York',
  'budgets: { daily: 3 }\ncost_mode: computed',
  'budgets: { dayly: 3 }',
  'budgets: { daily: -3 }',
]

const STEPS =
  'steps: [{ at: 0.3, model: claude-sonnet-5 }, { at: 0.9, model: claude-haiku-4-5 }], protect: "secret"'

const ROUTERS = [
  'default: claude-opus-5',
  `default: claude-opus-5\ndowngrade: { ${STEPS} }`,
  `rules: [{ pattern: "lint|format", model: claude-haiku-4-5 }]\ndowngrade: { ${STEPS} }`,
  `rules: [{ pattern: "^please.*lint", model: claude-opus-5, min_model: claude-sonnet-5 }]\ndowngrade: { ${STEPS} }`,
  'default: [claude-opus-5]',
]

const anyLately: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constant('lately' as const),
  seed: fc.nat(2),
  daysAgo: fc.constantFrom(0, 0, 0, 1, 2, 3, 8, 20, 27, 28, 29),
  // Some are ahead of the clock, which reaches them.
  minutesAgo: fc.constantFrom(-9, -4, 0, 3, 12, 25, 40, 59, 60),
})

const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('today' as const), seed: fc.nat(9) }) },
  { weight: 6, arbitrary: anyLately },
  { weight: 12, arbitrary: anyAction },
  { weight: 2, arbitrary: fc.constantFrom(...SETTINGS).map((text) => ({ kind: 'settings' as const, text })) },
  { weight: 2, arbitrary: fc.constantFrom(...ROUTERS).map((text) => ({ kind: 'router' as const, text })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(0.1, 0.3, 0.5, 1, 7, 26, 24 * 9, -1, -30)
      .map((hours) => ({ kind: 'wait' as const, hours })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('damage' as const), file: fc.nat(5), at: fc.nat(5000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), file: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('override' as const),
      what: fc.constantFrom<Overriding>('raise daily', 'raise weekly', 'allow', 'snooze', 'end'),
      from: fc.constantFrom(0, 0, 1, 30),
      hours: fc.constantFrom(1, 1, 7, 24 * 20),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'unreadable-overrides' as const }) },
)

/** From nothing at all to enough of a past for a forecast. */
const anyHistory = fc.oneof(fc.constant([]), fc.array(anyLately, { minLength: 8, maxLength: 12 }))

/** What is asked, in turns: each is answered from another part of the cache. */
const QUESTIONS: readonly Question[] = [
  { words: ['check', '--json'] },
  { words: ['route', '--prompt', 'please, do lint', '--explain'] },
  { words: ['check'] },
  { words: ['statusline'], input: { session_id: 's1', model: { display_name: 'Opus' } } },
  { words: ['check', '--quiet'] },
  { words: ['route', '--prompt=the secret', '--session=s0', '--json'] },
  { words: ['statusline', '--format=json'] },
  { words: ['hook'], input: { hook_event_name: 'PreToolUse', session_id: 's1' } },
  { words: ['check', '--fail-on=critical'] },
  { words: ['hook'], input: { hook_event_name: 'UserPromptSubmit', session_id: 's0', prompt: 'go on' } },
  { words: ['route', 'claude-opus-5', '--session=s1', '--tool=openrouter'] },
  { words: ['route', 'claude-opus-4-1', '--fallback=sonnet'] },
  { words: ['hook'], input: { hook_event_name: 'SessionStart', session_id: 's2' } },
]

/** Whether a few lines are written down or read again, and how soon a fold is behind too far. */
const anyFew: fc.Arbitrary<FewLimits> = fc.record({
  worthSaving: fc.constantFrom(0, 1 << 16),
  mostBehind: fc.constantFrom(1 << 10, 1 << 20),
})

it(
  'an answer from the cache is the answer of a full reading, byte for byte, whatever happened in between',
  { timeout: 120_000 },
  async () => {
    const root = temporaryDirectory()
    let fromCache = 0
    let recalled = 0
    let counted = 0
    let asked = 0
    let foreseen = 0
    await fc.assert(
      fc.asyncProperty(
        anyHistory,
        fc.array(anyHappening, { maxLength: 25 }),
        anyFew,
        async (history, happenings, few) => {
          rmSync(root, { recursive: true, force: true })
          const world = new World(root, few)
          for (const one of history) world.happen(one)
          for (const one of happenings) {
            world.happen(one)
            const question = QUESTIONS[asked++ % QUESTIONS.length]!
            // One after the other is what this is about.
            // oxlint-disable-next-line no-await-in-loop
            const [quick, thorough] = [await world.quickly(question), await world.thoroughly(question)]
            expect(quick).toEqual(thorough)
            if (/"limit_reached_at": ?"/.test(String(quick.stdout))) foreseen++
          }
          fromCache += world.fromCache
          recalled += world.recalled
          counted += world.counted
        },
      ),
      { numRuns: 150 },
    )
    // Else this would compare a full reading with itself.
    expect(fromCache / asked).toBeGreaterThan(0.2)
    expect(counted / asked).toBeGreaterThan(0.02)
    expect(recalled / asked).toBeGreaterThan(0.005)
    expect(foreseen / asked).toBeGreaterThan(0.003)
  },
)

it('a clock that is set back to the day before, from which budgets see as much, still tells that day apart', async () => {
  const world = new World(temporaryDirectory())
  world.happen({ kind: 'wait', hours: (30 - 15) * 24 })
  for (const seed of [1, 2]) world.happen({ kind: 'append', seed })
  world.happen({ kind: 'today', seed: 3 })
  world.happen({ kind: 'wait', hours: 24 })
  world.happen({ kind: 'today', seed: 4 })
  await world.quickly(QUESTIONS[0]!)
  world.happen({ kind: 'wait', hours: -24 })
  expect(await world.quickly(QUESTIONS[0]!)).toEqual(await world.thoroughly(QUESTIONS[0]!))
})

it('an answer that was saved while a limit was raised is not given when the raise is over, nor the other way round', async () => {
  const world = new World(temporaryDirectory())
  const plain: Question = { words: ['check'] }
  const limits = async (): Promise<unknown> => {
    const [quick, thorough] = [await world.quickly(plain), await world.thoroughly(plain)]
    expect(quick).toEqual(thorough)
    return /daily .*\/ +\$(\d+)/.exec(String(quick.stdout))?.[1]
  }
  world.happen({ kind: 'settings', text: SETTINGS[0]! })
  world.happen({ kind: 'today', seed: 2 })
  world.happen({ kind: 'override', what: 'raise daily', from: 0, hours: 1 })
  // The whole program saves it, the cache knows it.
  expect([await limits(), await limits()]).toEqual(['5', '5'])
  world.happen({ kind: 'wait', hours: 1 })
  expect(await limits()).toBe('3')
  expect(world.recalled).toBe(1)
  world.happen({ kind: 'override', what: 'raise daily', from: 0, hours: 1 })
  expect(await limits()).toBe('5')
  expect(world.recalled).toBe(1)
})

it('what was spent beyond the limit that is raised takes the whole program once, and the cache from then on', async () => {
  const world = new World(temporaryDirectory())
  const asks: Question = { words: ['hook'], input: { hook_event_name: 'PreToolUse', session_id: 's9' } }
  world.happen({ kind: 'settings', text: 'budgets: { daily: 3 }' })
  world.happen({ kind: 'override', what: 'raise daily', from: 0, hours: 1 })
  world.happen({ kind: 'today', seed: 4 })
  for (const expected of [0, 1, 2]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await world.quickly(asks)
    expect(world.fromCache).toBe(expected)
  }
})
