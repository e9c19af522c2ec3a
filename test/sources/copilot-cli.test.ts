import { describe, expect, test } from 'vitest'

import { copilotCli } from '../../src/sources/copilot-cli.ts'
import { CANARY, keepsItsPromises, lines, read } from './told.ts'

const EVENTS = '/roots/.copilot/session-state/s-1/events.jsonl'
const OTEL = '/roots/otel.jsonl'

const START = {
  type: 'session.start',
  id: 'e-1',
  timestamp: '2026-05-02T15:00:00.000Z',
  data: { sessionId: 's-1', context: { cwd: '/w/app', branch: 'main', gitRoot: '/w/app' } },
}
const TALK = { type: 'assistant.message', data: { content: `"session.shutdown" ${CANARY}`, outputTokens: 7 } }

interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
  readonly reasoningTokens?: number
}

function shutdown(models: Readonly<Record<string, Usage>>, timestamp = '2026-05-02T15:27:09.013Z') {
  const modelMetrics = Object.fromEntries(
    Object.entries(models).map(([model, usage]) => [model, { requests: { count: 1, cost: 1 }, usage }]),
  )
  return { type: 'session.shutdown', id: 'e-9', timestamp, data: { modelMetrics, currentModel: CANARY } }
}

const OPUS = {
  inputTokens: 1000,
  outputTokens: 70,
  cacheReadTokens: 800,
  cacheWriteTokens: 100,
  reasoningTokens: 9,
}

/** The last word on each id, as a ledger keeps it: model, uncached input, output. */
function sums(text: string): readonly unknown[] {
  const byId = new Map(read(copilotCli, text, EVENTS).told.map(({ record }) => [record.id, record]))
  return [...byId.values()].map(({ model, inputTokens, outputTokens }) => [model, inputTokens, outputTokens])
}

describe('the events of a session', () => {
  const SESSION = lines(
    START,
    TALK,
    shutdown({ 'claude-opus-4.7': OPUS, 'gpt-5.4': { inputTokens: 50, outputTokens: 5 } }),
    { type: 'session.resume', data: { context: { cwd: '/w/app', branch: 'fix' } } },
    TALK,
    shutdown({
      'claude-opus-4.7': { ...OPUS, outputTokens: 90 },
      'gpt-5.4': { inputTokens: 50, outputTokens: 5 },
    }),
    shutdown({ 'gpt-5.4': { inputTokens: 3, outputTokens: 1 } }),
  )
  keepsItsPromises(copilotCli, SESSION, EVENTS)

  test('tells for each model what the session used, with both cache counts taken out of the input', () => {
    const [told] = read(copilotCli, SESSION, EVENTS).told
    expect(told).toMatchObject({
      cwd: '/w/app',
      response: 'copilot-cli:s-1:claude-opus-4.7',
      record: {
        id: 'copilot-cli:s-1:claude-opus-4.7',
        timestamp: Date.UTC(2026, 4, 2, 15, 27, 9, 13),
        sessionId: 's-1',
        model: 'claude-opus-4.7',
        branch: 'main',
        inputTokens: 100,
        outputTokens: 70,
        cacheReadTokens: 800,
        cacheWriteTokens: 100,
        aggregate: true,
      },
    })
  })

  test('counts sums that go on after a resume once, and adds those that begin again', () => {
    expect(sums(SESSION)).toEqual([
      ['claude-opus-4.7', 100, 90],
      ['gpt-5.4', 53, 6],
    ])
  })

  const a = { inputTokens: 100, outputTokens: 10 }
  const b = { inputTokens: 50, outputTokens: 5 }

  test.each([
    ['fall', { a: { inputTokens: 40, outputTokens: 4 }, b }, [140, 14]],
    ['fall in one count', { a: { inputTokens: 400, outputTokens: 4 }, b }, [500, 14]],
    ['fall for another model', { a, b: { inputTokens: 1, outputTokens: 1 } }, [200, 20]],
    ['lose a model and grow', { a: { inputTokens: 900, outputTokens: 90 } }, [1000, 100]],
  ])('adds up sums that %s: a new run began at zero', (_what, second, [input, output]) => {
    expect(sums(lines(START, shutdown({ a, b }), shutdown(second)))).toContainEqual(['a', input, output])
  })

  test('adds up three runs, of which the second went on', () => {
    const runs = [100, 150, 30].map((inputTokens) => shutdown({ a: { inputTokens, outputTokens: 0 } }))
    expect(sums(lines(START, ...runs))).toEqual([['a', 180, 0]])
  })

  test('adds thoughts to the output of Gemini only', () => {
    const usage = { inputTokens: 1, outputTokens: 2, reasoningTokens: 4 }
    const text = lines(START, shutdown({ 'gemini-3.1-pro': usage, 'gpt-5.5': usage }))
    expect(sums(text)).toEqual([
      ['gemini-3.1-pro', 1, 6],
      ['gpt-5.5', 1, 2],
    ])
  })

  test('takes __proto__ for a model like others', () => {
    const text = lines(START) + lines(shutdown({ x: OPUS })).replace('"x"', '"__proto__"')
    expect(sums(text)).toEqual([['__proto__', 100, 70]])
  })

  test('takes the session from the folder, or from the file, when nothing else names it', () => {
    const text = lines(shutdown({ a: OPUS }))
    expect(read(copilotCli, text, EVENTS).told[0]?.record.sessionId).toBe('s-1')
    expect(read(copilotCli, text, '/roots/session-state/s-2.jsonl').told[0]?.record.sessionId).toBe('s-2')
  })

  test('counts damaged and strange sums, and goes on', () => {
    const strange = { a: { inputTokens: -1, outputTokens: 0 }, b: OPUS }
    const { told, counts } = read(
      copilotCli,
      `{"session.shutdown"\n${lines(START, shutdown(strange))}`,
      EVENTS,
    )
    expect(told.map(({ record }) => record.model)).toEqual(['b'])
    expect(counts).toMatchObject({ damaged: 1, strange: 1 })
  })
})

describe('exported telemetry', () => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'claude-sonnet-4.5',
    'gen_ai.response.model': 'claude-sonnet-4-5-20250929',
    'gen_ai.conversation.id': 's-1',
    'gen_ai.response.id': 'resp-1',
    'gen_ai.input.messages': CANARY,
    'gen_ai.usage.input_tokens': 19_452,
    'gen_ai.usage.output_tokens': 281,
    'gen_ai.usage.cache_read.input_tokens': 123,
    'gen_ai.usage.cache_creation.input_tokens': 77,
    'gen_ai.usage.reasoning.output_tokens': 128,
  }
  const span = (spanId: string, more: object = {}) => ({
    type: 'span',
    traceId: 't-1',
    spanId,
    name: 'chat claude-sonnet-4.5',
    startTime: [1_775_934_260, 133_000_000],
    endTime: [1_775_934_264, 967_317_833],
    attributes: { ...attributes, ...more },
  })
  const log = {
    hrTime: [1_775_934_264, 967_317_833],
    spanContext: { traceId: 't-1', spanId: 'sp-9' },
    attributes: { ...attributes, 'event.name': 'gen_ai.client.inference.operation.details' },
    _body: CANARY,
  }
  const TEXT = lines(
    { type: 'metric', name: 'gen_ai.client.token.usage' },
    span('sp-1'),
    log,
    span('sp-2', { 'gen_ai.response.id': undefined, 'gen_ai.operation.name': undefined }),
    span('sp-3', { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 99 }),
  )
  keepsItsPromises(copilotCli, TEXT, OTEL)

  test('tells each request, with cached tokens taken out of the input and no reasoning added', () => {
    const [told] = read(copilotCli, TEXT, OTEL).told
    expect(told).toMatchObject({
      response: 'copilot-cli:s-1:claude-sonnet-4.5',
      record: {
        id: 'copilot-cli:s-1:claude-sonnet-4.5#resp-1',
        timestamp: 1_775_934_264_967,
        sessionId: 's-1',
        model: 'claude-sonnet-4-5-20250929',
        inputTokens: 19_452 - 123 - 77,
        outputTokens: 281,
        cacheReadTokens: 123,
        cacheWriteTokens: 77,
        aggregate: false,
      },
    })
  })

  test('gives the span and the log of a request one id, and leaves out agents and turns, which sum them', () => {
    const turn = { attributes: { ...attributes, 'event.name': 'copilot_chat.agent.turn' } }
    const ids = read(copilotCli, TEXT + lines(turn), OTEL).told.map(({ record }) => record.id)
    const base = 'copilot-cli:s-1:claude-sonnet-4.5#'
    expect(ids).toEqual([`${base}resp-1`, `${base}resp-1`, `${base}t-1:sp-2`])
  })

  test('makes the sums of the session retellings: they are read last and share the response', () => {
    const usage = { 'claude-sonnet-4.5': OPUS }
    const [sum] = read(copilotCli, lines(START, shutdown(usage)), EVENTS).told
    const [request] = read(copilotCli, TEXT, OTEL).told
    expect(sum?.response).toBe(request?.response)
    expect(sum?.record.id).toBe(sum?.response)
    expect(request?.record.id).not.toBe(request?.response)
    for (const told of [sum, request]) {
      expect(copilotCli.responseOf?.(told?.record.id ?? '')).toBe(told?.response)
    }
    const paths = [OTEL, EVENTS, 'C:\\u\\.copilot\\session-state\\s\\events.jsonl']
    expect(paths.map((path) => copilotCli.rank?.({ path, name: '' }))).toEqual([0, 1, 1])
  })

  test('drops a request with a count that can be none, as strange', () => {
    const text = lines(span('sp-1', { 'gen_ai.usage.output_tokens': '9' }), span('sp-2'))
    expect(read(copilotCli, text, OTEL)).toMatchObject({ told: { length: 1 }, counts: { strange: 1 } })
  })
})

test('lies in the home directory, or where COPILOT_HOME says', () => {
  const places = { home: '/home/u', variables: {}, platform: 'linux' }
  const root = '/home/u/.copilot'
  expect(copilotCli.directories(places)).toEqual([`${root}/otel`, `${root}/session-state`])
  const moved = { ...places, variables: { COPILOT_HOME: '/srv/c' } }
  expect(copilotCli.directories(moved)).toEqual(['/srv/c/otel', '/srv/c/session-state'])
})
