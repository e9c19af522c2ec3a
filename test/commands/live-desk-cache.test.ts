import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as check from '../../src/commands/check.ts'
import { callOf } from '../../src/commands/desk.ts'
import { LiveDesk } from '../../src/commands/live-desk.ts'
import { openCache } from '../../src/commands/open-cache.ts'
import type { Dashboard } from '../../src/core/dashboard.ts'
import { createSystem } from '../../src/system/create-system.ts'
import type { System } from '../../src/system/system.ts'
import { usage } from '../kit/fold-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const CALL = { arguments: [], options: {} }

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
  const today = new Date().toISOString()
  const news = ['opus', 'haiku'].map((model) => usage({ id: model, model, timestamp: today, cost_usd: 2 }))
  writeFileSync(path, `${`${old}\n`.repeat(18_000)}${news.join('\n')}\n`)
  const waiting: (() => void)[] = []
  const system: System = {
    ...createSystem(),
    scheduler: { every: () => () => {}, soon: (task) => void waiting.push(task) },
    environment: { variables: {}, workingDirectory: root, home: join(root, 'home'), zone: () => 'UTC' },
  }
  return { system, waiting, path }
}

async function opened(system: System) {
  const seen = { dashboards: [] as Dashboard[], shares: [] as (number | null)[] }
  const desk = new LiveDesk(callOf(CALL, system), system, {
    show: (dashboard) => void seen.dashboards.push(dashboard),
    progress: (share) => void seen.shares.push(share),
    banner: () => {},
    tick: () => {},
  })
  await desk.start()
  return { desk, seen }
}

it('the pane shows at once what the cache knows, and what was appended since', async () => {
  const { system, path } = aLargeLedger()
  await check.run(CALL, system)
  writeFileSync(
    path,
    `${usage({ id: 'last', model: 'haiku', timestamp: new Date().toISOString(), cost_usd: 3 })}\n`,
    {
      flag: 'a',
    },
  )
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
  expect(shown).toBe(1)
})

it('the pane leaves a cache behind, once it has read a ledger that had none', async () => {
  const { system, waiting, path } = aLargeLedger()
  const { desk, seen } = await opened(system)
  expect(seen.dashboards).toEqual([])
  while (waiting.length > 0) waiting.shift()?.()
  expect(seen.dashboards).toHaveLength(1)
  desk.close()
  const head = system.cache(join(path, '..')).read('cache')
  expect(head).toMatchObject({ files: [{ name: 'sessions.jsonl', size: readFileSync(path).length }] })
  // Whether the settings are still those that hold is for the next call to find out.
  expect(openCache(CALL, system)).toBeNull()
})
