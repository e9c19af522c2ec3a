import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { Outcome } from './run.ts'
import { type Sandbox, sandbox, spent } from './sandbox.ts'

/** An agent that works in a project, as far as its hooks can see it. */
class Agent {
  readonly box: Sandbox
  readonly #session: string

  constructor(box: Sandbox, session: string) {
    this.box = box
    this.#session = session
  }

  /** Calls the hook before something. */
  before(event: string, rest: Readonly<Record<string, unknown>> = {}): Promise<Outcome> {
    const { project: cwd } = this.box
    const input = { hook_event_name: event, session_id: this.#session, cwd, transcript_path: '/t/s.jsonl' }
    return this.box.run(['hook', '--agent', 'claude-code'], { stdin: JSON.stringify({ ...input, ...rest }) })
  }

  /** A response comes back, and costs so much. */
  spends(usd: number): void {
    const fields = { session_id: this.#session, timestamp: new Date().toISOString() }
    this.box.append(spent(usd, { ...fields, tool: 'claude-code' }))
  }
}

function agentWith(limits: string, session = 's1'): Agent {
  const box = sandbox()
  box.limits(limits)
  box.append()
  return new Agent(box, session)
}

/** The lines of a file beside the ledger. */
function written(box: Sandbox, name: string): readonly Readonly<Record<string, unknown>>[] {
  const path = join(box.costs, name)
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
}

/** Every file of the machine, as text. */
function everyText(box: Sandbox): string {
  const names = readdirSync(box.home, { recursive: true, encoding: 'utf8' })
  const files = names.map((name) => join(box.home, name)).filter((path) => statSync(path).isFile())
  return files.map((path) => readFileSync(path, 'latin1')).join('\n')
}

const SILENCE: Outcome = { stdout: '', stderr: '', code: 0, signal: null }

describe('an agent with a budget that blocks', () => {
  it('works, is warned once, blocked, allowed to go on, and all of it is on record', async () => {
    const agent = agentWith(
      'budgets: { daily: 10 }\nalerts: { action: block }\nnotifications: { desktop: false }',
    )
    const { box } = agent
    agent.spends(5)
    expect(await agent.before('SessionStart', { source: 'startup' })).toEqual(SILENCE)
    expect(await agent.before('UserPromptSubmit', { prompt: 'canary' })).toEqual(SILENCE)
    expect(await agent.before('PreToolUse', { tool_input: { command: 'canary' } })).toEqual(SILENCE)

    agent.spends(3.5)
    const warned = await agent.before('PreToolUse')
    expect(JSON.parse(warned.stdout)).toEqual({
      systemMessage: expect.stringMatching(
        /^ai-costs: daily is at 85% \(\$8\.50 of \$10\.00\), resets in /,
      ) as string,
    })
    expect(warned).toMatchObject({ stderr: '', code: 0 })
    expect(await agent.before('PreToolUse')).toEqual(SILENCE)

    agent.spends(1.2)
    for (const event of ['PreToolUse', 'UserPromptSubmit']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      const { stdout, stderr, code } = await agent.before(event, { prompt: 'canary' })
      expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
      expect(stderr).toContain('ai-costs: daily is at 97% ($9.70 of $10.00)')
      expect(stderr).toContain('ai-costs allow --session s1 --during 30m')
    }
    for (const event of ['Stop', 'SubagentStop', 'SessionEnd']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      expect(await agent.before(event, { transcript_path: '/gone' })).toEqual(SILENCE)
    }

    const allowed = await box.run(['allow', '--session', 's1', '--during', '30m', '--why', 'release'])
    expect(allowed.code).toBe(0)
    expect((await agent.before('PreToolUse')).stdout).toContain('allowed for another')
    expect(await agent.before('PreToolUse')).toEqual(SILENCE)
    expect((await new Agent(box, 's2').before('PreToolUse')).code).toBe(2)

    expect(written(box, 'overrides.jsonl')).toMatchObject([
      { kind: 'allow', session_id: 's1', why: 'release' },
    ])
    expect(written(box, 'alerts.log')).toMatchObject([
      { budget: 'daily', level: 'warning', spent_usd: 8.5 },
      { budget: 'daily', level: 'critical', spent_usd: 9.7 },
    ])
    const check = JSON.parse((await box.run(['check', '--json'])).stdout) as { budgets: unknown[] }
    expect(check.budgets).toMatchObject([{ id: 'daily', spent_usd: 9.7, level: 'critical' }])
    expect(existsSync(join(box.costs, 'errors.log'))).toBe(false)
    expect(everyText(box)).not.toContain('canary')
  })

  it.each([
    ['a shell command', '$(touch pwned); `touch pwned` "\' canary'],
    ['escape sequences', 'canary \u001b]0;canary\u0007\u001b[2J\u009b31m'],
    ['100 KB', `canary${'x'.repeat(100_000)}`],
    ['an option', '--now=canary'],
  ])('takes %s in an event for text, and keeps none of it', async (_, text) => {
    const agent = agentWith(
      'budgets: { daily: 10 }\nalerts: { action: block }',
      text.slice(0, 40).replaceAll('canary', 's'),
    )
    agent.spends(9.9)
    const outcomes = [
      await agent.before('UserPromptSubmit', { prompt: text }),
      await agent.before('PreToolUse', {
        tool_name: text,
        tool_input: { command: text },
        permission_mode: text,
      }),
      await agent.before('StopFailure', { error: text, transcript_path: text }),
    ]
    expect(outcomes.map(({ code }) => code)).toEqual([2, 2, 0])
    for (const { stdout, stderr } of outcomes) {
      expect(stdout).toBe('')
      // oxlint-disable-next-line no-control-regex -- finding control characters is the point
      expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    }
    expect(existsSync(join(agent.box.project, 'pwned'))).toBe(false)
    expect(everyText(agent.box)).not.toContain('canary')
  })
})
