import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import * as check from '../../src/commands/check.ts'
import { callOf } from '../../src/commands/desk.ts'
import { LiveDesk } from '../../src/commands/live-desk.ts'
import { openCache } from '../../src/commands/open-cache.ts'
import { overridesAt } from '../../src/commands/overrides-file.ts'
import type { Dashboard } from '../../src/core/dashboard.ts'
import { createSystem } from '../../src/system/create-system.ts'
import type { System } from '../../src/system/system.ts'
import { usage } from '../kit/fold-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const CALL = { arguments: [], options: {} }
/** A Wednesday: the day before is in the same week and month. */
const NOW = Date.UTC(2025, 11, 17, 12)
const TODAY = new Date(NOW).toISOString()
const YESTERDAY = new Date(NOW - 86_400_000).toISOString()

/** A ledger so large that it is read in several steps, today's spend of two models at its end. */
function aLargeLedger(): {
  readonly system: System
  readonly waiting: (() => void)[]
  readonly path: string
} {
  const root = temporaryDirectory()
  const directory = join(root, '.ai-costs')
  mkdirSync(directory)
  const path = join(directory, 'sessions.jsonl')
  const old = usage({ note: 'x'.repeat(900), timestamp: '2024-01-01T00:00:00Z', cost_usd: 0.01 })
  const news = ['opus', 'haiku'].map((model) => usage({ id: model, model, timestamp: TODAY, cost_usd: 2 }))
  writeFileSync(path, `${`${old}\n`.repeat(18_000)}${news.join('\n')}\n`)
  const waiting: (() => void)[] = []
  const real = createSystem()
  const system: System = {
    ...real,
    clock: { ...real.clock, now: () => NOW },
    scheduler: { every: () => () => {}, soon: (task) => void waiting.push(task) },
    environment: {
      variables: {},
      workingDirectory: root,
      home: join(root, 'home'),
      platform: 'linux',
      zone: () => 'UTC',
    },
  }
  return { system, waiting, path }
}

async function opened(system: System) {
  const seen = { dashboards: [] as Dashboard[], shares: [] as (number | null)[], banners: [] as string[] }
  const desk = new LiveDesk(callOf(CALL, system), system, {
    show: (dashboard) => void seen.dashboards.push(dashboard),
    progress: (share) => void seen.shares.push(share),
    banner: (banner) => void (banner !== null && seen.banners.push(banner.text)),
    tick: () => {},
    changed: () => {},
    style: () => {},
  })
  await desk.start()
  return { desk, seen }
}

it('the pane shows at once what the cache knows, and what was appended since', async () => {
  const { system, path } = aLargeLedger()
  await check.run(CALL, system)
  writeFileSync(path, `${usage({ id: 'last', model: 'haiku', timestamp: TODAY, cost_usd: 3 })}\n`, {
    flag: 'a',
  })
  const { desk, seen } = await opened(system)
  expect(seen.shares).toEqual([])
  const [first] = seen.dashboards
  expect(first?.models.map(({ model, spend }) => [model, spend.usd])).toEqual([
    ['haiku', 5n * 10n ** 12n],
    ['opus', 2n * 10n ** 12n],
  ])
  const shown = seen.dashboards.length
  desk.reread()
  desk.close()
  // Once more with the alert that was raised.
  expect(shown).toBe(2)
})

it('the pane leaves a cache behind, once it has read a ledger that had none', async () => {
  const { system, waiting, path } = aLargeLedger()
  const { desk, seen } = await opened(system)
  expect(seen.dashboards).toEqual([])
  while (waiting.length > 0) waiting.shift()?.()
  // Once more with the alert that was raised.
  expect(seen.dashboards).toHaveLength(2)
  desk.close()
  const head = system.cache(join(path, '..')).read('cache')
  expect(head).toMatchObject({ files: [{ name: 'sessions.jsonl', size: readFileSync(path).length }] })
  // Whether the settings are still those that hold is for the next call to find out.
  expect(openCache(CALL, system, overridesAt)).toBeNull()
})

it('a budget that is set while the pane is open sees what a cache had added up', async () => {
  const { system, waiting, path } = aLargeLedger()
  const settings = join(system.environment.home, '.config/ai-costs/cost-limits.yaml')
  mkdirSync(join(settings, '..'), { recursive: true })
  writeFileSync(settings, 'budgets: { daily: 10 }\n')
  // Both models are older than the day, so that no budget of that time tells them apart.
  for (const model of ['opus', 'haiku']) {
    appendFileSync(path, `${usage({ id: `y-${model}`, model, timestamp: YESTERDAY, cost_usd: 7 })}\n`)
  }
  await check.run(CALL, system)
  const { desk, seen } = await opened(system)
  expect(seen.shares).toEqual([])
  const scoped = '[{ name: o, model: opus, monthly: 90, weekly: 90 }]'
  writeFileSync(settings, `budgets: { daily: 10, scoped: ${scoped} }\n`)
  const call = { arguments: [], options: { json: true as const, 'no-cache': true as const } }
  const { budgets } = JSON.parse(String((await check.run(call, system)).stdout))
  const told = budgets.map((budget: { id: string; spent_usd: number }) => [budget.id, budget.spent_usd])
  expect(told).toContainEqual(['o/weekly', 9])
  await vi.waitFor(() => {
    desk.look()
    for (const task of waiting.splice(0)) task()
    const shown = seen.dashboards
      .at(-1)
      ?.verdicts.map(({ budget, spent }) => [budget.id, Number(spent) / 1e12])
    expect(shown).toEqual(told)
  })
  desk.close()
})

it('a ledger that can no longer be read is a banner, with a cache as without', async () => {
  const { system, path } = aLargeLedger()
  await check.run(CALL, system)
  rmSync(path)
  mkdirSync(path)
  const { desk, seen } = await opened(system)
  desk.close()
  expect(seen.banners).toEqual([expect.stringContaining('is not a regular file')])
})
