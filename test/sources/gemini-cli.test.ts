import { describe, expect, test } from 'vitest'

import { geminiCli } from '../../src/sources/gemini-cli.ts'
import { CANARY, keepsItsPromises, lines, read } from './told.ts'

const LINES = '/roots/4f1e/chats/session-2026-05-01T00-00-abcd1234.jsonl'
const DOCUMENT = LINES.slice(0, -1)

const HEAD = { sessionId: 's-1', projectHash: '4f1e', startTime: '2026-05-01T00:00:00.000Z' }

function message(id: string | undefined, tokens: unknown, more: object = {}) {
  return {
    id,
    timestamp: '2026-05-01T00:01:00.000Z',
    type: 'gemini',
    model: 'gemini-3.1-pro-preview',
    content: CANARY,
    thoughts: [{ subject: CANARY, description: CANARY }],
    toolCalls: [{ name: 'read_file', args: { path: CANARY }, result: CANARY }],
    tokens,
    ...more,
  }
}

const TOKENS = { input: 14_918, output: 60, cached: 1000, thoughts: 863, tool: 7, total: 15_848 }
const CHAT = lines(
  HEAD,
  { id: 'm-0', type: 'user', content: [{ text: CANARY }] },
  message('m-1', undefined),
  { $set: { lastUpdated: '2026-05-01T00:01:00.000Z', directories: ['/w/app'] } },
  message('m-1', TOKENS),
  message('m-2', { input: 10, output: 1 }),
)

describe('the lines of a chat', () => {
  keepsItsPromises(geminiCli, CHAT, LINES)

  test('counts cached tokens as no input, what tools answered as input and thoughts as output', () => {
    const { told } = read(geminiCli, CHAT, LINES)
    expect(told[0]).toMatchObject({
      cwd: '/w/app',
      record: {
        id: 'gemini-cli:m-1',
        timestamp: Date.UTC(2026, 4, 1, 0, 1),
        sessionId: 's-1',
        model: 'gemini-3.1-pro-preview',
        inputTokens: 14_918 - 1000 + 7,
        outputTokens: 60 + 863,
        cacheReadTokens: 1000,
        cacheWriteTokens: 0,
      },
    })
  })

  test('counts a message once, as its last version says', () => {
    const text = lines(
      HEAD,
      message('m-1', { input: 10, output: 1, total: 11 }),
      message('m-1', { input: 20, output: 2, cached: 5, thoughts: 3, total: 25 }),
      message('m-1', undefined),
    )
    const { told } = read(geminiCli, text, LINES)
    expect(told.map(({ record }) => [record.inputTokens, record.outputTokens])).toEqual([[15, 5]])
  })

  test('counts what an update repeats once', () => {
    const text = CHAT + lines({ $set: { messages: [message('m-1', TOKENS), message('m-3', { output: 3 })] } })
    expect(read(geminiCli, text, LINES).told.map(({ record }) => record.id)).toEqual([
      'gemini-cli:m-1',
      'gemini-cli:m-2',
      'gemini-cli:m-3',
    ])
  })

  test('counts what was rewound: it was paid', () => {
    const { told } = read(geminiCli, CHAT + lines({ $rewindTo: 'm-0' }), LINES)
    expect(told).toHaveLength(2)
  })

  test('goes on behind a damaged line and waits for the end of the last', () => {
    const whole = lines(message('m-9', { output: 9 }))
    const { told, counts } = read(geminiCli, `${CHAT}{"torn":\n${whole}{"id":"m-10","ty`, LINES)
    expect(told).toHaveLength(3)
    expect(counts.damaged).toBe(1)
  })
})

describe('the document of a chat', () => {
  const text = JSON.stringify(
    { ...HEAD, messages: [{ type: 'user', content: CANARY }, message('m-1', TOKENS)] },
    null,
    2,
  )
  keepsItsPromises(geminiCli, text, DOCUMENT)

  test('tells the same as the lines that it is turned into', () => {
    const [fromDocument] = read(geminiCli, text, DOCUMENT).told
    const [fromLines] = read(geminiCli, lines(HEAD, message('m-1', TOKENS)), LINES).told
    expect(fromDocument).toEqual(fromLines)
  })

  test('is damaged once when it is torn', () => {
    expect(read(geminiCli, text.slice(0, -20), DOCUMENT)).toMatchObject({ told: [], counts: { damaged: 1 } })
  })
})

test('names messages without an id by session and place', () => {
  const text = lines(HEAD, message(undefined, { output: 1 }), message(undefined, { output: 2 }))
  const ids = read(geminiCli, text, LINES).told.map(({ record }) => record.id)
  expect(ids).toEqual(['gemini-cli:s-1#0', 'gemini-cli:s-1#1'])
})

test.each([
  ['more cached than input: the two are apart', { input: 10, cached: 50 }, [10, 0, 50]],
  ['nulls are zero', { input: 3, output: null, cached: null, thoughts: null }, [3, 0, 0]],
])('reads %s', (_what, tokens, [input, output, cached]) => {
  const [told] = read(geminiCli, lines(HEAD, message('m', tokens)), LINES).told
  expect(told?.record).toMatchObject({ inputTokens: input, outputTokens: output, cacheReadTokens: cached })
})

test.each([
  ['negative', { input: -1 }],
  ['text', { output: '7' }],
  ['too large', { input: 1e300 }],
])('drops a record with a count that is %s, as strange', (_what, tokens) => {
  const { told, counts } = read(geminiCli, lines(HEAD, message('m', tokens), message('n', TOKENS)), LINES)
  expect(told).toHaveLength(1)
  expect(counts.strange).toBe(1)
})

test('lies in the home directory, or where GEMINI_CLI_HOME says', () => {
  const places = { home: '/home/u', variables: {}, platform: 'linux' }
  expect(geminiCli.directories(places)).toEqual(['/home/u/.gemini/tmp'])
  const moved = { ...places, variables: { GEMINI_CLI_HOME: '/srv/g' } }
  expect(geminiCli.directories(moved)).toEqual(['/srv/g/.gemini/tmp'])
})

test.each([
  ['4f1e/chats/session-a.json', true],
  ['4f1e/chats/parent/child.jsonl', true],
  ['4f1e/logs.json', false],
  ['4f1e/checkpoint-a.json', false],
])('whether %s is a chat: %s', (name, isChat) => {
  expect(geminiCli.isTranscript(name)).toBe(isChat)
})
