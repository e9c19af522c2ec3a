import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import * as hook from '../../src/commands/hook.ts'
import * as status from '../../src/commands/status.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { UNREADABLE } from '../kit/memory-ledger.ts'
import { type Answer, call } from './calling.ts'

const COSTS = `${PROJECT}/.ai-costs`
const ROUTER = `${PROJECT}/.ai-config/model-router.yaml`
const SILENCE: Answer = { stdout: '', stderr: '', exitCode: 0 }

type Texts = Readonly<Record<string, string>>

/** A project with ten dollars a day, of which so many are spent, and a hook that blocks. */
function world(spent: number, texts: Texts = {}): FakeSystem {
  const line = usage({ v: 1, id: 'a', cost_usd: spent, project: 'shop' })
  const limits = 'budgets: { daily: 10 }\nalerts: { action: block }'
  return fakeSystem({ [LIMITS]: limits, [LEDGER]: `${line}\n`, ...texts })
}

const EVENT = { session_id: 's1', cwd: PROJECT, hook_event_name: 'PreToolUse', transcript_path: '/t.jsonl' }

interface Told extends Answer {
  /** What is in `errors.log` afterwards. */
  readonly errors: readonly string[]
}

async function told(
  event: Readonly<Record<string, unknown>> | string,
  system: FakeSystem,
  words = '',
): Promise<Told> {
  const errors: string[] = []
  const stdin = typeof event === 'string' ? event : JSON.stringify({ ...EVENT, ...event })
  const answer = await call(hook, words, {
    ...system,
    standardInput: { read: () => stdin },
    errors: (directory, error) =>
      void errors.push(`${directory} ${error instanceof Error ? error.message : String(error)}`),
  })
  return { ...answer, errors }
}

function messageIn({ stdout }: Answer): unknown {
  return (JSON.parse(stdout) as { systemMessage?: unknown }).systemMessage
}

function lines(system: FakeSystem, name: string): readonly Readonly<Record<string, unknown>>[] {
  const text = system.texts.get(`${COSTS}/${name}`) ?? ''
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
}

describe('an agent that waits', () => {
  it('goes on in silence while all is well', async () => {
    const system = world(1)
    expect(await told({}, system)).toEqual({ ...SILENCE, errors: [] })
    expect(system.taken.size).toBe(0)
  })

  it('is warned once, and each session by itself', async () => {
    const system = world(8)
    expect(messageIn(await told({}, system))).toBe(
      'ai-costs: daily is at 80% ($8.00 of $10.00), resets in 9h30m',
    )
    expect(await told({}, system)).toMatchObject(SILENCE)
    expect((await told({ session_id: 's2' }, system)).stdout).toContain('daily is at 80%')
  })

  it('is blocked each time, with nothing on stdout and the way out on stderr', async () => {
    const system = world(9.9)
    for (const name of ['PreToolUse', 'UserPromptSubmit', 'PreToolUse']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      const { stdout, stderr, exitCode } = await told({ hook_event_name: name }, system)
      expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
      expect(stderr).toContain('daily is at 99% ($9.90 of $10.00)')
      expect(stderr).toContain('ai-costs allow --session s1 --during 30m')
    }
  })

  it('raises the alert that is due', async () => {
    const system = world(9.9)
    await told({}, system)
    expect([...system.taken].filter((name) => name.startsWith('alert-'))).not.toEqual([])
  })

  it('passes where somebody allowed it', async () => {
    const until = '2025-12-15T15:00:00Z'
    const allow = {
      v: 1,
      id: '01',
      timestamp: '2025-12-15T14:00:00Z',
      kind: 'allow',
      session_id: 's1',
      until,
    }
    const system = world(9.9, { [`${COSTS}/overrides.jsonl`]: `${JSON.stringify(allow)}\n` })
    expect(messageIn(await told({}, system))).toMatch(/: allowed for another 30m$/)
    expect(await told({}, system)).toMatchObject(SILENCE)
    expect((await told({ session_id: 's2' }, system)).exitCode).toBe(2)
  })

  it('is told in the form of whom the hook was installed for', async () => {
    const system = world(9.9, { [LIMITS]: 'budgets: { daily: 10 }\nalerts: { action: pause }' })
    expect((await told({}, system)).stdout).toContain('permissionDecision')
    expect((await told({}, system, '--agent gemini-cli')).stdout).toContain('"decision":"ask"')
    expect(messageIn(await told({}, system, '--agent codex'))).toContain('daily is at 99%')
  })

  it('is judged by the budgets of the folder that it works in', async () => {
    const other = '/home/u/other'
    const system = world(9.9, { [`${other}/.ai-costs/sessions.jsonl`]: '' })
    expect(await told({ cwd: other }, system)).toMatchObject(SILENCE)
    expect((await told({ cwd: `${PROJECT}/gone` }, system)).exitCode).toBe(2)
  })

  it('in a session without a record has the project of its folder', async () => {
    const scoped = 'budgets: { scoped: [{ project: shop, daily: 10, action: block }] }'
    const system = world(9.9, { [LIMITS]: scoped })
    expect((await told({ session_id: 'new' }, system)).exitCode).toBe(2)
    system.directories.add('/home/u/tea')
    const elsewhere = await told(
      { session_id: 'new', cwd: '/home/u/tea' },
      system,
      `--dir ${COSTS} --config ${PROJECT}/.ai-config`,
    )
    expect(elsewhere).toMatchObject(SILENCE)
  })

  it('is answered nothing as of another instant', async () => {
    expect(await told({}, world(9.9), '--now 2025-12-15T14:30:00Z')).toMatchObject(SILENCE)
  })
})

describe('trouble of ours', () => {
  it.each<[string, Texts, told: RegExp]>([
    ['broken settings', { [LIMITS]: 'budgets: { daily: -1 }' }, /cost-limits\.yaml:1:.*-1/],
    [
      'a ledger that cannot be read',
      { [LEDGER]: UNREADABLE },
      /sessions\.jsonl cannot be read|cannot be read \(EACCES\)/,
    ],
  ])('%s is on record, and stops nobody', async (_, texts, line) => {
    for (const name of ['PreToolUse', 'UserPromptSubmit', 'SessionStart']) {
      // oxlint-disable-next-line no-await-in-loop -- three calls
      const { errors, ...answer } = await told({ hook_event_name: name }, world(20, texts))
      expect(answer).toEqual(SILENCE)
      expect(errors).toEqual([expect.stringMatching(line)])
    }
  })

  it('no ledger at all is none', async () => {
    const system = fakeSystem()
    expect(await told({}, system)).toEqual({ ...SILENCE, errors: [] })
    expect(system.directories.size).toBe(0)
  })

  it('where nothing can be claimed, nothing is said, and a block is a block', async () => {
    const claims = {
      isTaken: () => false,
      take: () => {
        throw new Error('state is full')
      },
    }
    const warned = await told({}, { ...world(8), alertClaims: () => claims })
    expect(warned).toMatchObject(SILENCE)
    expect(warned.errors.join()).toContain('state is full')
    expect((await told({}, { ...world(9.9), alertClaims: () => claims })).exitCode).toBe(2)
  })

  it('is not written through a project directory that is a link', async () => {
    const system = world(9.9, { [LIMITS]: 'budgets: 5' })
    system.links.add(COSTS)
    expect(await told({}, system)).toEqual({ ...SILENCE, errors: [] })
  })

  it('a ledger that takes too long is read by another process, for the next call', async () => {
    const started: (readonly string[])[] = []
    const filler = `${'x'.repeat(200_000)}\n`
    const slow = world(9.9, { [LEDGER]: filler })
    let now = slow.now
    const system: FakeSystem = {
      ...slow,
      // Each look at the clock takes as long as reading a large ledger.
      clock: { ...slow.clock, now: () => (now += 400) },
      background: { start: (words) => started.push(words) > 0 },
    }
    const { errors, ...answer } = await told({}, system)
    expect(answer).toEqual(SILENCE)
    expect(errors).toEqual([expect.stringContaining('could not be read in time')])
    expect(started).toEqual([['check', '--quiet']])
  })

  it('is seen in the status of the day, and does not change how it exits', async () => {
    const log = '2025-12-15T10:00:00Z state is full: free some space\n'
    const calm = await call(status, '', world(1))
    const { stdout, exitCode } = await call(status, '', world(1, { [`${COSTS}/errors.log`]: log }))
    expect(stdout).toContain('hooks had trouble today, last at 10:00: state is full')
    expect(exitCode).toBe(calm.exitCode)
    expect(calm.stdout).not.toContain('trouble')
    const yesterday = await call(status, '', world(1, { [`${COSTS}/errors.log`]: log.replace('15T', '14T') }))
    expect(yesterday.stdout).toBe(calm.stdout)
  })
})

const failure = (error: string) => ({
  hook_event_name: 'StopFailure',
  error,
  last_assistant_message: 'canary',
})

describe('a turn that a provider stopped', () => {
  it('is counted beside the ledger, and shown for the day', async () => {
    const system = world(1)
    await told(failure('rate_limit'), system)
    await told(failure('Request of 5 tokens: canary'), system)
    expect(lines(system, 'stops.jsonl')).toMatchObject([
      { v: 1, timestamp: '2025-12-15T14:30:00Z', session_id: 's1', tool: 'claude-code', kind: 'rate_limit' },
      { kind: 'other' },
    ])
    expect(JSON.stringify([...system.texts])).not.toContain('canary')
    const { stdout } = await call(status, '', system)
    expect(stdout).toContain('2 turns were stopped by providers today (1 other, 1 rate_limit)')
  })
})

describe('after a turn', () => {
  it('no agent is ever stopped, whatever is spent and whatever it says', async () => {
    const names = fc.constantFrom(
      'Stop',
      'SubagentStop',
      'SessionEnd',
      'StopFailure',
      'AfterAgent',
      'PostToolUse',
      'Notification',
    )
    const event = fc.record({ hook_event_name: names, stop_hook_active: fc.boolean(), error: fc.string() })
    await fc.assert(
      fc.asyncProperty(event, async (given) => {
        expect(await told(given, world(20))).toEqual({ ...SILENCE, errors: [] })
      }),
      { numRuns: 30 },
    )
  })

  it('junk on standard input is answered with silence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), async (text) => {
        expect(await told(text, world(20))).toEqual({ ...SILENCE, errors: [] })
      }),
      { numRuns: 50 },
    )
  })
})

const gemini = (model: string, content = 'rename this') => ({
  hook_event_name: 'BeforeModel',
  timestamp: '2025-12-15T14:30:00Z',
  llm_request: { model, messages: [{ role: 'user', content }] },
})

const opencode = (providerID: string, modelID: string, prompt = 'rename this') =>
  JSON.stringify({
    event: 'chat.message',
    sessionID: 's1',
    directory: PROJECT,
    model: { providerID, modelID },
    prompt,
  })

const modelIn = ({ stdout }: Answer): unknown => {
  if (stdout === '') return null
  const answer = JSON.parse(stdout) as {
    model?: unknown
    hookSpecificOutput?: { llm_request?: { model?: unknown } }
  }
  return answer.model ?? answer.hookSpecificOutput?.llm_request?.model ?? null
}

describe('an agent that lets us choose the model', () => {
  const RULES = `rules: [{ pattern: "lint", model: gemini-2.5-flash-lite }]
default: claude-opus-5
downgrade:
  steps: [{ at: 0.8, model: MODEL }]
  protect: "security"
`
  const routing = (spent: number, model: string, limits = 'budgets: { daily: 10 }') =>
    world(spent, { [LIMITS]: limits, [ROUTER]: RULES.replace('MODEL', model) })

  it.each<[spent: number, step: string, asked: string, prompt: string, model: string | null]>([
    [9, 'gemini-2.5-flash', 'gemini-2.5-pro', 'rename this', 'gemini-2.5-flash'],
    [1, 'gemini-2.5-flash', 'gemini-2.5-pro', 'rename this', null],
    // A rule is for whoever names no model, and this agent has named one.
    [1, 'gemini-2.5-flash', 'gemini-2.5-pro', 'lint this', null],
    [9, 'gemini-2.5-flash', 'gemini-2.5-pro', 'a security audit', null],
    [9, 'gemini-2.5-pro', 'gemini-2.5-flash', 'rename this', null],
    [9, 'gemini-2.5-flash', 'gemini-2.5-flash', 'rename this', null],
    // It could not ask that one.
    [9, 'gpt-5-nano', 'gemini-2.5-pro', 'rename this', null],
    [9, 'gemini-2.5-flash', 'acme-1', 'rename this', null],
    [9, 'gemini-2.5-flash', '$(touch x)', 'rename this', null],
  ])(
    'Gemini CLI with $%d spent and the step %s asks for %s to "%s": %s',
    async (spent, step, asked, prompt, model) => {
      const system = routing(spent, step)
      const answer = await told(gemini(asked, prompt), system)
      expect({ model: modelIn(answer), exitCode: answer.exitCode, errors: answer.errors }).toEqual({
        model,
        exitCode: 0,
        errors: [],
      })
      expect(lines(system, 'decisions.jsonl')).toHaveLength(model === null ? 0 : 1)
    },
  )

  it.each<[provider: string, asked: string, step: string, model: unknown]>([
    [
      'anthropic',
      'claude-opus-5',
      'claude-haiku-4-5',
      { providerID: 'anthropic', modelID: 'claude-haiku-4-5' },
    ],
    [
      'openrouter',
      'anthropic/claude-opus-5',
      'claude-haiku-4-5',
      { providerID: 'openrouter', modelID: 'anthropic/claude-haiku-4.5' },
    ],
    ['github-copilot', 'claude-opus-5', 'claude-haiku-4-5', null],
    ['anthropic', 'claude-opus-5', 'gpt-5-nano', null],
  ])('OpenCode that asks %s for %s, the step being %s: %j', async (provider, asked, step, model) => {
    expect(modelIn(await told(opencode(provider, asked), routing(9, step)))).toEqual(model)
  })

  it('keeps the model of a prompt that nobody has seen, which may be protected', async () => {
    const { prompt: _, ...event } = JSON.parse(opencode('anthropic', 'claude-opus-5')) as Record<
      string,
      unknown
    >
    expect(modelIn(await told(JSON.stringify(event), routing(9, 'claude-haiku-4-5')))).toBeNull()
  })

  it('is on record once for each step that a session takes, without the prompt', async () => {
    const system = routing(9, 'gemini-2.5-flash')
    for (const _ of [1, 2, 3]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      expect(modelIn(await told(gemini('gemini-2.5-pro', 'canary'), system))).toBe('gemini-2.5-flash')
    }
    await told({ ...gemini('gemini-2.5-pro'), session_id: 's2' }, system)
    expect(lines(system, 'decisions.jsonl')).toMatchObject([
      { from: 'gemini-2.5-pro', to: 'gemini-2.5-flash', budget: 'daily', step: 0.8, session_id: 's1' },
      { session_id: 's2' },
    ])
    expect(JSON.stringify([...system.texts])).not.toContain('canary')
  })

  it('is warned and gets a cheaper model in one answer', async () => {
    const { stdout } = await told(opencode('anthropic', 'claude-opus-5'), routing(9, 'claude-haiku-4-5'))
    expect(JSON.parse(stdout)).toMatchObject({
      systemMessage: expect.stringContaining('daily is at 90%') as string,
      model: { modelID: 'claude-haiku-4-5' },
    })
  })

  it('is blocked all the same', async () => {
    const limits = 'budgets: { daily: 10 }\nalerts: { action: block }'
    const { stdout, exitCode } = await told(
      opencode('anthropic', 'claude-opus-5'),
      routing(10, 'claude-haiku-4-5', limits),
    )
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
  })

  it.each<[string, (system: FakeSystem) => Partial<FakeSystem>, RegExp]>([
    ['a broken router', (system) => (system.texts.set(ROUTER, 'rules: 5'), {}), /model-router\.yaml/],
    [
      'a full disk',
      ({ ledger }) => ({
        ledger: {
          ...ledger,
          append() {
            throw new NotSaved('the disk is full')
          },
        },
      }),
      /the disk is full/,
    ],
  ])('keeps it for %s, which is on record', async (_, damage, line) => {
    const system = routing(9, 'gemini-2.5-flash')
    const { errors, ...answer } = await told(gemini('gemini-2.5-pro'), { ...system, ...damage(system) })
    expect(answer).toEqual(SILENCE)
    expect(errors).toEqual([expect.stringMatching(line)])
  })
})
