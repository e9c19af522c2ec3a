import { describe, expect, it, test } from 'vitest'
import { UsageError } from '../../src/commands/command.ts'
import * as invoice from '../../src/commands/invoice.ts'
import { Unreadable } from '../../src/system/file-system.ts'
import { type FakeSystem, LEDGER, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { call } from './calling.ts'

const OWN = `${PROJECT}/.claude/billing.json`
const CODE = `${PROJECT}/.claude/project-code.txt`
const YOURS = '/home/u/.config/ai-costs/billing.json'
const SITE = '/home/u/site'

const expense = (id: string, amount: number): object => ({
  id,
  description: `Server ${id}`,
  category: 'hosting',
  amount,
  type: 'recurring',
  frequency: 'monthly',
  start_date: '2025-01-31',
})
const billing = (...expenses: readonly object[]): string => JSON.stringify({ version: 1, expenses })
const rates = (...projects: readonly object[]): string => JSON.stringify({ version: 1, projects })

/** A shop with a code of its own, and a site beside it. */
function shop(texts: Readonly<Record<string, string>> = {}): FakeSystem {
  return fakeSystem({
    [LEDGER]: `${usage({ project: 'shop', cost_usd: 1.5 })}\n${usage({ session_id: 's2', project: 'site', project_code: 'SITE', cost_usd: 2 })}\n`,
    [CODE]: 'SHOP\n',
    [OWN]: billing(expense('shop', 20)),
    [YOURS]: rates({ code: 'SHOP', client: 'Example Ltd', billing: 'api' }, { code: 'SITE', billing: 'api' }),
    [`${SITE}/.claude/billing.json`]: billing(expense('site', 7)),
    [`${SITE}/.claude/project-code.txt`]: 'SITE\n',
    ...texts,
  })
}

interface Row {
  readonly project_code: string
  readonly cost_usd: number
  readonly expenses_usd: number
  readonly due_usd: number | null
}

async function rows(system: FakeSystem, words = ''): Promise<(string | number | null)[][]> {
  const { stdout, exitCode } = await call(invoice, `--json --month 2025-12 ${words}`, system)
  expect(exitCode).toBe(0)
  const { projects } = JSON.parse(stdout) as { projects: readonly Row[] }
  return projects.map((row) => [row.project_code, row.cost_usd, row.expenses_usd, row.due_usd])
}

describe('invoice', () => {
  it('takes the rate card from your settings and the expenses from the project, which names its records', async () => {
    expect(await rows(shop())).toEqual([
      ['SHOP', 1.5, 20, 21.5],
      ['SITE', 2, 0, 2],
    ])
  })

  test.each(['/home/u/site', '../site', '../site/.claude/billing.json', '../site ../site/'])(
    'takes the expenses of %s once, too',
    async (folders) => {
      expect(await rows(shop(), folders)).toEqual([
        ['SHOP', 1.5, 20, 21.5],
        ['SITE', 2, 7, 9],
      ])
    },
  )

  it('takes those of the folders that your settings name, and says which of them lead nowhere', async () => {
    const system = shop({
      [YOURS]: rates(
        { code: 'SITE', billing: 'api', folder: '~/site' },
        { code: 'GONE', folder: '~/gone' },
        { code: 'NEAR', folder: 'near' },
      ),
    })
    expect(await rows(system)).toContainEqual(['SITE', 2, 7, 9])
    const { stdout } = await call(invoice, '--json --month 2025-12', system)
    expect(JSON.parse(stdout).data_quality.notes.slice(0, 2)).toEqual([
      `${YOURS}: there is no .claude/billing.json in ~/gone of GONE: correct or remove the folder`,
      `${YOURS}: there is no .claude/billing.json in near of NEAR: correct or remove the folder`,
    ])
  })

  it('is about this month unless another is named', async () => {
    const { stdout } = await call(invoice, '--json', shop())
    expect(JSON.parse(stdout)).toMatchObject({
      title: 'Invoice: 2025-12',
      period: { first: '2025-12-01', last: '2025-12-31' },
    })
  })

  it('without any billing.json tells sessions and tokens by code', async () => {
    const system = shop()
    for (const path of [OWN, YOURS]) system.texts.delete(path)
    expect(await rows(system)).toEqual([
      ['SHOP', 1.5, 0, 0],
      ['SITE', 2, 0, 0],
    ])
  })

  it('answers 3 for a broken billing.json, with file, line and key', async () => {
    const system = shop({ [OWN]: billing({ ...expense('x', 1), amount: 'ten' }) })
    expect(await call(invoice, '', system)).toEqual({
      stdout: '',
      stderr: `ai-costs: ${OWN}:1:91: expenses[0].amount is "ten", which is not a number — write a number of dollars such as 10.00\n`,
      exitCode: 3,
    })
  })

  it('tells a link that leads nowhere from a project without a file', async () => {
    const system = shop()
    system.texts.delete(OWN)
    system.links.add(OWN)
    const readText: FakeSystem['files']['readText'] = (path, maxBytes, links) => {
      if (path !== OWN) return system.files.readText(path, maxBytes, links)
      throw new Unreadable(path, 'is a symbolic link', 'put a plain copy there')
    }
    const { stderr, exitCode } = await call(invoice, '', { ...system, files: { ...system.files, readText } })
    expect([exitCode, stderr]).toEqual([3, `ai-costs: ${OWN}: is a symbolic link — put a plain copy there\n`])
  })

  it('tells every line, however many there are', async () => {
    const many = Array.from({ length: 60 }, (_, nth) => expense(`e${nth}`, 1))
    const { stdout } = await call(invoice, '--month 2025-12', shop({ [OWN]: billing(...many) }))
    expect(stdout).toContain('Server e59')
    expect(stdout).not.toContain('others, in the total')
  })

  test.each(['text', 'markdown', 'csv', 'html', 'json'])(
    'shows hostile names as %s without acting on them',
    async (format) => {
      const hostile = '=cmd()|<script>alert(1)</script>\u202e'
      const system = shop({ [OWN]: billing({ ...expense('h', 1), description: hostile, notes: 'secret' }) })
      system.texts.set(LEDGER, `${usage({ project_code: `${hostile}\u001b[31m`, cost_usd: 1 })}\n`)
      const { stdout } = await call(invoice, `--month 2025-12 --format ${format}`, system)
      expect(stdout).not.toMatch(ACTS_ON_A_TERMINAL)
      expect(stdout).not.toContain('secret')
      if (format === 'html') expect(stdout).not.toContain('<script')
      if (format === 'csv') expect(stdout).not.toMatch(/(^|,)"?=/m)
    },
  )

  test.each<[words: string, message: string]>([
    ['--month 2025-13', '--month is no month: write it like 2025-12'],
    ['--month December', '--month is no month'],
    ['--project=', '--project is empty'],
    ['--client=', '--client is empty'],
    ['/nowhere', 'there is no .claude/billing.json in /nowhere: name the folder of a project that has one'],
    ['--section nothing', '--section must be one of total, projects, charges'],
    ['--json --format csv', '--json and --format exclude each other'],
  ])('refuses %s', async (words, message) => {
    await expect(call(invoice, words, shop())).rejects.toThrow(UsageError)
    await expect(call(invoice, words, shop())).rejects.toThrow(message)
  })
})
