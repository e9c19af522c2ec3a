// One after the other is what these promises are about.
/* oxlint-disable no-await-in-loop */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

import { cleanEnvironment, runProgram } from './run.ts'
import { type Sandbox, sandbox } from './sandbox.ts'
import { openTerminal } from './terminal.ts'

const LOGGER = fileURLToPath(new URL('../fixtures/seed/log-ai-cost.sh', import.meta.url))
const CHECKER = fileURLToPath(new URL('../fixtures/seed/check-budget.sh', import.meta.url))

/** What both loggers are given: model, input, output, cache read, cache write. */
const CALLS = [
  'claude-sonnet-4 12000 4500 8000 3000',
  'claude-opus-4 12000 4500 8000 3000',
  'claude-haiku-3.5 50000 9000',
  'gpt-4.1 30000 2000 10000',
  'o4-mini 40000 8000 1000',
  'gemini-2.5-pro 20000 6000',
  'qwen3-coder 100000 20000',
].map((call) => call.split(' '))

const missing = ['bash', 'jq', 'bc'].filter(
  (tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error !== undefined,
)

it('the script that people already have and `ai-costs log` write one ledger while the pane runs', async (context) => {
  if (missing.length > 0) return context.skip(`not installed: ${missing.join(', ')}`)
  const box = sandbox()
  box.limits('budgets: { daily: 10, weekly: 50, monthly: 200, per_session: 2 }\n')
  box.append()
  const pane = openTerminal(['watch'], { cwd: box.project, env: box.env, columns: 100, rows: 30 })
  try {
    await pane.until((screen) => screen.includes('Daily'))
    const answers = await Promise.all([
      ...CALLS.map((call) => runProgram('bash', [LOGGER, ...call], { cwd: box.project, env: box.env })),
      ...CALLS.map((call) => box.run(['log', ...call])),
    ])
    for (const { code, stdout } of answers) {
      expect(code).toBe(0)
      expect(stdout).toMatch(/^Logged: \$[\d.]+ \(/)
    }
    const recorded = sumByJq(box)
    const spent = await spentToday(box)
    // jq adds floating-point numbers.
    expect(spent).toBeCloseTo(recorded, 9)
    await pane.until((screen) => screen.includes(`$${spent.toFixed(2)} / `))
    const checker = await runProgram('bash', [CHECKER], { cwd: box.project, env: box.env })
    expect(checker.stdout).toContain(`Daily:   $${recorded.toFixed(2)} / `)
  } finally {
    pane.close()
  }
})

it('both loggers price the two examples of the documents they come from', async (context) => {
  if (missing.length > 0) return context.skip(`not installed: ${missing.join(', ')}`)
  const box = sandbox()
  const env = cleanEnvironment(box.home, box.temporary)
  for (const [call, cost] of [
    [CALLS[0], '.11715'],
    [CALLS[1], '.58575'],
  ] as const) {
    const theirs = await runProgram('bash', [LOGGER, ...(call ?? [])], { cwd: box.project, env })
    const ours = await box.run(['log', ...(call ?? [])])
    expect(theirs.stdout).toContain(`Logged: $${cost}0 (`)
    expect(ours.stdout).toContain(`Logged: $0${cost} (`)
  }
})

function sumByJq({ ledger }: Sandbox): number {
  return Number(spawnSync('jq', ['-s', 'map(.cost_usd) | add', ledger], { encoding: 'utf8' }).stdout)
}

async function spentToday(box: Sandbox): Promise<number> {
  const { stdout } = await box.run(['check', '--json', '--budget', 'daily'])
  return JSON.parse(stdout).budgets[0].spent_usd
}
