import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { expect, it } from 'vitest'

import { clockAt } from './run.ts'
import { NOW, line, sandbox } from './sandbox.ts'

/** A published table in which `acme-1` costs one dollar a token. */
const TABLE = JSON.stringify({
  'acme-1': { mode: 'chat', input_cost_per_token: 1, output_cost_per_token: 1 },
  ...Object.fromEntries(
    Array.from({ length: 100 }, (_, nth) => [
      `many-${nth}`,
      { mode: 'chat', input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 },
    ]),
  ),
})

it('an update prices what had no price, in every answer, and is undone by removing its file', async () => {
  const box = sandbox()
  const env = clockAt(NOW)
  const updated = join(box.home, '.config/ai-costs/prices.updated.json')
  const daily = async (...options: readonly string[]): Promise<unknown> => {
    const { stdout } = await box.run(['check', '--json', ...options], { env })
    const { budgets } = JSON.parse(stdout) as { budgets: Record<string, unknown>[] }
    return [budgets[0]?.['spent_usd'], budgets[0]?.['lower_bound']]
  }
  box.limits('budgets:\n  daily: 100\n')
  box.append(line({ model: 'acme-1', input_tokens: 5, output_tokens: 2, cost_usd: undefined }))
  writeFileSync(join(box.project, 'table.json'), TABLE)
  // Twice, so that the second answer comes from the cache.
  expect([await daily(), await daily()]).toEqual([
    [0, true],
    [0, true],
  ])

  const { stdout, code } = await box.run(['models', 'update', '--from', 'table.json'], { env })
  expect([code, stdout.includes(`wrote ${updated}`)]).toEqual([0, true])
  expect([await daily(), await daily(), await daily('--no-cache')]).toEqual([
    [7, false],
    [7, false],
    [7, false],
  ])

  rmSync(updated)
  expect([await daily(), await daily('--no-cache')]).toEqual([
    [0, true],
    [0, true],
  ])
})

it('a file of updates that somebody broke is named, and nothing is guessed', async () => {
  const box = sandbox()
  const updated = join(box.home, '.config/ai-costs/prices.updated.json')
  mkdirSync(dirname(updated), { recursive: true })
  writeFileSync(updated, '{')
  box.append(line({ model: 'acme-1', cost_usd: undefined }))
  const { stderr, code } = await box.run(['check'], { env: clockAt(NOW) })
  expect(code).toBe(3)
  expect(stderr).toContain(`${updated}: is no price table of ours`)
})
