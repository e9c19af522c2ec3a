import { describe, expect, test } from 'vitest'

import { kimi } from '../../src/sources/kimi.ts'
import { CANARY, idsIn, keepsItsPromises, lines, read } from './told.ts'

const CLI = '/roots/8c1f/ses-1/wire.jsonl'
const CODE = '/roots/wd_app_0123/session_ses-1/agents/main/wire.jsonl'

function status(messageId: string | undefined, usage: object, timestamp: unknown = 1_770_983_426.42) {
  const payload = { context_usage: 0.02, token_usage: usage, message_id: messageId }
  return { timestamp, message: { type: 'StatusUpdate', payload } }
}

const USAGE = { input_other: 1508, output: 205, input_cache_read: 4864, input_cache_creation: 12 }

describe('Kimi CLI', () => {
  const WIRE = lines(
    { type: 'metadata', protocol_version: '1.3' },
    { timestamp: 1_770_983_400, message: { type: 'TurnBegin', payload: { user_input: CANARY } } },
    { timestamp: 1_770_983_401, message: { type: 'ContentPart', payload: { type: 'text', text: CANARY } } },
    status('chatcmpl-1', USAGE),
    status('chatcmpl-2', { ...USAGE, output: 300 }),
  )
  keepsItsPromises(kimi, WIRE, CLI)

  test('reads four counts that are apart, and assumes the usual model', () => {
    const { told, counts } = read(kimi, WIRE, CLI)
    expect(told[0]?.record).toMatchObject({
      id: 'kimi:chatcmpl-1',
      timestamp: 1_770_983_426_420,
      sessionId: 'ses-1',
      model: 'kimi-for-coding',
      inputTokens: 1508,
      outputTokens: 205,
      cacheReadTokens: 4864,
      cacheWriteTokens: 12,
    })
    expect(counts.estimated).toBe(2)
  })

  test('reads what a subagent wrapped, under the same id as in its own file', () => {
    const event = status('chatcmpl-3', USAGE).message
    const wrapped = { timestamp: 1_770_983_430, message: { type: 'SubagentEvent', payload: { event } } }
    const own = '/roots/8c1f/ses-1/subagents/a-1/wire.jsonl'
    const [inParent] = read(kimi, lines(wrapped), CLI).told
    const [inOwn] = read(kimi, lines(status('chatcmpl-3', USAGE)), own).told
    expect(inParent?.record.id).toBe('kimi:chatcmpl-3')
    expect(inOwn?.record).toMatchObject({ id: 'kimi:chatcmpl-3', sessionId: 'ses-1' })
    const twice = { type: 'SubagentEvent', payload: { event: wrapped.message } }
    expect(read(kimi, lines({ timestamp: 1_770_983_430, message: twice }), CLI).told).toEqual([])
  })

  test('tells updates without an id apart by instant and counts', () => {
    const text = lines(status(undefined, USAGE), status(undefined, USAGE, 1_770_983_427))
    const ids = read(kimi, text, CLI).told.map(({ record }) => record.id)
    expect(new Set(ids).size).toBe(2)
  })
})

describe('Kimi Code', () => {
  const USED = { inputOther: 100, output: 20, inputCacheRead: 3000, inputCacheCreation: 4 }
  const record = (time: number, more: object = {}) => ({
    type: 'usage.record',
    model: 'k3',
    usage: USED,
    usageScope: 'turn',
    time,
    ...more,
  })
  const WIRE = lines(
    { type: 'metadata', protocol_version: '1.4' },
    { type: 'turn.prompt', input: [{ type: 'text', text: CANARY }] },
    { type: 'llm.request', model: 'kimi-k3', modelAlias: 'k3', turnStep: '1.1', time: 1_785_000_000_000 },
    { type: 'context.append_loop_event', event: { type: 'content.part', text: CANARY } },
    record(1_785_000_001_000),
    { type: 'llm.request', model: 'kimi-k2.6', modelAlias: 'k2', time: 1_785_000_002_000 },
    record(1_785_000_003_000, { model: '__kimi_env_model__' }),
    record(1_785_000_004_000, { model: 'k3', usageScope: 'session' }),
  )
  keepsItsPromises(kimi, WIRE, CODE)

  test('names the model that the request named, by its alias or as the last', () => {
    const { told, counts } = read(kimi, WIRE, CODE)
    expect(told.map((one) => one.record.model)).toEqual(['kimi-k3', 'kimi-k2.6', 'kimi-k3'])
    expect(counts.estimated).toBe(0)
    expect(told[0]?.record).toMatchObject({
      sessionId: 'session_ses-1',
      timestamp: 1_785_000_001_000,
      inputTokens: 100,
      outputTokens: 20,
      cacheReadTokens: 3000,
      cacheWriteTokens: 4,
    })
  })

  test('gives what a fork copies the same ids', () => {
    expect(idsIn(kimi, WIRE, CODE.replace('ses-1', 'ses-2'))).toEqual(idsIn(kimi, WIRE, CODE))
  })

  test('takes the name in the record when no request was seen, and __proto__ for a name like others', () => {
    const named = lines(record(1_785_000_001_000, { model: 'kimi-code/kimi-k3' }))
    expect(read(kimi, named, CODE).told[0]?.record.model).toBe('kimi-k3')
    const request = { type: 'llm.request', model: 'constructor', modelAlias: '__proto__' }
    const hostile = lines(request, record(1_785_000_001_000, { model: '__proto__' }))
    expect(read(kimi, hostile, CODE).told[0]?.record.model).toBe('constructor')
  })

  test('counts damaged and strange lines, and goes on', () => {
    const strange = record(1_785_000_009_000, { usage: { ...USED, output: -1 } })
    const { told, counts } = read(kimi, `{"type":"usage.record"\n${lines(strange)}${WIRE}`, CODE)
    expect(told).toHaveLength(3)
    expect(counts).toMatchObject({ damaged: 1, strange: 1 })
  })
})

test('lies in both homes, or where KIMI_CODE_HOME says', () => {
  const places = { home: '/home/u', variables: {}, platform: 'linux' }
  expect(kimi.directories(places)).toEqual(['/home/u/.kimi/sessions', '/home/u/.kimi-code/sessions'])
  const moved = { ...places, variables: { KIMI_CODE_HOME: '/srv/k' } }
  expect(kimi.directories(moved)).toEqual(['/home/u/.kimi/sessions', '/srv/k/sessions'])
})
