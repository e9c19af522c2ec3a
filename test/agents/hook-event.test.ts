import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type HookAgent, type HookEvent, readHookEvent } from '../../src/agents/hook-event.ts'

type Fields = Readonly<Record<string, unknown>>

function read(event: Fields, agent: HookAgent | null = null): HookEvent | null {
  return readHookEvent(JSON.stringify(event), agent)
}

/** As Claude Code calls its hooks. */
function claude(name: string, rest: Fields = {}): Fields {
  return { session_id: 's', transcript_path: '/t/s.jsonl', cwd: '/w', hook_event_name: name, ...rest }
}

const codex = (name: string, rest: Fields = {}) => claude(name, { model: 'gpt-5', turn_id: 't1', ...rest })
const gemini = (name: string, rest: Fields = {}) =>
  claude(name, { timestamp: '2026-08-21T10:00:00Z', ...rest })
const opencode = (event: string, rest: Fields = {}) => ({ event, sessionID: 's', directory: '/w', ...rest })

describe('an event', () => {
  it.each<[Fields, agent: HookAgent, kind: HookEvent['kind'], moment?: string]>([
    [claude('PreToolUse'), 'claude-code', 'ask', 'tool'],
    [claude('UserPromptSubmit'), 'claude-code', 'ask', 'prompt'],
    [claude('SessionStart', { source: 'resume' }), 'claude-code', 'ask', 'start'],
    [claude('Stop'), 'claude-code', 'over'],
    [claude('SubagentStop'), 'claude-code', 'over'],
    [claude('SessionEnd'), 'claude-code', 'over'],
    [claude('StopFailure', { error: 'rate_limit' }), 'claude-code', 'failure'],
    [codex('PreToolUse'), 'codex', 'ask', 'tool'],
    [codex('UserPromptSubmit'), 'codex', 'ask', 'prompt'],
    [claude('SessionStart', { transcript_path: null, model: 'gpt-5' }), 'codex', 'ask', 'start'],
    [claude('Stop', { transcript_path: '/c/rollout-2026-s.jsonl' }), 'codex', 'over'],
    [{ type: 'agent-turn-complete', 'thread-id': 's', cwd: '/w' }, 'codex', 'over'],
    [gemini('BeforeTool'), 'gemini-cli', 'ask', 'tool'],
    [gemini('BeforeAgent'), 'gemini-cli', 'ask', 'prompt'],
    [gemini('BeforeModel', { llm_request: { model: 'gemini-3' } }), 'gemini-cli', 'ask', 'request'],
    [gemini('SessionStart', { source: 'startup' }), 'gemini-cli', 'ask', 'start'],
    [gemini('AfterAgent'), 'gemini-cli', 'over'],
    [gemini('SessionEnd'), 'gemini-cli', 'over'],
    [opencode('chat.message'), 'opencode', 'ask', 'prompt'],
    [opencode('tool.execute.before'), 'opencode', 'ask', 'tool'],
    [opencode('session.idle'), 'opencode', 'over'],
  ])('%j is of %s: %s %s', (event, agent, kind, moment) => {
    const found = read(event)
    expect(found).toMatchObject({ agent, kind, sessionId: 's', cwd: '/w' })
    expect(found?.kind === 'ask' ? found.moment : undefined).toBe(moment)
  })

  it('is of whoever the hook was installed for, whatever it looks like', () => {
    expect(read(claude('PreToolUse'), 'codex')?.agent).toBe('codex')
  })

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no event', '{}'],
    ['another event', JSON.stringify(claude('PostToolUse'))],
    ['the name of something else', JSON.stringify(claude('constructor'))],
    [
      'a session that goes on after it was made shorter',
      JSON.stringify(claude('SessionStart', { source: 'compact' })),
    ],
    ['another turn of Codex', '{"type":"turn-begun"}'],
  ])('is not %s', (_, text) => {
    expect(readHookEvent(text)).toBeNull()
  })

  it('takes nothing that is too long, or no text', () => {
    const event = claude('Stop', {
      session_id: 'x'.repeat(513),
      cwd: 5,
      transcript_path: `/${'x'.repeat(4096)}`,
    })
    expect(read(event)).toMatchObject({ sessionId: '', cwd: '', transcripts: [] })
  })

  it('names the transcripts that may have grown', () => {
    const event = claude('SubagentStop', { agent_transcript_path: '/t/a.jsonl' })
    expect(read(event)).toMatchObject({ transcripts: ['/t/s.jsonl', '/t/a.jsonl'] })
  })

  it('may be anything at all', () => {
    const names = fc.constantFrom('Stop', 'PreToolUse', 'BeforeModel', 'chat.message')
    const event = fc.record({ hook_event_name: names, llm_request: fc.anything(), model: fc.anything() })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          event.map((one) => JSON.stringify(one)),
        ),
        (text) => {
          readHookEvent(text)
        },
      ),
    )
  })
})

const said = (content: unknown) => [
  { role: 'user', content: 'first' },
  { role: 'model', content: 'answer' },
  { role: 'user', content },
]

const request = (event: Fields) => {
  const found = read(event)
  return found?.kind === 'ask' ? found.request : null
}

describe('what may be asked of another model', () => {
  it.each<[content: unknown, prompt: string | null]>([
    ['lint this', 'lint this'],
    [[{ text: 'lint' }, { inlineData: 'x' }, { text: 'this' }], 'lint\nthis'],
    [{ text: 'lint' }, null],
  ])('by Gemini CLI: the last that the user said, %j', (content, prompt) => {
    const event = gemini('BeforeModel', { llm_request: { model: 'gemini-3', messages: said(content) } })
    expect(request(event)).toEqual({ model: 'gemini-3', provider: null, prompt })
  })

  it('by OpenCode: the prompt, where its plugin hands it over', () => {
    const model = { providerID: 'anthropic', modelID: 'claude-opus-5' }
    const asked = { model: 'claude-opus-5', provider: 'anthropic' }
    expect(request(opencode('chat.message', { model, prompt: 'p' }))).toEqual({ ...asked, prompt: 'p' })
    expect(request(opencode('chat.message', { model }))).toEqual({ ...asked, prompt: null })
    expect(request(opencode('chat.message', { model: {} }))).toBeNull()
  })

  it('by others: nothing', () => {
    expect(request(codex('UserPromptSubmit'))).toBeNull()
    expect(read(codex('UserPromptSubmit'))).toMatchObject({ model: 'gpt-5' })
    expect(read(claude('PreToolUse'))).toMatchObject({ model: null })
  })
})
