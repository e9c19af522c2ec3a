import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { fromJSONSchema } from 'zod'
import { parseMoney } from '../../src/core/money.ts'
import { DAY_MS } from '../../src/core/timestamp.ts'
import { type BillingFile, foldersIn, resolveBilling } from '../../src/settings/billing.ts'
import { describeProblem } from '../../src/settings/problem.ts'
import { instant } from '../kit/fold-lines.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const EXAMPLE = readFileSync(`${ROOT}/.ai-config.example/billing.json`, 'utf8')

const yours = (text: string): BillingFile => ({
  path: '/user/billing.json',
  text,
  owner: { kind: 'settings', trust: 'user' },
})
const theirs = (text: string): BillingFile => ({
  path: '/shop/.ai-config/billing.json',
  text,
  owner: { kind: 'settings', trust: 'project' },
})
const own = (text: string, code = 'APP-01'): BillingFile => ({
  path: '/shop/.claude/billing.json',
  text,
  owner: { kind: 'project', name: 'shop', code },
})

function billingOf(...files: readonly BillingFile[]) {
  const { part } = resolveBilling(files)
  if (part.kind === 'broken') throw new Error(part.problems.map(describeProblem).join('\n'))
  return part.value
}

function sentences(...files: readonly BillingFile[]): string[] {
  const { part, notices } = resolveBilling(files)
  return [...(part.kind === 'broken' ? part.problems : []), ...notices].map(describeProblem)
}

const expense = (rest: string): string =>
  `{ "expenses": [\n{ "id": "a", "description": "d", "category": "hosting", "amount": 1, ${rest} }] }`
const MONTHLY = '"type": "recurring", "frequency": "monthly", "start_date": "2026-01-31"'

describe('billing.json', () => {
  it('has exact amounts and days of expenses, for the project that it lies in', () => {
    const text = `{ "version": 1, "expenses": [
      { "id": "h", "description": "Server", "category": "hosting", "amount": 20.10, "type": "recurring",
        "frequency": "quarterly", "start_date": "2026-01-31", "end_date": null, "notes": "" },
      { "id": "d", "description": "Domain", "category": "domain", "amount": 12.00, "type": "one-time",
        "date": "2026-02-15", "notes": "Registered via Cloudflare" }] }`
    const common = { code: 'APP-01' }
    expect(billingOf(own(text)).expenses).toEqual([
      {
        kind: 'recurring',
        ...common,
        id: 'h',
        description: 'Server',
        category: 'hosting',
        amount: parseMoney('20.1'),
        notes: '',
        frequency: 'quarterly',
        start: instant('2026-01-31') / DAY_MS,
        end: null,
      },
      {
        kind: 'one-time',
        ...common,
        id: 'd',
        description: 'Domain',
        category: 'domain',
        amount: parseMoney('12'),
        notes: 'Registered via Cloudflare',
        day: instant('2026-02-15') / DAY_MS,
      },
    ])
  })

  it('is the example that is shipped, without a word to say, for us and for editors', () => {
    expect(sentences(yours(EXAMPLE))).toEqual([])
    const schema = fromJSONSchema(JSON.parse(readFileSync(`${ROOT}/config/billing.schema.json`, 'utf8')))
    expect(schema.safeParse(JSON.parse(EXAMPLE)).error?.issues ?? []).toEqual([])
    expect(billingOf(yours(EXAMPLE)).projects.map(({ code, rate }) => [code, rate?.method])).toEqual([
      ['APP-01', 'api'],
      ['WEB-01', 'retainer'],
      ['DB-01', 'subscription'],
      ['INT-01', 'internal'],
    ])
  })

  it('may be indented with tabs, have a byte-order mark, and be empty', () => {
    expect(sentences(own('\uFEFF{\n\t"version": 1,\n\t"expenses": [\n\t]\n}\n'), own('{}'), own(''))).toEqual(
      [],
    )
  })

  it('gives sessions the rate of their project, else that of all', () => {
    const { projects } = billingOf(
      yours(`{ "session_rate_usd": 10, "projects": [
        { "code": "A", "billing": "subscription" }, { "code": "B", "billing": "subscription", "session_rate_usd": 15 }] }`),
    )
    expect(projects.map(({ rate }) => rate)).toEqual([
      { method: 'subscription', perSession: parseMoney('10') },
      { method: 'subscription', perSession: parseMoney('15') },
    ])
  })

  it('of yours wins over a project’s, which fills gaps', () => {
    const { projects, subscription } = billingOf(
      yours('{ "projects": [{ "code": "A", "client": "Yours" }] }'),
      theirs(`{ "subscription": { "plan": "pro", "monthly_fee_usd": 20 },
        "projects": [{ "code": "A", "client": "Theirs", "project": "a*" }, { "code": "B", "client": "Theirs" }] }`),
    )
    expect(projects.map(({ code, client, names }) => [code, client, names])).toEqual([
      ['A', 'Yours', ['a*']],
      ['B', 'Theirs', []],
    ])
    expect(subscription).toEqual({ plan: 'pro', fee: parseMoney('20') })
  })

  it('takes folders from you, and from no project', () => {
    const text = '{ "projects": [{ "code": "A", "folder": "~/work/a" }] }'
    expect(foldersIn(yours(text))).toEqual([{ code: 'A', folder: '~/work/a' }])
    expect(foldersIn(theirs(text))).toEqual([])
    expect(sentences(theirs(text))).toEqual([
      '/shop/.ai-config/billing.json:1:31: `folder` is ignored: a project may not say where others lie — set it in ~/.config/ai-costs/billing.json',
    ])
  })

  it('of a project says nothing of who pays', () => {
    const file = own('{ "projects": [{ "code": "APP-01", "client": "Mallory", "billing": "internal" }] }')
    expect(sentences(file)).toEqual([
      "/shop/.claude/billing.json:1:3: `projects` is ignored: a project's own file holds its expenses — put it into ~/.config/ai-costs/billing.json",
    ])
    expect(billingOf(file).projects).toMatchObject([
      { code: 'APP-01', names: ['shop'], client: null, rate: null },
    ])
  })

  test.each<[text: string, sentence: string]>([
    ['{ "version": 2 }', '1:14: version is "2" — write 1, the only version there is'],
    [
      '{ "expenses": [',
      '1:16: a bracket is not closed here — close every `[` with `]` and every `{` with `}`',
    ],
    [
      '{ "projects": [{ "code": "A", "billing": "api", "retainer_usd": 500 }] }',
      '1:49: projects[0] has billing "api" and a retainer_usd — remove it, or make the billing "retainer"',
    ],
    [
      '{ "projects": [{ "code": "A", "session_rate_usd": 15 }] }',
      '1:31: projects[0] has no way of billing and a session_rate_usd — remove it, or make the billing "subscription"',
    ],
    [
      '{ "projects": [{ "code": "A", "billing": "sk-ant-api03-abcdefghijklmnop" }] }',
      '1:42: projects[0].billing is what looks like a secret key — write one of retainer, api, subscription, internal',
    ],
    ['{ "expenses": {} }', '1:15: expenses is a section — write a list of expenses, or []'],
    [
      expense('"type": "recuring"'),
      '2:78: expenses[0].type is "recuring" — write one of recurring, one-time (did you mean recurring?)',
    ],
    [
      expense('"type": "one-time"'),
      '2:1: expenses[0].date is missing — write the day of the purchase, such as "date": "2026-02-15"',
    ],
    [
      expense('"type": "recurring", "start_date": "2026-01-01"'),
      '2:1: expenses[0].frequency is missing — write "monthly", "quarterly" or "yearly"',
    ],
    [
      expense('"type": "recurring", "frequency": "yearly"'),
      '2:1: expenses[0].start_date is missing — write the first day, such as "start_date": "2026-01-01"',
    ],
    [
      expense('"type": "one-time", "date": "2026-02-30"'),
      '2:98: expenses[0].date is "2026-02-30", which is no day — write a day such as 2026-02-15',
    ],
    [
      expense('"type": "one-time", "date": "15.02.2026"'),
      '2:98: expenses[0].date is "15.02.2026", which is no day — write a day such as 2026-02-15',
    ],
    [
      expense(`${MONTHLY}, "end_date": "2026-01-30"`),
      '2:155: expenses[0].end_date is before its start_date — write a later day, or null',
    ],
    [
      expense(`${MONTHLY}, "date": "2026-01-30"`),
      '2:143: expenses[0] is a recurring expense and has a date — remove it, or make the type "one-time"',
    ],
    [
      expense('"type": "one-time", "date": "2026-01-30", "frequency": "yearly"'),
      '2:112: expenses[0] is a one-time expense and has a frequency — remove it, or make the type "recurring"',
    ],
    [
      expense(MONTHLY).replace('1,', '-1,'),
      '2:67: expenses[0].amount is "-1", which is negative — write a number of dollars of 0 or more',
    ],
    [
      expense(MONTHLY).replace('1,', '"$20",'),
      '2:67: expenses[0].amount is "$20", which is not a plain number — write 20',
    ],
    [
      expense(MONTHLY).replace('hosting', 'hostin'),
      '2:46: expenses[0].category is "hostin" — write one of hosting, domain, api, software, license, one-time (did you mean hosting?)',
    ],
    [
      expense(MONTHLY).replace(/\{ "id".*\}(?=\])/, '$&,\n$&'),
      '3:9: there are two expenses "a", the first on line 2 — remove one of them, or give it another id',
    ],
    [
      '{ "projects": [{ "code": "A" },\n{ "code": "A" }] }',
      '2:11: there are two projects "A", the first on line 1 — remove one of them',
    ],
    [
      '{ "projects": [{ "code": "A", "billing": "free" }] }',
      '1:42: projects[0].billing is "free" — write one of retainer, api, subscription, internal',
    ],
    [
      expense(`${MONTHLY}, "end_dat": null`),
      '2:143: unknown key `expenses[0].end_dat` is ignored — did you mean `end_date`?',
    ],
  ])('%s is told by line and key, with what to do', (text, sentence) => {
    expect(sentences(yours(text))).toEqual([`/user/billing.json:${sentence}`])
  })
})
