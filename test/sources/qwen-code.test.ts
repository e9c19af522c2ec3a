import { expect, test } from 'vitest'

import { qwenCode } from '../../src/sources/qwen-code.ts'
import { CANARY, keepsItsPromises, lines, read } from './told.ts'

const PATH = '/roots/-w-app/chats/69f0814a.jsonl'

function answer(uuid: string | undefined, usageMetadata: unknown, more: object = {}) {
  return {
    uuid,
    parentUuid: 'u-0',
    sessionId: 's-1',
    timestamp: '2026-06-15T14:40:22.909Z',
    type: 'assistant',
    cwd: '/w/app',
    version: '0.18.1',
    gitBranch: 'main',
    model: 'qwen3.5-plus',
    message: { role: 'model', parts: [{ text: CANARY }, { functionCall: { args: { path: CANARY } } }] },
    usageMetadata,
    ...more,
  }
}

const USAGE = {
  promptTokenCount: 600,
  candidatesTokenCount: 25,
  thoughtsTokenCount: 20,
  totalTokenCount: 625,
  cachedContentTokenCount: 50,
}
const CHAT = lines(
  { uuid: 'u-0', sessionId: 's-1', type: 'user', message: { parts: [{ text: CANARY }] } },
  {
    uuid: 'u-1',
    type: 'system',
    systemPayload: { uiEvent: { input_token_count: 600, response_text: CANARY } },
  },
  answer('u-2', USAGE),
  answer('u-3', { ...USAGE, candidatesTokenCount: 30 }),
)

keepsItsPromises(qwenCode, CHAT, PATH)

test('counts cached tokens as no input, and names session, folder and branch', () => {
  const { told } = read(qwenCode, CHAT, PATH)
  expect(told).toHaveLength(2)
  expect(told[0]).toMatchObject({
    cwd: '/w/app',
    record: {
      id: 'qwen-code:u-2',
      timestamp: Date.UTC(2026, 5, 15, 14, 40, 22, 909),
      sessionId: 's-1',
      model: 'qwen3.5-plus',
      branch: 'main',
      inputTokens: 550,
      outputTokens: 25,
      cacheReadTokens: 50,
    },
  })
})

test.each([
  ['within the output when the total has no room for them', USAGE, 25],
  ['apart from the output when the total has them', { ...USAGE, totalTokenCount: 645 }, 45],
  [
    'apart from an output that is smaller',
    { promptTokenCount: 1, candidatesTokenCount: 5, thoughtsTokenCount: 9 },
    14,
  ],
  ['within the output when there is no total', { ...USAGE, totalTokenCount: undefined }, 25],
])('counts thoughts %s', (_where, usage, output) => {
  expect(read(qwenCode, lines(answer('u', usage)), PATH).told[0]?.record.outputTokens).toBe(output)
})

test('gives the copy of a line in a branched session the same id', () => {
  const copy = read(qwenCode, lines(answer('u-2', USAGE, { sessionId: 's-2' })), '/roots/p/chats/s-2.jsonl')
  expect(copy.told[0]?.record.id).toBe('qwen-code:u-2')
})

test('takes the session from the file and the id from the instant when a line has neither', () => {
  const [told] = read(qwenCode, lines(answer(undefined, USAGE, { sessionId: '' })), PATH).told
  expect(told?.record.sessionId).toBe('69f0814a')
  expect(told?.record.id).toBe('qwen-code:69f0814a@2026-06-15T14:40:22.909Z')
})

test('counts damaged and strange lines, and goes on', () => {
  const strange = answer('u-8', { ...USAGE, promptTokenCount: '600' })
  const text = `{"usageMetadata":\n${lines(strange, answer('u-9', {}), answer('u-10', null))}${CHAT}`
  const { told, counts } = read(qwenCode, text, PATH)
  expect(told).toHaveLength(2)
  expect(counts).toMatchObject({ damaged: 1, strange: 1 })
})

test('lies in the home directory', () => {
  const places = { home: '/home/u', variables: {}, platform: 'linux' }
  expect(qwenCode.directories(places)).toEqual(['/home/u/.qwen/projects'])
  expect(qwenCode.recognizes(CHAT)).toBe(true)
})
