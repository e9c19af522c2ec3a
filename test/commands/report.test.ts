import { beforeEach, describe, expect, it, test } from 'vitest'
import { UsageError } from '../../src/commands/command.ts'
import * as exporting from '../../src/commands/export.ts'
import { parseQuickly } from '../../src/commands/parse.ts'
import * as report from '../../src/commands/report.ts'
import * as summary from '../../src/commands/summary.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { UNREADABLE } from '../kit/memory-ledger.ts'
import { call } from './calling.ts'

let system: FakeSystem

beforeEach(() => {
  system = fakeSystem()
  system.texts.set(LIMITS, 'budgets: { daily: 10, monthly: 100 }\ntimezone: UTC\n')
  ledger(
    { id: 'a', session_id: 's1', project: 'shop', cost_usd: 2, cache_read_tokens: 300, task_type: 'fix' },
    { id: 'b', session_id: 's2', project: 'api', model: 'gpt-5', cost_usd: 1, tool: 'codex' },
    { id: 'c', session_id: 's3', timestamp: '2025-12-14T10:00:00Z', cost_usd: 4 },
    { id: 'd', session_id: 's4', timestamp: '2025-11-30T10:00:00Z', cost_usd: 8 },
  )
})

function ledger(...records: Readonly<Record<string, unknown>>[]): void {
  system.texts.set(LEDGER, records.map((record) => `${usage(record)}\n`).join(''))
}

async function json(command: typeof report | typeof summary, words: string) {
  const { stdout } = await call(command, `${words} --json`, system)
  return JSON.parse(stdout) as { readonly [section: string]: never }
}

async function metricsOf(words: string): Promise<readonly string[]> {
  const { metrics = [] } = (await json(report, words)) as { metrics?: readonly { readonly metric: string }[] }
  return metrics.map(({ metric }) => metric)
}

async function exported(words: string): Promise<string> {
  const invocation = parseQuickly(exporting.grammar, words.split(' ').filter(Boolean))
  if (invocation === null) throw new Error(`export does not understand: ${words}`)
  const { stdout } = await exporting.run(invocation, system)
  let text = ''
  for await (const piece of stdout) text += piece
  return text
}

describe('report', () => {
  test.each([
    ['', 3, '2025-12-15', '2025-12-15'],
    ['daily --date yesterday', 4, '2025-12-14', '2025-12-14'],
    ['weekly', 3, '2025-12-15', '2025-12-21'],
    ['weekly --date 2025-12-14', 4, '2025-12-08', '2025-12-14'],
    ['monthly', 7, '2025-12-01', '2025-12-31'],
    ['model', 7, '2025-12-01', '2025-12-31'],
    ['monthly --month 2025-11', 8, '2025-11-01', '2025-11-30'],
    ['session --since 2025-12-14 --until 2025-12-14', 4, '2025-12-14', '2025-12-14'],
    ['tool --since 2025-12-01', 7, '2025-12-01', null],
    ['task --until 2025-11-30', 8, null, '2025-11-30'],
    ['project --all', 15, null, null],
    ['monthly --project shop', 2, '2025-12-01', '2025-12-31'],
    ['monthly --model gpt-*', 1, '2025-12-01', '2025-12-31'],
    ['monthly --task-type fix', 2, '2025-12-01', '2025-12-31'],
    ['monthly --session s3', 4, '2025-12-01', '2025-12-31'],
    ['daily --now 2025-12-14T12:00:00Z', 4, '2025-12-14', '2025-12-14'],
  ])('"%s" is about $%d from %s to %s', async (words, usd, first, last) => {
    expect(await json(report, words)).toMatchObject({ total: { cost_usd: usd }, period: { first, last } })
  })

  it('says what the day cost, on what, compared with what, and how that stands', async () => {
    expect((await call(report, '', system)).stdout).toMatchInlineSnapshot(`
      "AI cost report: 2025-12-15
      as of 2025-12-15 14:30 UTC
      ────────────────────────────────────────────────────────────────────────

      Total
        total spend    $3.00
        sessions       2
        per session    $1.50
        records        2
        input tokens   200
        output tokens  20

      By model
        model             cost  share  sessions  per session  input  output  cache hit
        claude-sonnet-4  $2.00    66%         1        $2.00    100      10        75%
        gpt-5            $1.00    33%         1        $1.00    100      10         0%
        total            $3.00   100%         2        $1.50    200      20        60%

      By project
        project   cost  share  sessions  per session  input  output  cache hit
        shop     $2.00    66%         1        $2.00    100      10        75%
        api      $1.00    33%         1        $1.00    100      10         0%
        total    $3.00   100%         2        $1.50    200      20        60%

      By tool
        tool        cost  share  sessions  per session  input  output  cache hit
        (unknown)  $2.00    66%         1        $2.00    100      10        75%
        codex      $1.00    33%         1        $1.00    100      10         0%
        total      $3.00   100%         2        $1.50    200      20        60%

      Most expensive session
        session        s1
        cost           $2.00
        share          66%
        project        shop
        model          claude-sonnet-4
        input tokens   100
        output tokens  10

      Cache efficiency
        cache hit ratio   60%
        read from cache   300
        written to cache  0

      Compared with before
        period       cost  more or less  change  sessions  per session  cache hit
        2025-12-14  $4.00        -$1.00    -25%         1        $4.00         0%

      Key metrics
        metric               value  target
        daily spend          $3.00  < $10.00             met
        cost per session     $1.50  < $0.50              missed
        cache hit ratio        60%  > 60%                missed
        monthly budget used     7%  50-80%               below
        sessions per dollar   0.67  the more the better

      Data quality
        every record read, dated and priced
      "
    `)
  })

  it('measures against the limits of the settings, and not where it was narrowed to a part', async () => {
    expect(await metricsOf('')).toEqual([
      'daily spend',
      'cost per session',
      'cache hit ratio',
      'monthly budget used',
      'sessions per dollar',
    ])
    expect(await metricsOf('--project shop')).not.toContain('monthly budget used')
    expect(await metricsOf('--project shop')).not.toContain('daily spend')
  })

  it('never takes unpriced for free', async () => {
    ledger({ id: 'a', model: 'acme-1' }, { id: 'b', cost_usd: 0.1 })
    const { stdout } = await call(report, '', system)
    expect(stdout).toContain('≥ $0.10')
    expect(stdout).toMatch(/cost per session +≥ \$0\.10 +< \$0\.50 +cannot tell/)
    expect(stdout).toContain('acme-1 unpriced')
  })

  test.each([
    ['yearly', 'there is no report "yearly"'],
    ['--date 2025-02-30', '--date is no day'],
    ['--month 2025-13', '--month is no month'],
    ['--since 2025-12-15 --until 2025-12-14', '--until is before --since'],
    ['--month 2025-12 --all', '--all and --month exclude each other'],
    ['--project=', '--project is empty'],
    ['--json --format csv', '--json and --format exclude each other'],
    ['--top 0', '--top must be a number'],
    ['--section nothing', '--section must be one of total, models'],
    ['--save --project shop', '--save keeps whole reports'],
    ['--rollup --section total', '--rollup keeps whole reports'],
  ])('"%s" is refused: %s', async (words, message) => {
    const calling = async () => call(report, words, system)
    await expect(calling()).rejects.toThrow(UsageError)
    await expect(calling()).rejects.toThrow(message)
  })

  test.each([
    ['', 'report-2025-12-15.txt'],
    ['weekly --format html', 'report-weekly-2025-12-15-to-2025-12-21.html'],
    ['model --all --format csv', 'report-model-all-time.csv'],
    ['--date 2025-12-14 --json', 'report-2025-12-14.json'],
    ['monthly --format markdown', 'report-monthly-2025-12-01-to-2025-12-31.md'],
  ])('"%s --save" keeps what it prints in %s', async (words, name) => {
    const { stdout, stderr } = await call(report, `${words} --save`, system)
    const path = `${PROJECT}/.ai-costs/reports/${name}`
    expect(system.texts.get(path)).toBe(stdout)
    expect(stderr).toBe(`Report saved to ${path}\n`)
  })

  it('keeps what each day came to with --rollup', async () => {
    const { stderr } = await call(report, 'monthly --rollup', system)
    expect(stderr).toBe('2 days kept in daily/\n')
    const day = (name: string) =>
      JSON.parse(system.texts.get(`${PROJECT}/.ai-costs/daily/${name}.json`) ?? '{}')
    expect(day('2025-12-15')).toMatchObject({ report: 'rollup', total: { cost_usd: 3, sessions: 2 } })
    expect(day('2025-12-14')).toMatchObject({ total: { cost_usd: 4 }, task_types: [{ cost_usd: 4 }] })
  })

  it('prints what could not be kept all the same, and exits with 1', async () => {
    const full = {
      ...system,
      reports: () => ({
        save(): string {
          throw new NotSaved('the disk is full')
        },
      }),
    }
    expect(await call(report, '--save', full)).toMatchObject({
      stdout: expect.stringContaining('AI cost report'),
      stderr: 'ai-costs: the disk is full\n',
      exitCode: 1,
    })
  })

  it('of nothing says that there is no ledger', async () => {
    system.texts.delete(LEDGER)
    const { stdout, stderr, exitCode } = await call(report, '', system)
    expect(stdout).toContain('$0.00')
    expect(stderr).toContain('There is no ledger')
    expect(exitCode).toBe(0)
  })

  test.each([
    ['a ledger that cannot be read', LEDGER, UNREADABLE],
    ['broken settings', LIMITS, 'budgets: { daily: -1 }\n'],
  ])('cannot tell with %s', async (_, path, text) => {
    system.texts.set(path, text)
    expect(await call(report, '', system)).toMatchObject({ stdout: '', exitCode: 3 })
  })
})

describe('summary', () => {
  test.each([
    ['', 3],
    ['today', 3],
    ['week', 3],
    ['month', 7],
    ['all', 15],
    ['2025-12-14', 7],
    ['yesterday', 7],
    ['all --project api', 1],
  ])('"%s" is $%d', async (words, usd) => {
    expect(await json(summary, words)).toMatchObject({ total: { cost_usd: usd } })
  })

  it('names what it may be asked for', async () => {
    await expect(async () => call(summary, 'lately', system)).rejects.toThrow(
      'none of today, week, month and all',
    )
  })
})

describe('export', () => {
  it('has each record once, with what it counts for', async () => {
    ledger(
      { id: 'a', input_tokens: 5, cost_usd: 1 },
      { id: 'a', input_tokens: 9, cost_usd: 1 },
      { id: 'b', input_tokens: 1_000_000, output_tokens: 0 },
      { id: 'c', model: 'acme-1', project: '=cmd' },
    )
    const [head, ...rows] = (await exported('')).trimEnd().split('\n')
    expect(head).toContain('timestamp,id,session_id,project,model')
    expect(rows).toEqual([
      '2025-12-15T10:00:00Z,a,s1,,claude-sonnet-4,,,9,10,0,0,1,,,,,,,,,,',
      '2025-12-15T10:00:00Z,b,s1,,claude-sonnet-4,,,1000000,0,0,0,3,table,,,,,,,,,',
      "2025-12-15T10:00:00Z,c,s1,'=cmd,acme-1,,,100,10,0,0,,,,,,,,,,,",
    ])
  })

  it('as JSON lines is a ledger of the same totals', async () => {
    const before = await json(report, 'monthly')
    system.texts.set(LEDGER, await exported('--format jsonl'))
    expect(await json(report, 'monthly')).toEqual(before)
  })

  test.each([
    ['--date 2025-12-14', ['c']],
    ['--month 2025-12', ['a', 'b', 'c']],
    ['--until 2025-11-30', ['d']],
    ['--project shop', ['a']],
    ['--session s2', ['b']],
    ['--all', ['a', 'b', 'c', 'd']],
    ['--now 2025-12-14T12:00:00Z', ['c', 'd']],
  ])('"%s" has the records %j', async (words, ids) => {
    const lines = (await exported(`${words} --format jsonl`)).split('\n').filter(Boolean)
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(ids)
  })
})
