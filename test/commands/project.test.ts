import { describe, expect, it } from 'vitest'
import * as project from '../../src/commands/project.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { call } from './calling.ts'

const spend = (fields: Readonly<Record<string, unknown>>): string =>
  `${usage({ project: 'shop', ...fields })}\n`

function shop(...lines: readonly string[]): FakeSystem {
  return fakeSystem({ [LEDGER]: lines.join(''), [LIMITS]: 'timezone: UTC\n', [`${PROJECT}/.git`]: '' })
}

describe('project', () => {
  const WORLD = [
    spend({ session_id: 'a', cost_usd: 1, timestamp: '2024-01-01T00:00:00Z' }),
    spend({ session_id: 'a', cost_usd: 2, model: 'claude-opus-5' }),
    spend({ session_id: 'b', cost_usd: 0.3, timestamp: '2025-12-15T12:00:00Z' }),
    spend({ session_id: 'c', cost_usd: 9, project: 'site', timestamp: '2025-12-15T13:00:00Z' }),
  ]

  it('tells of this folder’s project what agents remember, by the names that they know', async () => {
    const { stdout, stderr } = await call(project, '--json', shop(...WORLD))
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      project: 'shop',
      lifetime_cost_usd: 3.3,
      session_count: 2,
      avg_cost_per_session: 1.65,
      most_used_model: 'claude-sonnet-4',
      last_updated: '2025-12-15T12:00:00Z',
      lower_bound: false,
    })
  })

  it('tells the same to people', async () => {
    const { stdout } = await call(project, 'shop', shop(...WORLD))
    expect(stdout).toMatch(
      /cost +\$3\.30\n +sessions +2\n +per session +\$1\.65\n +most used model +claude-sonnet-4\n/,
    )
  })

  it('says what the ledger has instead of a name that it has not', async () => {
    const { stdout, stderr } = await call(project, 'shpo --json', shop(...WORLD))
    expect(stderr).toBe('Nothing is on record for the project shpo; the ledger has site, shop\n')
    expect(JSON.parse(stdout)).toMatchObject({
      lifetime_cost_usd: 0,
      session_count: 0,
      avg_cost_per_session: null,
      most_used_model: null,
      last_updated: null,
    })
  })

  it('takes a * for itself', async () => {
    const { stdout } = await call(
      project,
      's* --json',
      shop(...WORLD, spend({ project: 's*', session_id: 'd', cost_usd: 4 })),
    )
    expect(JSON.parse(stdout)).toMatchObject({ project: 's*', lifetime_cost_usd: 4, session_count: 1 })
  })

  it('tells no less than is known of what has no price', async () => {
    const { stdout } = await call(
      project,
      '--json',
      shop(...WORLD, spend({ session_id: 'u', model: 'acme' })),
    )
    expect(JSON.parse(stdout)).toMatchObject({ lifetime_cost_usd: 3.3, session_count: 3, lower_bound: true })
  })
})
