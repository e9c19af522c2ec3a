import { describe, expect, it, test } from 'vitest'
import { UsageError } from '../../src/commands/command.ts'
import * as decisions from '../../src/commands/decisions.ts'
import * as route from '../../src/commands/route.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { LEDGER, LIMITS, PROJECT, type FakeSystem, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { UNREADABLE } from '../kit/memory-ledger.ts'
import { call } from './calling.ts'

const ROUTER = `${PROJECT}/.ai-config/model-router.yaml`
const DECISIONS = `${PROJECT}/.ai-costs/decisions.jsonl`

const RULES = `rules:
  - { pattern: "lint|format", model: claude-haiku-4-5, reason: "mechanical" }
  - { pattern: "what.*is", model: claude-sonnet-5 }
  - { pattern: "architect", model: claude-opus-5, min_model: claude-sonnet-5 }
default: claude-opus-5
downgrade:
  steps:
    - { at: 0.50, model: claude-sonnet-5 }
    - { at: 0.80, model: claude-haiku-4-5 }
  protect: "security"
`

/** A project with these rules, ten dollars a day, and so many of them spent. */
function routing(spent: number, texts: Readonly<Record<string, string>> = {}): FakeSystem {
  const line = usage({ v: 1, id: 'a', cost_usd: spent, project: 'shop' })
  return fakeSystem({ [LIMITS]: 'budgets: { daily: 10 }', [ROUTER]: RULES, [LEDGER]: `${line}\n`, ...texts })
}

function written(system: FakeSystem): readonly Record<string, unknown>[] {
  const lines = (system.texts.get(DECISIONS) ?? '').split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('route prints', () => {
  test.each<[words: string, spent: number, model: string]>([
    ['', 0, 'claude-opus-5'],
    ['', 5, 'claude-sonnet-5'],
    ['', 8, 'claude-haiku-4-5'],
    ['--prompt lint', 0, 'claude-haiku-4-5'],
    ['--prompt lint', 9, 'claude-haiku-4-5'],
    ['--prompt what\0this\0is', 0, 'claude-sonnet-5'],
    ['--prompt what\0this\0is', 9, 'claude-haiku-4-5'],
    ['--prompt architect', 9, 'claude-sonnet-5'],
    ['--prompt architect\0the\0security', 9, 'claude-opus-5'],
    ['--prompt --lint', 0, 'claude-haiku-4-5'],
    ['claude-opus-5-5 --prompt lint', 0, 'claude-opus-5-5'],
    ['opus', 9, 'claude-haiku-4-5'],
    ['acme-1', 9, 'acme-1'],
    ['--tool openrouter', 9, 'anthropic/claude-haiku-4.5'],
    ['--tool claude-code --fallback sonnet', 0, 'claude-opus-5'],
  ])('for "%s", $%d of $10 being spent, %s', async (words, spent, model) => {
    const { stdout, exitCode } = await call(route, words, routing(spent))
    expect({ stdout, exitCode }).toEqual({ stdout: `${model}\n`, exitCode: 0 })
  })

  it('the default model of all commands where the router names none', async () => {
    const limits = 'default_model: claude-sonnet-5\nbudgets: { daily: 10 }'
    const system = fakeSystem({ [LIMITS]: limits })
    expect(await call(route, '', system)).toEqual({ stdout: 'claude-sonnet-5\n', stderr: '', exitCode: 0 })
  })

  it('the model for a prompt from standard input', async () => {
    const system = { ...routing(0), standardInput: { read: () => 'please lint\nthis' } }
    expect((await call(route, '--prompt -', system)).stdout).toBe('claude-haiku-4-5\n')
  })

  it('how it came about, on stderr', async () => {
    const { stdout, stderr } = await call(route, '--prompt architect --explain', routing(9))
    expect(stdout).toBe('claude-sonnet-5\n')
    expect(stderr).toBe(
      [
        'base: claude-opus-5 (rule 3)',
        'pressure: daily is at 90% ($9.00 of $10.00)',
        'step: claude-haiku-4-5',
        'so: rule 3; daily is at 90% ($9.00 of $10.00), step 80%: claude-opus-5 gives way to claude-sonnet-5, the min_model of the rule',
      ]
        .map((line) => `ai-costs: ${line}\n`)
        .join(''),
    )
  })

  it('all of it as JSON', async () => {
    const { stdout } = await call(route, '--json --tool litellm', routing(5))
    expect(JSON.parse(stdout)).toEqual({
      schema: 1,
      model: 'anthropic/claude-sonnet-5',
      requested: null,
      base: 'claude-opus-5',
      rule: null,
      reason:
        'default; daily is at 50% ($5.00 of $10.00), step 50%: claude-opus-5 gives way to claude-sonnet-5',
      pressure: 0.5,
      at_least: false,
      exceeded: false,
      budget: 'daily',
      step: 0.5,
      protected: false,
      downgraded: true,
    })
  })

  it('that there may be more spent than is known', async () => {
    const system = routing(1)
    system.texts.set(LEDGER, `${system.texts.get(LEDGER)}${usage({ model: 'acme-1' })}\n`)
    const { stdout, stderr } = await call(route, '', system)
    expect(stdout).toBe('claude-opus-5\n')
    expect(stderr).toContain(
      'daily is at 10% (≥ $1.00 of $10.00) or more, as some of the spending has no price',
    )
  })
})

describe('route without an answer', () => {
  const NOTHING = 'nothing names a model for this request'
  test.each<
    [why: string, words: string, texts: Readonly<Record<string, string>>, exitCode: number, said: string]
  >([
    ['no settings', '', { [ROUTER]: '# none' }, 1, NOTHING],
    ['a broken router', '', { [ROUTER]: 'rules: 5' }, 3, `${ROUTER}:1:8: rules is "5"`],
    ['broken limits', '', { [LIMITS]: 'budgets: { daily: -1 }' }, 3, `${LIMITS}:1:`],
    ['a ledger that cannot be read', '', { [LEDGER]: UNREADABLE }, 3, 'cannot be read'],
    [
      'a pattern that no engine takes',
      '',
      { [ROUTER]: 'rules: [{ pattern: "(?=x)", model: a }]' },
      3,
      'rules[0].pattern is "(?=x)", which cannot be matched',
    ],
    ['a model that the tool cannot ask', '--tool codex', {}, 3, 'codex has no name for claude-opus-5'],
    ['no prompt on standard input', '--prompt -', {}, 3, 'no prompt could be read'],
  ])('for %s exits well with a fallback, and otherwise not', async (_, words, texts, exitCode, said) => {
    const refused = await call(route, words, routing(0, texts))
    expect(refused).toMatchObject({ stdout: '', exitCode })
    expect(refused.stderr).toContain(said)
    const saved = await call(route, `${words} --fallback sonnet`, routing(0, texts))
    expect(saved).toMatchObject({ stdout: 'sonnet\n', exitCode: 0 })
    expect(saved.stderr).toContain(said)
    const json = await call(route, `${words} --json`, routing(0, texts))
    expect(JSON.parse(json.stdout)).toMatchObject({ model: null, exit_code: exitCode })
    expect(
      JSON.parse((await call(route, `${words} --json --fallback sonnet`, routing(0, texts))).stdout),
    ).toMatchObject({ model: 'sonnet', fallback: true })
  })

  it('prints the fallback when something of ours breaks, without a word of the prompt', async () => {
    const broken = { ...routing(0), ledger: { ...routing(0).ledger, reader: breakWithPrompt } }
    const { stdout, stderr, exitCode } = await call(route, '--prompt secret --fallback sonnet', broken)
    expect({ stdout, exitCode }).toEqual({ stdout: 'sonnet\n', exitCode: 0 })
    expect(stderr).not.toContain('secret')
    await expect(call(route, '--prompt secret', broken)).rejects.toThrow()
  })

  test.each(['fix\0the\0bug', '--fallback $(ls)', '-- --help', '--session ' + 's'.repeat(513), '--now noon'])(
    'refuses %s, and does not repeat it',
    async (words) => {
      const refusal = await call(route, words, routing(0)).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(UsageError)
      expect(String(refusal)).not.toMatch(/fix|\$\(|--help|sss|noon'/)
    },
  )

  it('gives up on patterns that take too long', async () => {
    const system = routing(0)
    const hours = { ...system, clock: { ...system.clock, now: () => (system.now += 3_600_000 / 200) } }
    const { stderr, exitCode } = await call(route, '--prompt x', hours)
    expect(exitCode).toBe(3)
    expect(stderr).toContain('matching the prompt took too long before rules[0].pattern')
  })
})

describe('a downgrade', () => {
  it('is one line, and a remark', async () => {
    const system = routing(8)
    const { stderr } = await call(route, '--session s1 --tool claude-code --prompt canary', system)
    const reason =
      'default; daily is at 80% ($8.00 of $10.00), step 80%: claude-opus-5 gives way to claude-haiku-4-5'
    expect(stderr).toBe(`ai-costs: ${reason}\n`)
    expect(written(system)).toEqual([
      {
        v: 1,
        id: expect.stringMatching(/^[0-9A-Z]{26}$/) as string,
        timestamp: '2025-12-15T14:30:00Z',
        from: 'claude-opus-5',
        to: 'claude-haiku-4-5',
        budget: 'daily',
        spent_usd: 8,
        limit_usd: 10,
        step: 0.8,
        reason,
        task_type: 'default',
        session_id: 's1',
        tool: 'claude-code',
      },
    ])
    for (const text of system.texts.values()) expect(text).not.toContain('canary')
  })

  test.each([
    '',
    '--prompt security',
    'claude-haiku-4-5',
    '--now 2025-12-15T14:00:00Z',
    '--tool codex --fallback gpt-5',
  ])('is not on record where there was none: %j', async (words) => {
    const system = routing(words === '' ? 1 : 9)
    await call(route, words, system)
    expect(written(system)).toEqual([])
  })

  it('holds within its session, and gets further when the pressure does', async () => {
    const system = routing(6)
    const chosen = async (spent: number, session: string) => {
      system.texts.set(LEDGER, `${usage({ v: 1, id: 'a', cost_usd: spent })}\n`)
      return (await call(route, `--session ${session}`, system)).stdout.trim()
    }
    expect(await chosen(6, 's1')).toBe('claude-sonnet-5')
    expect(await chosen(1, 's1')).toBe('claude-sonnet-5')
    expect(await chosen(1, 's2')).toBe('claude-opus-5')
    expect(await chosen(9, 's1')).toBe('claude-haiku-4-5')
    expect(await chosen(6, 's1')).toBe('claude-haiku-4-5')
    expect(written(system).map(({ step }) => step)).toEqual([0.5, 0.5, 0.8, 0.8])
    expect(written(system)[1]?.['reason']).toContain('this session was lowered at the step of 50%')
  })

  it('is of no session where the session is empty', async () => {
    const system = routing(9)
    await call(route, '--session=', system)
    expect(written(system)).toMatchObject([{ from: 'claude-opus-5' }])
    expect(written(system)[0]).not.toHaveProperty('session_id')
  })

  it('that cannot be written down is used all the same, and said', async () => {
    const system = routing(9)
    const full = { ...system, ledger: { ...system.ledger, append: refuseAll } }
    const { stdout, stderr, exitCode } = await call(route, '', full)
    expect({ stdout, exitCode }).toEqual({ stdout: 'claude-haiku-4-5\n', exitCode: 0 })
    expect(stderr).toContain('this downgrade is not on record: the disk is full')
  })

  it('is not written through a link', async () => {
    const system = routing(9)
    system.links.add(`${PROJECT}/.ai-costs`)
    const { stdout, stderr } = await call(route, '', system)
    expect(stdout).toBe('claude-haiku-4-5\n')
    expect(stderr).toContain('is a symbolic link')
    expect(written(system)).toEqual([])
  })
})

describe('decisions', () => {
  it('lists them, newest first, with what was noted', async () => {
    const system = await decided()
    const [first, second] = written(system).map(({ id }) => String(id))
    const noted = await call(decisions, `note ${first} --outcome as\0good --lesson -no\0opus`, system)
    expect(noted).toEqual({ stdout: `Noted on ${first}\n`, stderr: '', exitCode: 0 })
    const { stdout } = await call(decisions, 'list --json', system)
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      decisions: [
        { id: second, outcome: null },
        { id: first, session_id: 's1', outcome: 'as good', lesson: '-no opus' },
      ],
    })
    expect((await call(decisions, '', system)).stdout).toBe(
      [
        `2025-12-15T14:31:00Z  ${second}  claude-opus-5 > claude-sonnet-5`,
        '  daily $6.00 of $10.00, step 50%',
        '  default; daily is at 60% ($6.00 of $10.00), step 50%: claude-opus-5 gives way to claude-sonnet-5',
        '',
        `2025-12-15T14:30:00Z  ${first}  claude-opus-5 > claude-sonnet-5`,
        '  daily $6.00 of $10.00, step 50%, session s1',
        '  default; daily is at 60% ($6.00 of $10.00), step 50%: claude-opus-5 gives way to claude-sonnet-5',
        '  outcome: as good',
        '  lesson: -no opus',
        '',
      ].join('\n'),
    )
    const earlier = await call(decisions, 'list --json --now 2025-12-15T14:30:30Z', system)
    expect(JSON.parse(earlier.stdout)).toMatchObject({ decisions: [{ id: first }] })
  })

  it('says where there are none', async () => {
    const { stdout, stderr, exitCode } = await call(decisions, 'list', routing(0))
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 })
    expect(stderr).toBe(`ai-costs: no downgrade is on record in ${PROJECT}/.ai-costs\n`)
  })

  it('prints what a file holds as text only', async () => {
    const line = '{"id":"\\u001b[2J","timestamp":"2025-12-15T14:30:00Z","from":"a","to":"\\u202eb","step":1}'
    const { stdout } = await call(decisions, '', routing(0, { [DECISIONS]: `${line}\n` }))
    expect(stdout).toContain('\\x1b[2J')
    expect(stdout).toContain('\\u202eb')
  })

  test.each([
    ['note', 'decisions note needs an ID: see ai-costs decisions list'],
    ['note d1', 'there is nothing to note: add --outcome TEXT, --lesson TEXT or both'],
    ['note d1 --outcome x', 'there is no decision d1: see ai-costs decisions list'],
    ['note d1 --lesson=', '--lesson is empty: write a few words, or leave it out'],
    [`note d1 --lesson ${'x'.repeat(513)}`, '--lesson is longer than 512 characters: shorten it'],
    ['note d1 --lesson sk-abcdefgh12345', '--lesson looks like a secret key: leave it out'],
    ['note d1 --outcome x --now 2025-12-15', 'decisions note takes no --now: leave it out'],
    ['list d1', 'decisions list takes no d1: leave it out'],
    ['list --outcome x', 'decisions list takes no --outcome: leave it out'],
    ['show', 'there is no "decisions show": use one of list, note'],
  ])('%s is refused: %s', async (words, sentence) => {
    await expect(call(decisions, words, routing(0))).rejects.toThrow(new UsageError(sentence))
  })
})

function breakWithPrompt(): never {
  throw new Error('secret')
}

function refuseAll(): never {
  throw new NotSaved('the disk is full: free some space')
}

/** A system with two decisions on file. */
async function decided(): Promise<FakeSystem> {
  const system = routing(6)
  let count = 0
  const random = (bytes: number) => new Uint8Array(bytes).fill(++count)
  await call(route, '--session s1', { ...system, clock: { ...system.clock, random } })
  system.now += 60_000
  await call(route, '', { ...system, clock: { ...system.clock, random } })
  return system
}
