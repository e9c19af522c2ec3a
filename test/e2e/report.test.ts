// One after the other is what these promises are about.
/* oxlint-disable no-await-in-loop */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import {
  array as arrayOf,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  record as recordOf,
} from 'fast-check'
import { describe, expect, it, test } from 'vitest'

import { parseCsv } from '../../src/core/csv.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { CLI, runProgram } from './run.ts'
import { NOW, type Sandbox, line, sandbox } from './sandbox.ts'

const AT = ['--now', NOW] as const

function boxWith(...records: readonly Readonly<Record<string, unknown>>[]): Sandbox {
  const box = sandbox()
  box.limits('budgets: { daily: 10, weekly: 20, monthly: 40 }\n')
  box.append(...records.map((fields) => line(fields)))
  return box
}

/** What a shell makes of a command line in which `ai-costs` is the program. */
function shell(box: Sandbox, text: string) {
  const program = `ai-costs() { "${process.execPath}" "${CLI}" "$@"; }`
  return runProgram('bash', ['-c', `${program}\n${text}`], { cwd: box.project, env: box.env })
}

describe('exit codes', () => {
  test.each<[call: string, code: number, says: RegExp]>([
    ['report', 0, /^AI cost report: 2025-12-15\n/],
    ['report weekly', 0, /2025-12-15 to 2025-12-21/],
    ['report session --all --json', 0, /^\{\n {2}"schema": 1,/],
    ['report --date yesterday', 0, /total spend +\$0\.00/],
    ['report yearly', 64, /there is no report "yearly"/],
    ['report --format pdf', 64, /--format/],
    ['report --month 2025-13', 64, /--month is no month/],
    ['report daily weekly', 64, /too many arguments|weekly/],
    ['summary', 0, /^AI cost summary: 2025-12-15\n/],
    ['summary all --format markdown', 0, /^# AI cost summary/],
    ['summary lately', 64, /none of today, week, month and all/],
    ['export', 0, /^timestamp,id,session_id/],
    ['export --format jsonl', 0, /^\{"v":1/],
    ['export --format xml', 64, /--format/],
    ['report --config broken', 3, /cost-limits\.yaml:\d+:/],
    ['summary --config broken', 3, /cost-limits\.yaml:\d+:/],
    ['export --config broken', 3, /cost-limits\.yaml:\d+:/],
    ['report --dir nowhere', 0, /There is no ledger in .*nowhere yet/],
    ['export --dir nowhere', 0, /^timestamp,/],
    ['report --dir file', 3, /is not a directory/],
  ])('"%s" ends with %d', async (call, code, says) => {
    const box = boxWith({})
    box.write('broken/cost-limits.yaml', 'budgets: [\n')
    box.write('file', '')
    const outcome = await box.run([...call.split(' '), ...AT])
    expect(outcome.stdout + outcome.stderr).toMatch(says)
    expect(outcome.code).toBe(code)
  })
})

describe('what cannot be printed', () => {
  test.each([
    ['report', 1],
    ['report session --json', 1],
    ['summary', 1],
    ['export', 1],
    ['check', 3],
  ])('`%s > /dev/full` says so and ends with %d', async (call, code) => {
    const outcome = await shell(boxWith({}), `ai-costs ${call} --now ${NOW} > /dev/full`)
    expect(outcome.stderr).toMatch(/^ai-costs: the output was NOT written in full: .*ENOSPC.*\n$/)
    expect(outcome.code).toBe(code)
  })

  it('is no trouble where the reader has seen enough', async () => {
    const box = sandbox()
    box.append(...Array.from({ length: 5000 }, (_, nth) => line({ session_id: `s${nth}` })))
    for (const call of ['export', 'report session --json', 'report session --format csv']) {
      const outcome = await shell(box, `ai-costs ${call} --now ${NOW} | head -n 1; echo "\${PIPESTATUS[0]}"`)
      expect(outcome).toMatchObject({ stdout: expect.stringMatching(/^.+\n0\n$/), stderr: '' })
    }
  })
})

describe('a report that is kept', () => {
  it('is the one that was printed, and replaces an older one', async () => {
    const box = boxWith({})
    const first = await box.run(['report', '--save', '--rollup', ...AT])
    const path = join(box.costs, 'reports/report-2025-12-15.txt')
    expect(readFileSync(path, 'utf8')).toBe(first.stdout)
    expect(first.stderr).toBe(`Report saved to ${path}\n1 day kept in daily/\n`)
    box.append(line({ session_id: 's2', cost_usd: 4 }))
    const second = await box.run(['report', '--save', ...AT])
    expect(readFileSync(path, 'utf8')).toBe(second.stdout)
    expect(second.stdout).toContain('$5.00')
    expect(readdirSync(join(box.costs, 'reports')).toSorted()).toEqual([
      '.gitignore',
      'report-2025-12-15.txt',
    ])
  })

  it('is printed all the same where it cannot be kept, and ends with 1', async () => {
    const box = boxWith({})
    box.write('.ai-costs/reports', 'in the way')
    const outcome = await box.run(['report', '--save', ...AT])
    expect(outcome).toMatchObject({ code: 1, stdout: expect.stringContaining('total spend') })
    expect(outcome.stderr).toMatch(/^ai-costs: .*reports/)
  })
})

describe('whatever things are called', () => {
  const NAMES = [
    '=HYPERLINK("http://evil.example","x")',
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '[click](javascript:alert(1)) `x` | y',
    '\u001b[31mred\u001b]0;title\u0007',
    '\u202egnp.exe\u200b',
    '__proto__',
    'line\r\nbreak',
  ]

  it('the output is inert in every format', { timeout: 60_000 }, async () => {
    const box = boxWith(
      ...NAMES.map((name, nth) => ({ session_id: `${nth}${name}`, project: name, model: name, tool: name })),
    )
    const calls = ['text', 'json', 'csv', 'markdown', 'html'].map(
      (format) => `report monthly --format ${format}`,
    )
    for (const call of [...calls, 'report session', 'summary', 'export', 'export --format jsonl']) {
      const { stdout, code } = await box.run([...call.split(' '), ...AT])
      expect({ call, code }).toEqual({ call, code: 0 })
      expect(stdout).not.toMatch(ACTS_ON_A_TERMINAL)
      if (call.endsWith('html')) expect(stdout).not.toMatch(/<script|<img|<a /)
      if (call.endsWith('csv') || call === 'export') {
        for (const cell of parseCsv(stdout).rows.flat()) expect(cell).not.toMatch(/^[=+@]/)
      }
      if (call.endsWith('json')) expect(JSON.parse(stdout).projects).toHaveLength(NAMES.length)
    }
  })

  it('no colour is printed, wanted or not, and what goes into a pipe is what a file would hold', async () => {
    const box = boxWith({})
    const plain = await box.run(['report', ...AT])
    for (const env of [{ NO_COLOR: '1' }, { FORCE_COLOR: '1' }, { TERM: 'dumb' }]) {
      const { stdout } = await box.run(['report', ...AT], { env })
      expect(stdout.replaceAll('-', '─')).toBe(plain.stdout.replaceAll('-', '─'))
    }
    expect((await shell(box, `ai-costs report --now ${NOW} | cat`)).stdout).toBe(plain.stdout)
  })
})

describe('the same numbers', () => {
  const RECORDS = arrayOf(
    recordOf({
      hour: integer({ min: -40 * 24, max: 30 }),
      spent: integer({ min: 0, max: 500 }),
      session_id: constantFrom('s1', 's2', 's3'),
      project: constantFrom('shop', 'api'),
      model: constantFrom('opus', 'haiku'),
    }),
    { minLength: 1, maxLength: 60 },
  )
  const ZONES = constantFrom('UTC', 'America/Los_Angeles', 'Pacific/Auckland')

  it(
    'stand in every report, in an export and in `check` for the same days and zone',
    { timeout: 120_000 },
    async () => {
      await assert(asyncProperty(RECORDS, ZONES, agree), { numRuns: 2 })
    },
  )
})

async function agree(records: readonly { readonly hour: number; readonly spent: number }[], zone: string) {
  const box = sandbox()
  box.limits(`budgets: { daily: 10, weekly: 20, monthly: 40 }\ntimezone: ${zone}\n`)
  box.append(
    ...records.map(({ hour, spent, ...labels }, nth) => {
      const at = new Date(Date.parse(NOW) + hour * 3_600_000).toISOString()
      return line({ ...labels, id: `r${nth}`, timestamp: at, cost_usd: spent / 100 })
    }),
  )
  const json = async (call: string) =>
    JSON.parse((await box.run([...call.split(' '), '--json', ...AT])).stdout)
  const checked = await json('check')
  for (const { id, spent_usd: usd, period } of checked.budgets) {
    const report = await json(`report ${id}`)
    expect(report.total.cost_usd).toBe(usd)
    expect(report.period).toMatchObject({ start: period.start, end: period.end })
    for (const part of ['models', 'projects', 'tools']) expect(sumOf(report[part])).toBe(cents(usd))
    const { first, last } = report.period
    const { stdout } = await box.run([
      'export',
      '--since',
      first,
      '--until',
      last,
      '--format',
      'jsonl',
      ...AT,
    ])
    expect(
      sumOf(
        stdout
          .split('\n')
          .filter(Boolean)
          .map((text) => JSON.parse(text)),
      ),
    ).toBe(cents(usd))
  }
  const daily = await json('report daily')
  expect(daily.total).toMatchObject({ sessions: checked.sessions, records: checked.records })
  expect(daily.cache.cache_hit_ratio).toBe(checked.cache_hit_ratio)
  expect(daily.data_quality).toEqual(checked.data_quality)
  const { total } = await json('summary today')
  expect(total.cost_usd).toBe(daily.total.cost_usd)
}

/** In whole cents: numbers of JavaScript do not add up. */
function sumOf(rows: readonly { readonly cost_usd?: number }[]): number {
  return rows.reduce((sum, { cost_usd: usd }) => sum + cents(usd ?? 0), 0)
}

function cents(usd: number): number {
  return Math.round(usd * 100)
}
