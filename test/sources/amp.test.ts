import { expect, test } from 'vitest'

import { amp } from '../../src/sources/amp.ts'
import { CANARY, keepsItsPromises, read } from './told.ts'

const PATH = '/roots/T-5928a90d.json'

const USAGE = {
  model: 'claude-haiku-4-5-20251001',
  inputTokens: 10,
  outputTokens: 178,
  cacheCreationInputTokens: 986,
  cacheReadInputTokens: 11_372,
  totalInputTokens: 12_368,
  credits: 0.75,
  timestamp: '2026-01-19T11:42:10.652Z',
}
const EVENT = {
  id: 'ev-1',
  timestamp: '2026-01-19T11:42:09.000Z',
  model: USAGE.model,
  credits: 0.75,
  tokens: { input: 10, output: 178 },
  operationType: 'inference',
  fromMessageId: 0,
  toMessageId: 1,
}

function message(messageId: number | undefined, usage: object = USAGE) {
  return { role: 'assistant', messageId, content: [{ type: 'text', text: CANARY }], usage }
}

function thread(messages: readonly object[], events?: readonly object[], more: object = {}): string {
  const all = {
    v: 12,
    id: 'T-5928a90d',
    title: CANARY,
    created: 1_768_822_900_000,
    env: { initial: { trees: [{ displayName: 'app', uri: 'file:///w/my%20app' }] } },
    messages: [{ role: 'user', messageId: 0, content: [{ type: 'text', text: CANARY }] }, ...messages],
    ...(events === undefined ? {} : { usageLedger: { events } }),
    ...more,
  }
  return JSON.stringify(all)
}

keepsItsPromises(amp, thread([message(1), message(3)], [EVENT]), PATH)

test('reads the usage of messages, and no dollars: credits are none', () => {
  const { told } = read(amp, thread([message(1)]), PATH)
  expect(told[0]).toMatchObject({
    cwd: '/w/my app',
    record: {
      id: 'amp:T-5928a90d:message-1',
      timestamp: Date.UTC(2026, 0, 19, 11, 42, 10, 652),
      sessionId: 'T-5928a90d',
      model: 'claude-haiku-4-5-20251001',
      inputTokens: 10,
      outputTokens: 178,
      cacheReadTokens: 11_372,
      cacheWriteTokens: 986,
      costUsd: null,
    },
  })
})

test.each([
  ['names it', EVENT],
  ['used the same', { ...EVENT, toMessageId: undefined }],
])('counts a message and the event that %s once, at the time of the event', (_how, event) => {
  const { told } = read(amp, thread([message(1)], [event]), PATH)
  expect(told).toHaveLength(1)
  expect(told[0]?.record).toMatchObject({
    id: 'amp:T-5928a90d:message-1',
    timestamp: Date.UTC(2026, 0, 19, 11, 42, 9),
    cacheReadTokens: 11_372,
  })
})

test('counts events of their own: another model, a message without usage, a second for one message', () => {
  const events = [
    EVENT,
    { ...EVENT, id: 'ev-2', model: 'gemini-3-flash', tokens: { input: 5, output: 1 } },
    { ...EVENT, id: 'ev-3', toMessageId: 99 },
    { ...EVENT, id: undefined, timestamp: '2026-01-19T11:43:00.000Z' },
  ]
  const { told } = read(amp, thread([message(1), message(5)], events), PATH)
  expect(told.map(({ record }) => record.id.replace('amp:T-5928a90d:', ''))).toEqual([
    'message-1',
    'message-5',
    'ev-2',
    'ev-3',
    '2026-01-19T11:43:00.000Z:claude-haiku-4-5-20251001:10:178',
  ])
})

test('pairs equal messages with equal events, one by one', () => {
  const event = { ...EVENT, toMessageId: undefined }
  const { told } = read(amp, thread([message(1), message(3)], [event, { ...event, id: 'ev-2' }]), PATH)
  expect(told).toHaveLength(2)
})

test('takes the time of the thread when nothing else is written, and the place for a number', () => {
  const { told } = read(amp, thread([message(undefined, { ...USAGE, timestamp: undefined })]), PATH)
  expect(told[0]?.record).toMatchObject({ id: 'amp:T-5928a90d:message-1', timestamp: 1_768_822_900_000 })
})

test.each([
  ['file:///c:/Users/u/app', 'c:/Users/u/app'],
  ['file:///w/%E0%A4%A', ''],
  ['vscode-remote://host/w', ''],
])('takes the folder from %s', (uri, cwd) => {
  const text = thread([message(1)], [], { env: { initial: { trees: [{ uri }] } } })
  expect(read(amp, text, PATH).told[0]?.cwd).toBe(cwd)
})

test('counts torn threads as damaged and impossible counts as strange', () => {
  expect(read(amp, thread([]).slice(0, 40), PATH)).toMatchObject({ told: [], counts: { damaged: 1 } })
  const text = thread([message(1, { ...USAGE, inputTokens: 'ten' }), message(3)])
  expect(read(amp, text, PATH)).toMatchObject({ told: { length: 1 }, counts: { strange: 1 } })
})

test('reads a thread of many messages and events in no time', () => {
  const messages = Array.from({ length: 20_000 }, (_, nth) => message(nth))
  const events = messages.map((_, nth) => ({ ...EVENT, id: `ev-${nth}`, toMessageId: nth }))
  expect(read(amp, thread(messages, events), PATH).told).toHaveLength(20_000)
})

test('lies in the data directory, or where AMP_DATA_DIR says', () => {
  const places = { home: '/home/u', variables: {}, platform: 'linux' }
  const directories = (variables: Record<string, string>) => amp.directories({ ...places, variables })
  expect(directories({})).toEqual(['/home/u/.local/share/amp/threads'])
  expect(directories({ XDG_DATA_HOME: '/data' })).toEqual(['/data/amp/threads'])
  expect(directories({ AMP_DATA_DIR: '/a, /b' })).toEqual(['/a/threads', '/b/threads'])
  expect(amp.recognizes(thread([message(1)]))).toBe(true)
})
