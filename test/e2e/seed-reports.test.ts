import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { describe, expect, it, test } from 'vitest'

import { runProgram } from './run.ts'
import { type Sandbox, line, sandbox } from './sandbox.ts'

// The reports that people have been making with scripts of their own, beside ours: of one ledger, at the same moment.

const DAILY = fileURLToPath(new URL('../fixtures/seed/daily-cost-report.sh', import.meta.url))
const AGGREGATOR = fileURLToPath(new URL('../fixtures/seed/cost_aggregator.py', import.meta.url))

/** Spend from the midnight seven days ago on. */
const LAST_SEVEN_DAYS = `jq -rs "[.[] | select(.timestamp >= \\"$(date -u -d '7 days ago' +%Y-%m-%dT00:00:00Z)\\") | .cost_usd] | add // 0" .ai-costs/sessions.jsonl`

/** What each model cost this month. */
const MODELS_OF_MONTH = `MONTH=$(date -u +%Y-%m)
jq -rs "
  [.[] | select(.timestamp | startswith(\\"$MONTH\\"))]
  | group_by(.model)
  | map({model: .[0].model, total: ([.[].cost_usd] | add), sessions: length})
  | sort_by(.total) | reverse
  | .[] | \\"\\(.model): \\$\\(.total | . * 100 | round | . / 100) across \\(.sessions) sessions\\"
" .ai-costs/sessions.jsonl`

const DAY = 86_400_000

/** So many days ago, as the scripts expect it to be written. */
function ago(days: number): string {
  return `${new Date(Date.now() - days * DAY).toISOString().slice(0, 19)}Z`
}

/** One line for each session, of which each cost something: then scripts and reports mean the same. */
const LEDGER = [
  { timestamp: ago(0), session_id: 's1', model: 'opus', cost_usd: 3.25, cache_read_tokens: 3000 },
  { timestamp: ago(0), session_id: 's2', model: 'haiku', cost_usd: 0.5, cache_read_tokens: 100 },
  { timestamp: ago(0), session_id: 's3', model: 'haiku', project: 'api', cost_usd: 0.25, input_tokens: 70 },
  { timestamp: ago(1), session_id: 's4', model: 'sonnet', cost_usd: 1.75 },
  { timestamp: ago(5), session_id: 's5', model: 'opus', project: 'api', cost_usd: 0.25 },
  { timestamp: ago(9), session_id: 's6', model: 'sonnet', cost_usd: 8 },
  { timestamp: ago(40), session_id: 's7', model: 'opus', cost_usd: 16.5 },
].map((fields) => line({ cache_read_tokens: 0, ...fields }))

interface Told {
  readonly total: { readonly cost_usd: number; readonly sessions: number; readonly lower_bound: boolean }
  readonly models: readonly Row[]
  readonly projects: readonly Row[]
  readonly most_expensive_session: Row
  readonly cache: { readonly cache_hit_ratio: number | null }
}

interface Row {
  readonly model: string
  readonly project: string
  readonly session_id: string
  readonly cost_usd: number
  readonly sessions: number
  readonly input_tokens: number
  readonly output_tokens: number
}

function boxWith(lines: readonly string[]): Sandbox {
  const box = sandbox()
  box.limits('budgets: {}\n')
  box.append(...lines)
  return box
}

async function told(box: Sandbox, command: string): Promise<Told> {
  return JSON.parse((await box.run([...command.split(' '), '--json'])).stdout)
}

async function script(box: Sandbox, program: string, ...args: readonly string[]) {
  return runProgram(program, args, { cwd: box.project, env: { ...box.env, PYENV_VERSION: 'system' } })
}

function isMissing(...tools: readonly string[]): string | null {
  const missing = tools.filter((tool) => spawnSync(tool, ['--version']).status !== 0)
  return missing.length === 0 ? null : `not here: ${missing.join(', ')}`
}

const noShell = isMissing('bash', 'jq')
const noPython = isMissing('python3')

describe('says what the scripts say:', () => {
  it('the report on a day', async (context) => {
    if (noShell !== null) return context.skip(noShell)
    const box = boxWith(LEDGER)
    const today = ago(0).slice(0, 10)
    const [theirs, ours] = await Promise.all([
      script(box, 'bash', DAILY, today),
      told(box, `report daily --date ${today}`),
    ])
    expect(theirs.stdout.split('\nReport saved')[0]).toBe(dailyText(today, ours))
  })

  it('the last seven days, and the models of the month', async (context) => {
    if (noShell !== null) return context.skip(noShell)
    if (spawnSync('date', ['-d', '7 days ago']).status !== 0) return context.skip('the date here is not GNU')
    const box = boxWith(LEDGER)
    const [week, models, since, month] = await Promise.all([
      script(box, 'bash', '-c', LAST_SEVEN_DAYS),
      script(box, 'bash', '-c', MODELS_OF_MONTH),
      told(box, `summary ${ago(7).slice(0, 10)}`),
      told(box, 'report model'),
    ])
    expect(Number(week.stdout)).toBe(since.total.cost_usd)
    expect(models.stdout).toBe(
      month.models.map((row) => `${row.model}: $${cents(row)} across ${row.sessions} sessions\n`).join(''),
    )
  })

  test.for(['today', 'month', 'all', ago(5).slice(0, 10)])(
    'the aggregated costs of %s',
    async (period, context) => {
      if (noPython !== null) return context.skip(noPython)
      const box = boxWith(LEDGER)
      const [theirs, ours] = await Promise.all([
        script(box, 'python3', AGGREGATOR, period),
        told(box, `summary ${period}`),
      ])
      expect(theirs.stdout).toBe(aggregatedText(period, ours))
    },
  )
})

describe('says something else than the scripts, on purpose, where', () => {
  const one = { timestamp: ago(0), session_id: 's1', cost_usd: 1 }

  /** What the aggregator makes of all time, spend and sessions, and what we do. */
  test.each<[what: string, lines: readonly string[], theirs: string | null, ours: string]>([
    [
      'a session has several lines: they are one session',
      [line(one), line({ ...one, cost_usd: 2 })],
      '$3.00 across 2',
      '$3.00 across 1',
    ],
    [
      'a record was written twice: it counts once',
      [line({ ...one, id: 'a' }), line({ ...one, id: 'a' })],
      '$2.00 across 2',
      '$1.00 across 1',
    ],
    [
      'nobody knows what a record cost: that is not nothing',
      [line(one), line({ session_id: 's2', model: 'acme-1', cost_usd: undefined })],
      '$1.00 across 2',
      '>= $1.00 across 2',
    ],
    [
      'a price list knows what a record cost that does not say so',
      [line({ session_id: 's2', cost_usd: undefined, input_tokens: 1_000_000, output_tokens: 0 })],
      '$0.00 across 1',
      '$3.00 across 1',
    ],
    ['a line is damaged: the others count', [line(one), '{"torn'], null, '$1.00 across 1'],
  ])('%s', async (_, lines, theirs, ours) => {
    const box = boxWith(lines)
    const { total } = await told(box, 'summary all')
    const bound = total.lower_bound ? '>= ' : ''
    expect(`${bound}$${total.cost_usd.toFixed(2)} across ${total.sessions}`).toBe(ours)
    if (noPython !== null) return
    const { stdout } = await script(box, 'python3', AGGREGATOR, 'all')
    expect(/^Total: (\$\S+ across \d+) sessions$/m.exec(stdout)?.[1] ?? null).toBe(theirs)
  })

  it('a week is asked for: theirs is the last seven days to the second, ours begins on its first day', async () => {
    const box = boxWith(LEDGER)
    const first = JSON.parse((await box.run(['summary', 'week', '--json'])).stdout).period.first
    expect(new Date(first).getUTCDay()).toBe(1)
  })
})

/** What our numbers are in the words of the script. */
function dailyText(
  day: string,
  { total, models, projects, most_expensive_session: most, cache }: Told,
): string {
  const rule = '='.repeat(40)
  return [
    rule,
    `  AI Cost Report: ${day}`,
    rule,
    '',
    `Total spend:    $${total.cost_usd.toFixed(2)}`,
    `Total sessions: ${total.sessions}`,
    '',
    '--- By Model ---',
    ...models
      .toSorted((a, b) => (a.model < b.model ? -1 : 1))
      .map((row) => `  ${row.model}: $${cents(row)} (${row.sessions} sessions, ${tokens(row)})`),
    '',
    '--- By Project ---',
    ...projects
      .toSorted((a, b) => (a.project < b.project ? -1 : 1))
      .map((row) => `  ${row.project}: $${cents(row)} (${row.sessions} sessions)`),
    '',
    '--- Most Expensive Session ---',
    `  ${most.session_id}: $${most.cost_usd} (${most.model}, ${tokens(most)})`,
    '',
    '--- Cache Efficiency ---',
    `  Cache hit ratio: ${Math.round((cache.cache_hit_ratio ?? 0) * 1000) / 10}%`,
    '',
  ].join('\n')
}

function aggregatedText(period: string, { total, models, projects }: Told): string {
  return [
    '',
    `=== AI Cost Summary (${period}) ===`,
    `Total: $${total.cost_usd.toFixed(2)} across ${total.sessions} sessions`,
    '',
    'By Model:',
    ...models.map((row) => aggregatedLine(row.model, row)),
    '',
    'By Project:',
    ...projects.map((row) => aggregatedLine(row.project, row)),
    '',
  ].join('\n')
}

function aggregatedLine(name: string, { cost_usd: usd, sessions }: Row): string {
  return `  ${name}: $${usd.toFixed(2)} (${sessions} sessions)`
}

/** Rounded as jq was told to. */
function cents({ cost_usd: usd }: Row): number {
  return Math.round(usd * 100) / 100
}

function tokens({ input_tokens: input, output_tokens: output }: Row): string {
  return `${input}in/${output}out`
}
