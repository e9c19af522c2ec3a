import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'
import { fromJSONSchema } from 'zod'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

it('the JSON Schemas in config/ are what the definitions say', () => {
  expect(() =>
    execFileSync(process.execPath, ['test/tools/schemas.mjs', '--check'], { cwd: ROOT, stdio: 'pipe' }),
  ).not.toThrow()
})

it('the schema of check --json takes a full answer and one that cannot tell', () => {
  const schema = fromJSONSchema(JSON.parse(readFileSync(`${ROOT}/config/check.schema.json`, 'utf8')))
  const answer = {
    schema: 1,
    level: 'warning',
    exit_code: 1,
    as_of: '2025-12-15T14:30:00Z',
    timezone: 'UTC',
    budgets: [
      {
        id: 'daily',
        name: 'daily',
        scope: {},
        session_id: null,
        period: { kind: 'daily', start: '2025-12-15T00:00:00Z', end: '2025-12-16T00:00:00Z' },
        limit_usd: 10,
        spent_usd: 8.1,
        lower_bound: false,
        ratio: 0.81,
        level: 'warning',
        exceeded: false,
        forecast_usd: null,
        limit_reached_at: null,
      },
    ],
    cache_hit_ratio: 0.4,
    sessions: 12,
    records: 40,
    settings: ['/project/cost-limits.yaml'],
    data_quality: {
      bad_lines: 0,
      rejected: 0,
      unpriced: [{ model: 'acme-1', records: 2, tokens: 900, fix: '…' }],
      undated: 0,
      future: 0,
      notes: [],
    },
  }
  const unknown = {
    schema: 1,
    level: 'unknown',
    exit_code: 3,
    error: { file: 'a.yaml', line: 1, column: 1, message: 'm', fix: 'f' },
  }
  expect(schema.safeParse(answer).error?.issues ?? []).toEqual([])
  expect(schema.safeParse(unknown).error?.issues ?? []).toEqual([])
  expect(schema.safeParse({ ...answer, level: 'fine' }).success).toBe(false)
})
