import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type HookGround, type HookQuestion, answerHook } from '../../../src/core/answers/hook.ts'
import { type HookAnswer, hookResult } from '../../../src/core/answers/hook-answer.ts'
import { ACTIONS, type Action, type Budget, type Scope } from '../../../src/core/budget.ts'
import type { Judgement } from '../../../src/core/judgement.ts'
import { type Allow, NO_OVERRIDES } from '../../../src/core/override.ts'
import { aBudget } from '../../kit/a-budget.ts'
import { instant, usage } from '../../kit/fold-lines.ts'
import { aJudgement } from './a-judgement.ts'

const QUESTION: HookQuestion = {
  agent: 'claude-code',
  name: 'PreToolUse',
  moment: 'tool',
  sessionId: 's1',
  model: null,
}

function asked(rest: Partial<HookQuestion> = {}): HookQuestion {
  return { ...QUESTION, ...rest }
}

/** A folder of the project shop, in which everything is said for the first time, and once. */
function ground(rest: Partial<HookGround> = {}): HookGround {
  const said = new Set<string>()
  return {
    labels: () => ({ project: 'shop' }),
    isFirst: (claim) => !said.has(claim) && said.add(claim).has(claim),
    ...rest,
  }
}

function daily(action: Action, scope: Scope = {}): Budget {
  return { ...aBudget('daily', '10', scope), action }
}

/** So many dollars spent of a budget of ten. */
function spent(
  usd: number,
  budgets: readonly Budget[],
  fields: Readonly<Record<string, unknown>> = {},
): Judgement {
  return aJudgement({ lines: [usage({ v: 1, id: 'a', cost_usd: usd, project: 'shop', ...fields })], budgets })
}

const MOMENTS = [
  { moment: 'tool', name: 'PreToolUse' },
  { moment: 'prompt', name: 'UserPromptSubmit' },
  { moment: 'start', name: 'SessionStart' },
] as const

describe('an agent with so much of ten dollars spent', () => {
  it.each<
    [
      usd: number,
      action: Action,
      tool: HookAnswer['kind'],
      prompt: HookAnswer['kind'],
      start: HookAnswer['kind'],
    ]
  >([
    [0.01, 'block', 'silence', 'silence', 'silence'],
    [7.99, 'block', 'silence', 'silence', 'silence'],
    [8, 'warn', 'say', 'say', 'say'],
    [8, 'pause', 'say', 'say', 'say'],
    [8, 'block', 'say', 'say', 'say'],
    [9.49, 'block', 'say', 'say', 'say'],
    [9.5, 'warn', 'say', 'say', 'say'],
    [9.5, 'pause', 'ask', 'say', 'say'],
    [9.5, 'block', 'block', 'block', 'say'],
    [20, 'block', 'block', 'block', 'say'],
  ])('$%d and %s: before a tool %s, before a prompt %s, at the start %s', (usd, action, ...kinds) => {
    const judgement = spent(usd, [daily(action)])
    expect(MOMENTS.map((one) => answerHook(asked(one), judgement, ground()).kind)).toEqual(kinds)
  })

  it('is not stopped before a request, which only goes to another model', () => {
    expect(answerHook(asked({ moment: 'request' }), spent(20, [daily('block')]), ground()).kind).toBe(
      'silence',
    )
  })

  it.each(['codex', 'opencode'])('cannot be asked in %s, and so is warned', (agent) => {
    expect(answerHook(asked({ agent }), spent(20, [daily('pause')]), ground()).kind).toBe('say')
  })
})

const text = (answer: HookAnswer) => (answer.kind === 'silence' ? '' : answer.text)

describe('what is said', () => {
  const over = spent(9.7, [daily('block')])

  it('names the budget, how it stands and when it begins anew', () => {
    expect(text(answerHook(asked(), over, ground()))).toBe(
      'daily is at 97% ($9.70 of $10.00), resets in 9h30m',
    )
  })

  it('names the budgets that ask for it, of many the worst three', () => {
    const scopes = ['a*', 's*', 'sh*', 'sho*', 'shop'].map((project) => daily('block', { project }))
    const judgement = spent(9.7, [...scopes, aBudget('weekly', '10')])
    expect(text(answerHook(asked(), judgement, ground()))).toMatch(
      /^project=s\*\/daily .*; project=sh\*\/daily .*; project=sho\*\/daily .*; and 1 more$/,
    )
  })

  it('is a lower bound where something has no price', () => {
    const lines = [
      usage({ v: 1, id: 'a', cost_usd: 9.7 }),
      usage({ v: 1, id: 'b', model: 'acme', output_tokens: 5 }),
    ]
    const judgement = aJudgement({ lines, budgets: [daily('block')] })
    expect(answerHook(asked(), judgement, ground())).toMatchObject({
      kind: 'block',
      text: expect.stringContaining('(≥ $9.70 of $10.00) or more') as string,
    })
  })

  it('at the start says what will come of it', () => {
    const start = asked({ moment: 'start' })
    expect(text(answerHook(start, over, ground()))).toMatch(/: prompts and tools are blocked$/)
    const paused = spent(9.7, [daily('pause')])
    expect(text(answerHook(start, paused, ground()))).toMatch(/: each tool asks first$/)
    expect(text(answerHook({ ...start, agent: 'codex' }, paused, ground()))).toMatch(/resets in 9h30m$/)
  })

  it('is said once in a session for each budget and level', () => {
    const shared = ground()
    const kinds = (usd: number, sessionId = 's1') =>
      [1, 2].map(() => answerHook(asked({ sessionId }), spent(usd, [daily('warn')]), shared).kind)
    expect(kinds(8)).toEqual(['say', 'silence'])
    expect(kinds(9)).toEqual(['silence', 'silence'])
    expect(kinds(9.5)).toEqual(['say', 'silence'])
    expect(kinds(8, 's2')).toEqual(['say', 'silence'])
  })

  it('is said again on another day, and of another limit', () => {
    const shared = ground()
    const budgets = [daily('warn')]
    const on = (at: string) =>
      aJudgement({ lines: [usage({ v: 1, id: at, cost_usd: 8, timestamp: at })], budgets, at })
    expect(answerHook(asked(), on('2025-12-15T10:00:00Z'), shared).kind).toBe('say')
    expect(answerHook(asked(), on('2025-12-16T10:00:00Z'), shared).kind).toBe('say')
    expect(answerHook(asked(), spent(9.7, [aBudget('daily', '11')]), shared).kind).toBe('say')
  })

  it('at the start is not said once more before the first tool', () => {
    const shared = ground()
    const judgement = spent(8, [daily('warn')])
    expect(answerHook(asked({ moment: 'start' }), judgement, shared).kind).toBe('say')
    expect(answerHook(asked(), judgement, shared).kind).toBe('silence')
    expect(answerHook(asked({ moment: 'start' }), judgement, shared).kind).toBe('say')
  })

  it('is said by every block', () => {
    const shared = ground()
    for (const _ of [1, 2]) expect(answerHook(asked(), over, shared).kind).toBe('block')
  })

  it('takes no claim while all is well, nor looks where the agent works', () => {
    const untouched = ground({
      labels: () => expect.unreachable(),
      isFirst: () => expect.unreachable(),
    })
    expect(answerHook(asked(), spent(1, [daily('block', { project: 'shop' })]), untouched).kind).toBe(
      'silence',
    )
    expect(answerHook(asked(), over, untouched).kind).toBe('block')
  })
})

describe('a budget that blocks', () => {
  const full = { project: 'shop', model: 'claude-opus-5', tool: 'claude-code', task_type: 'feature' }
  it.each<[scope: Scope, question: Partial<HookQuestion>, kind: HookAnswer['kind']]>([
    [{ project: 'shop' }, {}, 'block'],
    [{ project: 'sh*' }, {}, 'block'],
    [{ model: 'claude-opus-*' }, {}, 'block'],
    [{ task_type: 'feature' }, {}, 'block'],
    [{ tool: 'claude-code' }, {}, 'block'],
    // The session is over at another tool's.
    [{ tool: 'claude-code' }, { agent: 'codex' }, 'silence'],
    // What the agent says about itself is newer than its last record.
    [{ model: 'claude-opus-*' }, { model: 'claude-haiku-4-5' }, 'silence'],
    // A session without a record: its project is that of its folder, its model and task nobody knows.
    [{ project: 'shop' }, { sessionId: 'new' }, 'block'],
    [{ model: 'claude-opus-*' }, { sessionId: 'new' }, 'say'],
    [{ model: 'claude-opus-*' }, { sessionId: 'new', model: 'claude-opus-5' }, 'block'],
    [{ task_type: 'feature' }, { sessionId: 'new' }, 'say'],
    [{ project: 'shop', model: 'claude-opus-*' }, { sessionId: 'new' }, 'say'],
  ])('for %j before %j: %s', (scope, question, kind) => {
    const judgement = spent(9.7, [daily('block', scope)], full)
    expect(answerHook(asked(question), judgement, ground()).kind).toBe(kind)
  })

  it('for a label that only the folder knows', () => {
    const scope = { project_code: 'ACME' }
    const judgement = spent(9.7, [daily('block', scope)], { project_code: 'ACME' })
    const coded = ground({ labels: () => ({ project_code: 'ACME' }) })
    expect(answerHook(asked(), judgement, coded).kind).toBe('block')
    expect(answerHook(asked(), judgement, ground()).kind).toBe('say')
    expect(answerHook(asked(), judgement, ground({ labels: () => ({ project_code: 'B' }) })).kind).toBe(
      'silence',
    )
  })

  it('for each session stops only the one that is over', () => {
    const budgets = [{ ...aBudget('per_session', '2'), action: 'block' as const }]
    const judgement = spent(3, budgets)
    expect(answerHook(asked(), judgement, ground()).kind).toBe('block')
    expect(answerHook(asked({ sessionId: 's2' }), judgement, ground()).kind).toBe('silence')
    expect(answerHook(asked({ sessionId: '' }), judgement, ground()).kind).toBe('silence')
  })

  it('stops nobody while it is not proven that it is critical', () => {
    const lines = [usage({ v: 1, id: 'b', model: 'acme', output_tokens: 5 })]
    for (const onUnpriced of ['warn', 'fail'] as const) {
      const judgement = aJudgement({ lines, budgets: [daily('block')], onUnpriced })
      expect(answerHook(asked(), judgement, ground()).kind).toBe('say')
    }
  })

  it('wins over others that are critical, and the strictest of them decides', () => {
    const judgement = spent(9.7, [
      daily('warn'),
      daily('pause', { project: 's*' }),
      daily('block', { project: 'shop' }),
    ])
    const answer = answerHook(asked(), judgement, ground())
    expect(answer).toMatchObject({
      kind: 'block',
      text: expect.stringMatching(/^project=shop\/daily/) as string,
    })
  })
})

describe('a session that is allowed to go on', () => {
  const allow: Allow = {
    kind: 'allow',
    id: '01',
    timestamp: instant('2025-12-15T14:00:00Z'),
    until: instant('2025-12-15T15:00:00Z'),
    sessionId: 's1',
    why: 'release',
  }
  const allowed = (action: Action, rest: Partial<Allow> = {}): Judgement => ({
    ...spent(9.7, [daily(action)]),
    overrides: { ...NO_OVERRIDES, allows: [{ ...allow, ...rest }] },
  })

  it.each(['block', 'pause'] as const)('is not kept from it by %s, and told so once', (action) => {
    const shared = ground()
    const [first, second] = [1, 2].map(() => answerHook(asked(), allowed(action), shared))
    expect(first).toEqual({
      kind: 'say',
      text: 'daily is at 97% ($9.70 of $10.00), resets in 9h30m: allowed for another 30m (release)',
    })
    expect(second?.kind).toBe('silence')
  })

  it('does not let others pass, unless all may', () => {
    const other = asked({ sessionId: 's2' })
    expect(answerHook(other, allowed('block'), ground()).kind).toBe('block')
    expect(answerHook(other, allowed('block', { sessionId: null }), ground()).kind).toBe('say')
    expect(answerHook(asked({ sessionId: '' }), allowed('block'), ground()).kind).toBe('block')
  })

  it('is still told of what only warns', () => {
    const shared = ground()
    const judgement = {
      ...allowed('block'),
      verdicts: spent(9.7, [daily('block'), aBudget('weekly', '12')]).verdicts,
    }
    const texts = [1, 2, 3].map(() => answerHook(asked(), judgement, shared))
    expect(texts).toMatchObject([
      { text: expect.stringMatching(/^daily/) as string },
      { text: expect.stringMatching(/^weekly is at 80%/) as string },
      { kind: 'silence' },
    ])
  })
})

describe('an answer to any agent', () => {
  const names = fc.constantFrom('claude-code', 'codex', 'gemini-cli', 'opencode')
  const moments = fc.constantFrom('tool', 'prompt', 'start', 'request') satisfies fc.Arbitrary<
    HookQuestion['moment']
  >
  const questions = fc.record({
    agent: names,
    name: fc.string(),
    moment: moments,
    sessionId: fc.string(),
    model: fc.option(fc.string()),
  })

  it('is silence, one line of JSON, or 2 with nothing on stdout, and nothing in it acts on a terminal', () => {
    fc.assert(
      fc.property(
        questions,
        fc.constantFrom(...ACTIONS),
        fc.integer({ min: 0, max: 20 }),
        fc.option(fc.string({ unit: 'binary' })),
        (question, action, usd, directory) => {
          const judgement = spent(usd, [daily(action), daily(action, { project: '\u001b[2J*' })], {
            project: '\u001b[2Jx',
          })
          const answer = answerHook(question, judgement, ground())
          const { stdout, stderr, exitCode } = hookResult(answer, question, directory)
          if (exitCode === 2) expect(stdout).toBe('')
          else expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
          if (stdout !== '') expect(typeof JSON.parse(String(stdout))).toBe('object')
          expect(String(stdout).split('\n').length).toBeLessThanOrEqual(2)
          // oxlint-disable-next-line no-control-regex -- finding control characters is the point
          expect(String(stdout) + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
          expect(stderr.split('\n').length).toBeLessThanOrEqual(3)
        },
      ),
    )
  })
})
