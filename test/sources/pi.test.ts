import { describe, expect, test } from 'vitest'

import { parseMoney } from '../../src/core/money.ts'
import { openClaw, pi } from '../../src/sources/pi.ts'
import { CANARY, idsIn, keepsItsPromises, lines, read } from './told.ts'

const PATH = '/roots/--w-app--/2026-05-20T11-55-16-126Z_s-1.jsonl'
const CLAW = '/roots/main/sessions/s-1.jsonl'

const USAGE = {
  input: 12,
  output: 340,
  cacheRead: 5000,
  cacheWrite: 700,
  totalTokens: 6052,
  cost: { input: 0.00003, output: 0.0051, total: 0.0098765 },
}

function answer(id: string, more: object = {}) {
  const message = {
    role: 'assistant',
    content: [{ type: 'text', text: CANARY }],
    model: 'claude-sonnet-5',
    responseId: 'resp-1',
    timestamp: 1_779_278_120_000,
    usage: USAGE,
    ...more,
  }
  return { type: 'message', id, parentId: 'e0', timestamp: '2026-05-20T11:55:20.000Z', message }
}

const HEAD = { type: 'session', version: 3, id: 's-1', timestamp: '2026-05-20T11:55:16.126Z', cwd: '/w/app' }
const SESSION = lines(
  HEAD,
  { type: 'model_change', id: 'e1', provider: 'openai', modelId: 'gpt-5.5' },
  { type: 'message', id: 'e2', message: { role: 'user', content: [{ type: 'text', text: CANARY }] } },
  answer('e3'),
  answer('e4', { model: undefined, responseId: undefined, timestamp: 1_779_278_130_000 }),
  { type: 'compaction', id: 'e5', timestamp: '2026-05-20T12:00:00.000Z', summary: CANARY, usage: USAGE },
)

describe('pi', () => {
  keepsItsPromises(pi, SESSION, PATH)

  test('reads what was used and what pi says that it cost', () => {
    const [told] = read(pi, SESSION, PATH).told
    expect(told).toMatchObject({
      cwd: '/w/app',
      record: {
        id: 'pi:resp-1@1779278120000',
        timestamp: 1_779_278_120_000,
        sessionId: 's-1',
        model: 'claude-sonnet-5',
        inputTokens: 12,
        outputTokens: 340,
        cacheReadTokens: 5000,
        cacheWriteTokens: 700,
        costUsd: parseMoney('0.0098765'),
        costSource: 'tool',
      },
    })
  })

  test('knows the model from its last change when an answer does not name it', () => {
    const models = read(pi, SESSION, PATH).told.map(({ record }) => record.model)
    expect(models).toEqual(['claude-sonnet-5', 'gpt-5.5', 'gpt-5.5'])
  })

  test.each(['compaction', 'branch_summary'])('counts what a %s cost', (type) => {
    const timestamp = '2026-05-20T12:00:00.000Z'
    const text = lines(HEAD, { type, id: 'e5', timestamp, summary: CANARY, usage: USAGE })
    const [told] = read(pi, text, PATH).told
    expect(told?.record).toMatchObject({ timestamp: Date.UTC(2026, 4, 20, 12), outputTokens: 340 })
  })

  test('gives what a fork copies the same ids', () => {
    const fork = SESSION.replace('"id":"s-1"', '"id":"s-2","parentSession":"s-1"')
    expect(idsIn(pi, fork, PATH)).toEqual(idsIn(pi, SESSION, PATH))
  })

  test('leaves the price to the table where pi says zero', () => {
    const text = lines(HEAD, answer('e3', { usage: { ...USAGE, cost: { total: 0 } } }))
    expect(read(pi, text, PATH).told[0]?.record).toMatchObject({ costUsd: null, costSource: null })
  })

  test('takes one-hour cache writes for a part of all', () => {
    const text = lines(HEAD, answer('e3', { usage: { ...USAGE, cacheWrite1h: 900 } }))
    expect(read(pi, text, PATH).told[0]?.record).toMatchObject({
      cacheWriteTokens: 700,
      cacheWrite1hTokens: 700,
    })
  })

  test('counts damaged and strange lines, and goes on', () => {
    const strange = answer('e9', { usage: { ...USAGE, cacheRead: '5' } })
    const hour = answer('e8', { usage: { ...USAGE, cacheWrite1h: -1 } })
    const nothing = answer('e10', { usage: { input: 0, output: 0 } })
    const { told, counts } = read(pi, `${SESSION}{"usage"\n${lines(strange, hour, nothing)}`, PATH)
    expect(told).toHaveLength(3)
    expect(counts).toMatchObject({ damaged: 1, strange: 2 })
  })

  test('lies in the home directory, or where PI_CODING_AGENT_DIR says', () => {
    const places = { home: '/home/u', variables: {}, platform: 'linux' }
    expect(pi.directories(places)).toEqual(['/home/u/.pi/agent/sessions'])
    const moved = { ...places, variables: { PI_CODING_AGENT_DIR: '/srv/pi' } }
    expect(pi.directories(moved)).toEqual(['/srv/pi/sessions'])
    expect(pi.recognizes(SESSION)).toBe(true)
  })
})

describe('OpenClaw', () => {
  const SNAPSHOT = {
    type: 'custom',
    customType: 'model-snapshot',
    data: { modelId: 'kimi-k3' },
    note: CANARY,
  }
  const TEXT = lines(SNAPSHOT, answer('e3', { model: '' }))
  keepsItsPromises(openClaw, TEXT, CLAW)

  test('reads the shape of pi under its own name', () => {
    expect(read(openClaw, TEXT, CLAW).told[0]?.record).toMatchObject({
      id: 'openclaw:resp-1@1779278120000',
      tool: 'openclaw',
      sessionId: 's-1',
      model: 'kimi-k3',
    })
  })

  test.each([
    ['main/sessions/s-1.jsonl', true],
    ['main/sessions/s-1.jsonl.reset.2026-05-01T00-00-00.000Z', true],
    ['main/sessions/s-1.jsonl.deleted.2026-05-01T00-00-00.000Z', true],
    ['main/sessions/s-1.jsonl.lock', false],
    ['main/sessions/sessions.json', false],
    ['main/agent/codex-home/history.jsonl', false],
  ])('whether %s is a session: %s', (name, isSession) => {
    expect(openClaw.isTranscript(name)).toBe(isSession)
  })

  test('lies where it does under its present name and its former ones', () => {
    const places = { home: '/home/u', variables: {}, platform: 'linux' }
    expect(openClaw.directories(places)).toEqual([
      '/home/u/.openclaw/agents',
      '/home/u/.clawdbot/agents',
      '/home/u/.moltbot/agents',
    ])
  })
})
