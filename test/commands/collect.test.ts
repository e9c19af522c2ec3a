import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { describe, expect, it, vi } from 'vitest'

import { collect } from '../../src/commands/collect.ts'
import { settingsPlaces } from '../../src/commands/settings-places.ts'
import { aResponse, responseLines } from '../kit/transcripts.ts'
import { CollectingWorld, endingWithTheTest } from './collecting-world.ts'

const LOOK = 500
/** Changed settings hold after so long. */
const TREE = 30_000

/** Whoever only looks at the settings has one timer; whoever collects has another. */
const IDLE = 1

/** Begins to collect as the pane does; the answer ends it. */
function begin(world: CollectingWorld, isAsked = false): () => void {
  const { system } = world
  const places = settingsPlaces(null, system.environment, system.files)
  const onTrouble = (trouble: string | null): void => void world.troubles.push(trouble)
  return endingWithTheTest(collect(places, { isAsked, place: () => world.place, onTrouble }, system))
}

/** Waits until what was loaded holds. */
async function until(world: CollectingWorld, condition: () => void): Promise<void> {
  await vi.waitFor(
    () => {
      world.settle()
      condition()
    },
    { interval: 2 },
  )
}

/** Writes a file of the user's settings. */
function set(world: CollectingWorld, name: string, text: string): void {
  const path = join(world.home, '.config', 'ai-costs', name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function codexRespond(world: CollectingWorld, session: string): void {
  const usage = { input_tokens: 1000, cached_input_tokens: 0, output_tokens: 50, total_tokens: 1050 }
  const events = [
    { type: 'session_meta', payload: { id: session, cwd: world.project, cli_version: '0.60.0' } },
    { type: 'turn_context', payload: { model: 'gpt-5-codex', cwd: world.project } },
    {
      type: 'event_msg',
      payload: { type: 'token_count', info: { total_token_usage: usage, last_token_usage: usage } },
    },
  ]
  const path = join(
    world.home,
    '.codex',
    'sessions',
    '2025',
    '12',
    '15',
    `rollout-2025-12-15T10-00-00-${session}.jsonl`,
  )
  const lines = events.map((event) => JSON.stringify({ timestamp: '2025-12-15T10:00:00Z', ...event }))
  world.append(path, ...lines)
}

describe('without being asked', () => {
  it('nothing is collected', async () => {
    const world = new CollectingWorld()
    begin(world)
    world.respond('app/a.jsonl', 'first')
    await until(world, () => expect(world.timers).toBe(IDLE))
    world.pass(3 * TREE)
    expect(world.searches).toBe(0)
    expect(world.messages()).toEqual([])
  })

  it('the settings decide', async () => {
    const world = new CollectingWorld()
    set(world, 'cost-limits.yaml', 'collect: [claude-code]\n')
    world.respond('app/a.jsonl', 'first')
    codexRespond(world, 'c')
    begin(world)
    await until(world, () => expect(world.messages()).toEqual(['first']))
  })
})

it('when asked, the usual tools are collected', async () => {
  const world = new CollectingWorld()
  world.respond('app/a.jsonl', 'first')
  codexRespond(world, 'c')
  begin(world, true)
  await until(world, () => expect(world.records()).toHaveLength(2))
})

it('a name that no tool has is said, and the others are collected', async () => {
  const world = new CollectingWorld()
  set(world, 'cost-limits.yaml', 'collect: [claude-code, cluade]\n')
  world.respond('app/a.jsonl', 'first')
  begin(world)
  await until(world, () => expect(world.messages()).toEqual(['first']))
  expect(world.troubles).toEqual([expect.stringContaining('there is no source "cluade"')])
})

describe('settings that change while it collects', () => {
  it('begin, extend and end it, within half a minute', async () => {
    const world = new CollectingWorld()
    begin(world)
    world.respond('app/a.jsonl', 'first')
    codexRespond(world, 'c')
    await until(world, () => expect(world.timers).toBe(IDLE))
    set(world, 'cost-limits.yaml', 'collect: [claude-code]\n')
    // Until the settings of the beginning are loaded nobody looks for others.
    await until(world, () => {
      world.pass(TREE)
      expect(world.messages()).toEqual(['first'])
    })
    set(world, 'cost-limits.yaml', 'collect: [claude-code, codex]\n')
    world.pass(TREE)
    await until(world, () => expect(world.records()).toHaveLength(2))
    set(world, 'cost-limits.yaml', 'collect: []\n')
    world.pass(TREE)
    await until(world, () => expect(world.timers).toBe(IDLE))
    world.respond('app/a.jsonl', 'second')
    world.pass(2 * TREE)
    expect(world.records()).toHaveLength(2)
  })

  it('lose nothing and repeat nothing', async () => {
    const world = new CollectingWorld()
    set(world, 'cost-limits.yaml', 'collect: [claude-code]\n')
    world.respond('app/a.jsonl', 'm0')
    begin(world)
    await until(world, () => expect(world.messages()).toEqual(['m0']))
    for (let nth = 1; nth <= 5; nth++) {
      set(world, 'cost-limits.yaml', `budgets: { daily: ${nth} }\ncollect: [claude-code]\n`)
      world.respond('app/a.jsonl', `m${nth}`)
      world.pass(TREE)
      // oxlint-disable-next-line no-await-in-loop -- one change after the other
      await until(world, () => expect(world.messages()).toHaveLength(nth + 1))
    }
    expect(world.messages()).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5'])
  })

  it('bring the prices of what comes from then on', async () => {
    const world = new CollectingWorld()
    const respond = (message: string): void =>
      world.respond('app/a.jsonl', message, { model: 'acme-1', input: 1_000_000, output: 0, read: 0 })
    const prices = (input: number): void =>
      set(world, 'prices.yaml', `prices: [{ model: acme-1, input: ${input}, output: 1, cache_write: 0 }]\n`)
    prices(2)
    begin(world, true)
    respond('cheap')
    await until(world, () => expect(world.messages()).toEqual(['cheap']))
    prices(3)
    world.pass(TREE)
    await until(world, () => {
      respond(`dear-${world.messages().length}`)
      world.pass(LOOK)
      expect(world.records().at(-1)?.cost_usd).toBe(3)
    })
    expect(world.records()[0]?.cost_usd).toBe(2)
  })

  it('are not minded while they are broken', async () => {
    const world = new CollectingWorld()
    set(world, 'cost-limits.yaml', 'collect: [claude-code]\n')
    world.respond('app/a.jsonl', 'first')
    begin(world)
    await until(world, () => expect(world.messages()).toEqual(['first']))
    set(world, 'cost-limits.yaml', 'collect: [codex\n')
    world.pass(TREE)
    world.respond('app/a.jsonl', 'second')
    world.pass(TREE)
    expect(world.messages()).toEqual(['first', 'second'])
    set(world, 'cost-limits.yaml', 'collect: []\n')
    await until(world, () => {
      world.pass(TREE)
      expect(world.timers).toBe(IDLE)
    })
  })

  it('that cannot be read are said, until they can', async () => {
    const world = new CollectingWorld()
    const path = join(world.home, '.config', 'ai-costs', 'cost-limits.yaml')
    set(world, 'cost-limits.yaml', 'collect: [claude-code]\n')
    renameSync(path, `${path}.away`)
    symlinkSync('nowhere', path)
    world.respond('app/a.jsonl', 'first')
    begin(world)
    await until(world, () => expect(world.troubles).toEqual([expect.stringContaining(path)]))
    rmSync(path)
    renameSync(`${path}.away`, path)
    world.pass(TREE)
    await until(world, () => expect(world.messages()).toEqual(['first']))
    expect(world.troubles.slice(1)).toEqual([null])
  })
})

describe('the ledger', () => {
  it('that the project begins meanwhile is collected into from then on', async () => {
    const world = new CollectingWorld()
    const own = world.place
    world.respond('app/a.jsonl', 'first')
    begin(world, true)
    await until(world, () => expect(world.messages(own)).toEqual(['first']))
    mkdirSync(join(world.project, '.ai-costs'))
    expect(world.place).not.toEqual(own)
    world.respond('app/a.jsonl', 'second')
    // Only what was done in the project is for its ledger.
    world.respond('other/b.jsonl', 'elsewhere', { cwd: '/somewhere/else' })
    world.pass(TREE)
    await until(world, () => expect(world.messages()).toEqual(['first', 'second']))
    world.pass(TREE)
    expect(world.messages()).not.toContain('elsewhere')
  })

  it('of a project that is a link is not collected into: a cloned repository may have brought it', async () => {
    const world = new CollectingWorld()
    const elsewhere = join(world.home, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, join(world.project, '.ai-costs'))
    world.respond('app/a.jsonl', 'first')
    begin(world, true)
    await until(world, () => expect(world.troubles).toEqual([expect.stringContaining('is a symbolic link')]))
    world.pass(2 * TREE)
    expect(world.messages()).toEqual([])
  })
})

describe('at the end', () => {
  it('nothing is looked at or said any more', async () => {
    const world = new CollectingWorld()
    world.forbidden.add(world.transcript('app/a.jsonl'))
    world.respond('app/a.jsonl', 'first')
    const end = begin(world, true)
    await until(world, () => expect(world.troubles).toHaveLength(1))
    end()
    expect(world.timers).toBe(0)
    expect(world.troubles).toHaveLength(1)
  })

  it('nothing begins that was about to', async () => {
    const world = new CollectingWorld()
    world.append(world.transcript('app/a.jsonl'), ...responseLines(aResponse()))
    const end = begin(world, true)
    expect(world.timers).toBe(IDLE)
    end()
    await new Promise((resolve) => setImmediate(resolve))
    world.pass(TREE)
    expect(world.timers).toBe(0)
    expect(world.searches).toBe(0)
  })
})
