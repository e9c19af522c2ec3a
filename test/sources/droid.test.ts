import { expect, test } from 'vitest'

import { droid } from '../../src/sources/droid.ts'
import { CANARY, keepsItsPromises, read } from './told.ts'

const PATH = '/roots/-w-app/7c9e6679.settings.json'

const USAGE = {
  inputTokens: 1234,
  outputTokens: 567,
  cacheCreationTokens: 89,
  cacheReadTokens: 12_000,
  thinkingTokens: 34,
}

function settings(more: object = {}): string {
  const all = {
    model: 'claude-opus-4-5-20251101',
    title: CANARY,
    providerLock: 'anthropic',
    providerLockTimestamp: '2026-02-26T12:00:00.000Z',
    tokenUsage: USAGE,
    ...more,
  }
  return JSON.stringify(all, null, 2)
}

keepsItsPromises(droid, settings(), PATH)

test('tells what a session has used so far, thoughts as output', () => {
  const { told } = read(droid, settings(), PATH)
  expect(told).toHaveLength(1)
  expect(told[0]?.record).toMatchObject({
    id: 'droid:7c9e6679',
    timestamp: Date.UTC(2026, 1, 26, 12),
    sessionId: '7c9e6679',
    model: 'claude-opus-4-5-20251101',
    inputTokens: 1234,
    outputTokens: 601,
    cacheReadTokens: 12_000,
    cacheWriteTokens: 89,
    aggregate: true,
  })
})

test('keeps the id when sums grow and when the model changes: they are the same sums', () => {
  const later = settings({ model: 'gpt-5.5', tokenUsage: { ...USAGE, outputTokens: 999 } })
  expect(read(droid, later, PATH).told[0]?.record.id).toBe('droid:7c9e6679')
})

test.each([
  ['custom:Claude-Opus-4.5-Thinking-[Anthropic]-0', 'claude-opus-4.5-thinking'],
  ['custom:GLM-5.1-[Proxy]-12', 'glm-5.1'],
  ['gemini-2.5-pro', 'gemini-2.5-pro'],
  ['', '(unknown)'],
  [undefined, '(unknown)'],
])('calls the model %s %s', (model, name) => {
  expect(read(droid, settings({ model }), PATH).told[0]?.record.model).toBe(name)
})

test.each([
  ['a session without usage', settings({ tokenUsage: undefined }), { damaged: 0, strange: 0 }],
  ['a session that used nothing', settings({ tokenUsage: {} }), { damaged: 0, strange: 0 }],
  ['torn settings', settings().slice(0, 80), { damaged: 1, strange: 0 }],
  ['a negative count', settings({ tokenUsage: { ...USAGE, inputTokens: -5 } }), { damaged: 0, strange: 1 }],
])('tells nothing of %s', (_what, text, counts) => {
  expect(read(droid, text, PATH)).toMatchObject({ told: [], counts })
})

test('tells no time when none is written', () => {
  const text = settings({ providerLockTimestamp: undefined })
  expect(read(droid, text, PATH).told[0]?.record.timestamp).toBeNull()
})

test('lies in the home directory, or where FACTORY_DIR says', () => {
  const places = { home: '/home/u', variables: {}, platform: 'linux' }
  expect(droid.directories(places)).toEqual(['/home/u/.factory/sessions'])
  expect(droid.directories({ ...places, variables: { FACTORY_DIR: '/srv/f' } })).toEqual(['/srv/f/sessions'])
  expect(droid.isTranscript('-w-app/7c9e6679.jsonl')).toBe(false)
  expect(droid.recognizes(settings())).toBe(true)
})
