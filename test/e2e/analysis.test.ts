import { describe, expect, it } from 'vitest'
import { line, sandbox } from './sandbox.ts'

const NOW = ['--now', '2025-12-15T14:30:00Z'] as const

/** A million tokens of input at fifteen dollars, some days before. */
function call(daysAgo: number, fields: Readonly<Record<string, unknown>> = {}): string {
  return line({
    id: `call ${daysAgo}`,
    session_id: `s${daysAgo}`,
    timestamp: new Date(Date.UTC(2025, 11, 15, 12) - daysAgo * 86_400_000).toISOString(),
    model: 'claude-opus-4',
    task_type: 'format',
    input_tokens: 1_000_000,
    output_tokens: 0,
    cost_usd: undefined,
    ...fields,
  })
}

describe('analysis of a ledger', () => {
  const box = sandbox()
  box.append(...Array.from({ length: 12 }, (_, daysAgo) => call(daysAgo)))
  box.append(
    call(20, { session_id: '=1+1\u001b[2J|<b>`x`', model: 'claude-sonnet-4', task_type: '=cmd|"a"' }),
  )
  box.write('limits.yaml', 'budgets: { daily: 10, monthly: 200 }\nalerts: { action: block }\n')
  box.write('router.yaml', 'rules: [{ pattern: format, model: claude-3-5-haiku }]\n')

  async function json(...args: readonly string[]) {
    return JSON.parse((await box.run([...args, '--json', ...NOW])).stdout)
  }

  it('compares, replays and suggests, and every answer is the same money', async () => {
    const [compared, replayed, savings, report] = await Promise.all([
      json('compare', '--all'),
      json('backtest', '--limits', 'limits.yaml', '--router', 'router.yaml'),
      json('suggest', 'savings', '--all'),
      json('report', 'model', '--all'),
    ])
    expect(report.total.cost_usd).toBe(183)
    for (const { total } of [compared, savings]) expect(total.cost_usd).toBe(183)
    expect(replayed.outcome).toMatchObject({
      cost_usd: 183,
      saved_usd: 170.4,
      rerouted_records: 12,
      blocked_records: 0,
    })
  })

  it('suggests a file that check takes', async () => {
    const { stdout, code } = await box.run(['suggest', ...NOW])
    expect(code).toBe(0)
    box.write('suggested/cost-limits.yaml', stdout)
    expect(await box.run(['check', '--config', 'suggested', ...NOW])).toMatchObject({ code: 0, stderr: '' })
  })

  it('lets no name act in any format', async () => {
    const said = await Promise.all(
      ['text', 'csv', 'markdown', 'html', 'json'].map((format) =>
        box.run(['compare', '--all', '--format', format, ...NOW]),
      ),
    )
    const [text, csv, markdown, html, data] = said.map(({ stdout }) => stdout)
    for (const stdout of [text, csv, markdown, html, data]) expect(stdout).not.toContain('\u001b')
    expect(csv).not.toMatch(/^=|,=|"=/m)
    expect(markdown).toContain('`=cmd|"a"`'.replace('|', '\\|'))
    expect(html).not.toContain('"a"<')
  })
})

describe('an estimate', () => {
  const box = sandbox()

  it('needs no ledger and leaves none', async () => {
    const { stdout, code } = await box.run(
      ['estimate', '-', '--out', '500', '--json', '--model', 'claude-sonnet-4'],
      {
        stdin: 'x'.repeat(8000),
      },
    )
    expect(code).toBe(0)
    expect(JSON.parse(stdout).models).toMatchObject([{ cost_per_call_usd: 0.0135 }])
    expect((await box.run(['check'])).stdout).not.toContain('x'.repeat(10))
  })

  it.each<[args: readonly string[], code: number, said: string]>([
    [['estimate', '--in', 'x'], 64, '--in must be a whole number'],
    [['estimate', '.'], 3, 'is not a regular file'],
    [['backtest', '--limits', 'gone.yaml'], 64, 'there is no file'],
    [['backtest', '--limits', '.'], 3, 'not a regular file'],
    [['suggest', 'wonders'], 64, 'limits or savings'],
    [['compare', 'models', '--top', '0'], 64, '--top must be'],
    [['suggest'], 0, 'too little history'],
  ])('%j says what is wrong', async (args, code, said) => {
    const outcome = await box.run(args)
    expect(outcome).toMatchObject({ code, stdout: '' })
    expect(outcome.stderr).toContain(said)
  })
})
