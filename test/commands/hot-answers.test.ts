import { beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '../../src/core/result.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { type Question, World } from './cache-world.ts'

const STEPS = 'budgets: [daily, per_session], steps: [{ at: 0.5, model: claude-haiku-4-5 }]'
const HOOK = { hook_event_name: 'PreToolUse', session_id: 'busy' }

/** Questions about a session that is not the current one, and what is said of it and of nothing else. */
const QUESTIONS: readonly (readonly [Question, RegExp])[] = [
  [{ words: ['route', '--session', 'busy', '--explain'] }, /claude-haiku-4-5\n[^]*per_session is at/],
  [{ words: ['hook'], input: HOOK }, /per_session|session busy/],
  [{ words: ['statusline'], input: { session_id: 'busy' } }, /session .*\$2\.(?:90|92)/],
  [{ words: ['check', '--session', 'busy'] }, /\$2\.(?:90|92)/],
]

let world: World
beforeEach(() => {
  // No more is written down than was, as it is while little is new.
  world = new World(temporaryDirectory(), { worthSaving: 1 << 16, mostBehind: 1 << 20 })
  world.happen({
    kind: 'settings',
    text: 'budgets: { daily: 90, per_session: 3 }\nalerts: { action: block }',
  })
  world.happen({ kind: 'router', text: `default: claude-opus-5\ndowngrade: { ${STEPS} }` })
  world.happen({ kind: 'spent', session: 'busy', usd: 2.9 })
  world.happen({ kind: 'spent', session: 'idle', usd: 0.1 })
})

/** The cache is there, and everything that is due was raised. */
async function settle(): Promise<void> {
  await world.quickly({ words: ['check'] })
  await world.thoroughly({ words: ['check'] })
}

function told({ stdout, stderr }: Result): string {
  return `${String(stdout)}${stderr}`
}

describe.each(QUESTIONS)('%j', (question, expected) => {
  it('is answered from the cache, as a full reading answers it', async () => {
    await settle()
    const before = world.fromCache
    const quick = await world.quickly(question)
    expect(world.fromCache).toBe(before + 1)
    expect(told(quick)).toMatch(expected)
    expect(quick).toEqual(await world.thoroughly(question))
  })

  it('counts what was appended since, to that session and to others', async () => {
    await settle()
    world.happen({ kind: 'spent', session: 'idle', usd: 0.1 })
    world.happen({ kind: 'spent', session: 'busy', usd: 0.02 })
    world.happen({ kind: 'spent', session: 'new', usd: 0.1 })
    const before = world.counted
    const quick = await world.quickly(question)
    expect(world.counted).toBe(before + 1)
    expect(told(quick)).toMatch(expected)
    expect(quick).toEqual(await world.thoroughly(question))
  })
})

describe('an alert that is due', () => {
  const asks: Question = { words: ['hook'], input: { ...HOOK, session_id: 'idle' } }

  it('takes the whole program, also where only the session of another makes it', async () => {
    // It fills the cache, and raises nothing.
    await world.quickly({ words: ['route'] })
    await world.quickly(asks)
    expect(world.fromCache).toBe(0)
    await world.quickly(asks)
    expect(world.fromCache).toBe(1)
  })

  it.each([
    ['by itself', 0, 2.5],
    ['on top of what was there', 2.3, 0.2],
  ])('takes the whole program when what was appended makes it, %s', async (_, there, appended) => {
    world.happen({ kind: 'spent', session: 'other', usd: there })
    world.happen({ kind: 'spent', session: 'idle', usd: 0.1 })
    await settle()
    const before = world.fromCache
    world.happen({ kind: 'spent', session: 'other', usd: appended })
    await world.quickly(asks)
    expect(world.fromCache).toBe(before)
    await world.quickly(asks)
    expect(world.fromCache).toBe(before + 1)
  })

  it('takes the whole program when it is only for a mark, and all else is well', async () => {
    world.happen({ kind: 'settings', text: 'budgets: { daily: 5 }\nalerts: { marks: [0.5] }' })
    await world.quickly({ words: ['route'] })
    await world.quickly(asks)
    expect(world.fromCache).toBe(0)
    await world.quickly(asks)
    expect(world.recalled).toBe(1)
  })

  it('is nothing to a router, which raises none', async () => {
    await world.quickly({ words: ['route'] })
    await world.quickly({ words: ['route'] })
    expect(world.fromCache).toBe(1)
  })
})

it('a model that the settings do not name takes the whole program, but only where its price decides', async () => {
  await settle()
  const before = world.fromCache
  await world.quickly({ words: ['route', 'claude-opus-4-1'] })
  expect(world.fromCache).toBe(before + 1)
  const question: Question = { words: ['route', 'claude-opus-4-1', '--session=busy'] }
  expect(await world.quickly(question)).toEqual(await world.thoroughly(question))
  expect(world.fromCache).toBe(before + 1)
})

it('a router that is broken takes the whole program, and check does not', async () => {
  world.happen({ kind: 'router', text: 'default: [no, model]' })
  await settle()
  const before = world.fromCache
  const { exitCode } = await world.quickly({ words: ['route'] })
  expect({ exitCode, fromCache: world.fromCache }).toEqual({ exitCode: 3, fromCache: before })
})
