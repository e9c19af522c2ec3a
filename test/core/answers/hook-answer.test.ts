import { describe, expect, it } from 'vitest'

import { type HookAnswer, type HookForm, hookResult } from '../../../src/core/answers/hook-answer.ts'

function form(agent: string, rest: Partial<HookForm> = {}): HookForm {
  return { agent, name: 'PreToolUse', moment: 'tool', sessionId: 's1', ...rest }
}

const SAY: HookAnswer = { kind: 'say', text: 'so it is' }
const ASK: HookAnswer = { kind: 'ask', text: 'so it is' }
const BLOCK: HookAnswer = { kind: 'block', text: 'so it is' }

describe('an answer', () => {
  it.each<[HookAnswer, agent: string, stdout: unknown]>([
    [SAY, 'claude-code', { systemMessage: 'ai-costs: so it is' }],
    [SAY, 'codex', { systemMessage: 'ai-costs: so it is' }],
    [
      ASK,
      'claude-code',
      {
        hookSpecificOutput: {
          hookEventName: 'PreToolUse',
          permissionDecision: 'ask',
          permissionDecisionReason: 'ai-costs: so it is',
        },
      },
    ],
    [
      ASK,
      'gemini-cli',
      { decision: 'ask', reason: 'ai-costs: so it is', systemMessage: 'ai-costs: so it is' },
    ],
  ])('%j for %s', (answer, agent, said) => {
    const { stdout, stderr, exitCode } = hookResult(answer, form(agent), null)
    expect(JSON.parse(String(stdout))).toEqual(said)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  })

  it('of silence is nothing at all', () => {
    expect(hookResult({ kind: 'silence' }, form('codex'), null)).toEqual({
      stdout: '',
      stderr: '',
      exitCode: 0,
    })
  })

  it('with another model is in the form of the agent that can be told', () => {
    const routed = { model: 'gemini-3-flash', provider: null }
    const gemini = hookResult({ kind: 'silence' }, form('gemini-cli', { name: 'BeforeModel' }), null, routed)
    expect(JSON.parse(String(gemini.stdout))).toEqual({
      hookSpecificOutput: { hookEventName: 'BeforeModel', llm_request: { model: 'gemini-3-flash' } },
    })
    const opencode = hookResult(SAY, form('opencode'), null, { model: 'gpt-5-mini', provider: 'openai' })
    expect(JSON.parse(String(opencode.stdout))).toEqual({
      systemMessage: 'ai-costs: so it is',
      model: { providerID: 'openai', modelID: 'gpt-5-mini' },
    })
  })
})

const reason = (rest: Partial<HookForm>, directory: string | null = null) =>
  hookResult(BLOCK, form('claude-code', rest), directory).stderr

describe('a block', () => {
  it('says why, and by what command the user may decide otherwise', () => {
    expect(hookResult(BLOCK, form('claude-code'), null)).toEqual({
      stdout: '',
      stderr: [
        'ai-costs: so it is: this tool is blocked\n',
        'ai-costs: the user can let it go on: ai-costs allow --session s1 --during 30m --why "…"\n',
      ].join(''),
      exitCode: 2,
    })
    expect(reason({ moment: 'prompt' })).toContain('this prompt is blocked')
  })

  it.each<[session: string, directory: string | null, command: string]>([
    ['', null, 'ai-costs allow --during'],
    ['a b', null, "ai-costs allow --session 'a b' --during"],
    ["$(touch x)'`", null, String.raw`ai-costs allow --session '$(touch x)'\''` + "`' --during"],
    ['--why', null, 'ai-costs allow --session=--why --during'],
    ['\u001b[2J', null, String.raw`ai-costs allow --session '\x1b[2J' --during`],
    ['s', '/my costs', "ai-costs allow --session s --dir '/my costs' --during"],
  ])(
    'of the session %j with the ledger %j quotes what a shell would act on',
    (sessionId, directory, command) => {
      expect(reason({ sessionId }, directory)).toContain(command)
    },
  )
})
