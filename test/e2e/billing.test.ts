import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { NOW, sandbox, spent } from './sandbox.ts'

/** As people have them already. */
const BILLING = `{
  "version": 1,
  "expenses": [
    {
      "id": "hosting", "description": "Server", "category": "hosting", "amount": 20.00,
      "type": "recurring", "frequency": "quarterly", "start_date": "2025-03-31", "end_date": null, "notes": ""
    },
    {
      "id": "domain-registration", "description": "Domain registration for example.com", "category": "domain",
      "amount": 12.00, "type": "one-time", "date": "2025-12-15", "notes": "Registered via Cloudflare"
    }
  ]
}
`

it('a month is billed, a balance goes down and a project is remembered, from one ledger', async () => {
  const box = sandbox()
  box.write('.claude/project-code.txt', 'APP-01\n')
  box.write('.claude/billing.json', BILLING)
  box.write(
    '.ai-config/billing.json',
    '{ "projects": [{ "code": "APP-01", "client": "Example Ltd", "billing": "subscription", "session_rate_usd": 15 }] }',
  )
  box.append(
    spent(1.5),
    spent(2.25, { session_id: 's2' }),
    spent(9, { timestamp: '2025-11-30T10:00:00Z', session_id: 's0' }),
  )
  const now = ['--now', '2026-01-02T00:00:00Z']
  const set = await box.run(['credits', 'set', '876', '--on', '2025-12-01'])
  expect(set).toMatchObject({
    code: 0,
    stdout: 'The balance is $876.00 at 00:00 on Mon 1 Dec (UTC)\n',
    stderr: '',
  })
  const [bill, page, balance, memory] = await Promise.all([
    box.run(['invoice', '--month', '2025-12', '--format', 'csv', '--section', 'charges', ...now]),
    box.run(['invoice', '--month', '2025-12', '--format', 'html', ...now]),
    box.run(['credits', '--json', '--now', NOW], { env: { ANTHROPIC_API_KEY: 'sk-ant-0123456789' } }),
    box.run(['project', '--json']),
  ])
  expect(bill).toMatchObject({
    code: 0,
    stderr: '',
    stdout: [
      'project_code,client,item,basis,amount_usd,lower_bound',
      'APP-01,Example Ltd,AI use,2 sessions begun × $15.00,30,false',
      'APP-01,Example Ltd,Server,"hosting, quarterly",20,false',
      'APP-01,Example Ltd,Domain registration for example.com,"domain, once",12,false',
      '',
    ].join('\n'),
  })
  expect(page.stdout).toContain('<h1>Invoice: 2025-12</h1>')
  expect(JSON.parse(balance.stdout).balance).toMatchObject({ balance_usd: 872.25, paid_by: 'API key' })
  expect(JSON.parse(memory.stdout)).toMatchObject({
    project: 'my-app',
    lifetime_cost_usd: 12.75,
    session_count: 3,
  })
  const saved = readFileSync(join(box.costs, 'credits.jsonl'), 'utf8')
  expect([bill, page, balance, memory].map(({ stdout }) => stdout).join(saved)).not.toContain('sk-ant')
})

it('a slip in billing.json answers 3 with its line, its key and what to do', async () => {
  const box = sandbox()
  box.append(spent(1))
  box.write('.claude/billing.json', BILLING.replace('"quarterly"', '"weekly"'))
  const { code, stdout, stderr } = await box.run(['invoice', '--month', '2025-12'])
  expect([code, stdout]).toEqual([3, ''])
  expect(stderr).toMatch(
    /^ai-costs: \S+\.claude\/billing\.json:6:41: expenses\[0\]\.frequency is "weekly" — write one of monthly, quarterly, yearly\n$/,
  )
})
