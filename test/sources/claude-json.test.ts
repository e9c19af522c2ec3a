import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseMoney } from '../../src/core/money.ts'
import { claudeJson } from '../../src/sources/claude-json.ts'
import { Tally } from '../../src/core/tally.ts'

const CANARY = 'canary-what-was-asked'
const HAIKU = 'claude-haiku-4-5-20251001'
const OPUS = 'claude-opus-4-5-20251101'

interface Numbers {
  readonly input?: number
  readonly output: number
  readonly read?: number
  readonly written?: number
  readonly cost?: number
}

function model({ input = 0, output, read = 0, written = 0, cost }: Numbers): object {
  return {
    inputTokens: input,
    outputTokens: output,
    cacheReadInputTokens: read,
    cacheCreationInputTokens: written,
    webSearchRequests: 0,
    ...(cost === undefined ? {} : { costUSD: cost }),
    contextWindow: 200_000,
  }
}

function usage({ input = 0, output, read = 0, written = 0 }: Numbers, more: object = {}): object {
  return {
    input_tokens: input,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: read,
    output_tokens: output,
    server_tool_use: { web_search_requests: 0 },
    service_tier: 'standard',
    ...more,
  }
}

function result(more: object): object {
  return {
    type: 'result',
    subtype: 'success',
    is_error: false,
    duration_ms: 4300,
    num_turns: 2,
    result: CANARY,
    session_id: 's-1',
    uuid: 'u-1',
    ...more,
  }
}

const RUN = result({
  total_cost_usd: 0.2628845,
  usage: usage({ input: 5, output: 1587, read: 59_073, written: 30_316 }),
  modelUsage: {
    [HAIKU]: model({ input: 2823, output: 270, cost: 0.004173 }),
    [OPUS]: model({ input: 5, output: 1587, read: 59_073, written: 30_316, cost: 0.2587115 }),
  },
})

const INIT = {
  type: 'system',
  subtype: 'init',
  session_id: 's-1',
  model: 'claude-opus-5',
  cwd: '/w/app',
  tools: [CANARY],
}
const ASKED = {
  type: 'user',
  session_id: 's-1',
  timestamp: '2026-09-04T03:22:16.850Z',
  message: { content: CANARY },
}
const SAID = {
  type: 'assistant',
  session_id: 's-1',
  message: {
    id: 'm1',
    model: 'claude-opus-5',
    content: [{ type: 'text', text: CANARY }],
    usage: usage({ output: 3 }),
  },
}

function readRun(text: string, tally = new Tally()) {
  if (claudeJson.reading.kind !== 'document') throw new Error('claude-json is read as a document')
  return claudeJson.reading.read(text, { path: '/tmp/run.json', name: 'run.json' }, tally)
}

function lines(...messages: readonly object[]): string {
  return messages.map((message) => `${JSON.stringify(message)}\n`).join('')
}

function outputs(text: string): readonly number[] {
  return readRun(text).map(({ record }) => record.outputTokens)
}

describe('the result of claude -p', () => {
  it('is one record for each model, with the cost that it reports', () => {
    expect(readRun(JSON.stringify(RUN)).map(({ record }) => record)).toMatchObject([
      {
        id: `claude-json:s-1:u-1:${HAIKU}`,
        timestamp: null,
        sessionId: 's-1',
        model: HAIKU,
        tool: 'claude-code',
        inputTokens: 2823,
        outputTokens: 270,
        costUsd: parseMoney('0.004173'),
        costSource: 'tool',
        durationSeconds: 4.3,
        serviceTier: '',
        aggregate: true,
      },
      {
        id: `claude-json:s-1:u-1:${OPUS}`,
        model: OPUS,
        inputTokens: 5,
        outputTokens: 1587,
        cacheReadTokens: 59_073,
        cacheWriteTokens: 30_316,
        cacheWrite1hTokens: 0,
        costUsd: parseMoney('0.2587115'),
        durationSeconds: null,
      },
    ])
  })

  test.each<[why: string, text: string]>([
    ['a document', JSON.stringify(RUN)],
    ['a document of several lines', JSON.stringify(RUN, null, 2)],
    ['an array of all messages', JSON.stringify([INIT, ASKED, SAID, RUN], null, 2)],
    ['a message a line', lines(INIT, ASKED, SAID, RUN)],
    ['lines of Windows', lines(INIT, ASKED, SAID, RUN).replaceAll('\n', '\r\n')],
  ])('is the same as %s', (_why, text) => {
    expect(readRun(text).map(({ record }) => [record.id, record.outputTokens])).toEqual([
      [`claude-json:s-1:u-1:${HAIKU}`, 270],
      [`claude-json:s-1:u-1:${OPUS}`, 1587],
    ])
  })

  it('has folder and instant from the messages before it', () => {
    expect(readRun(lines(INIT, ASKED, SAID, RUN))[0]).toMatchObject({
      cwd: '/w/app',
      record: { timestamp: Date.UTC(2026, 8, 4, 3, 22, 16, 850) },
    })
  })

  it('is one record of the first model where it tells no models apart', () => {
    const old = result({
      total_cost_usd: 0.02,
      usage: usage({ input: 9, output: 80, read: 100, written: 7 }),
    })

    expect(readRun(lines(INIT, old)).map(({ record }) => record)).toMatchObject([
      {
        model: 'claude-opus-5',
        inputTokens: 9,
        outputTokens: 80,
        cacheReadTokens: 100,
        costUsd: parseMoney('0.02'),
      },
    ])
    expect(readRun(lines(old))[0]?.record.model).toBe('(unknown)')
  })

  it('has no cost where none is reported, and none of zero', () => {
    const free = result({
      modelUsage: { [HAIKU]: model({ output: 5, cost: 0 }), [OPUS]: model({ output: 5 }) },
    })

    expect(readRun(JSON.stringify(free)).map(({ record }) => [record.costUsd, record.costSource])).toEqual([
      [null, null],
      [null, null],
    ])
  })

  test.each<[why: string, creation: object, expected: number]>([
    ['all for an hour', { ephemeral_1h_input_tokens: 200, ephemeral_5m_input_tokens: 0 }, 900],
    ['some for an hour', { ephemeral_1h_input_tokens: 200, ephemeral_5m_input_tokens: 50 }, 200],
    ['none for an hour', { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 250 }, 0],
  ])('says for how long it wrote to the cache: %s', (_why, creation, expected) => {
    const run = result({
      usage: usage({ output: 5, written: 250 }, { cache_creation: creation }),
      modelUsage: { [HAIKU]: model({ output: 5, written: 900 }) },
    })

    expect(readRun(JSON.stringify(run))[0]?.record.cacheWrite1hTokens).toBe(expected)
  })

  it('without a name of its own is told from others by its turns and duration', () => {
    const ids = [4300, 5000].flatMap((duration_ms) =>
      readRun(JSON.stringify({ ...RUN, uuid: undefined, duration_ms })).map(({ record }) => record.id),
    )

    expect(ids[0]).toBe(`claude-json:s-1:2-4300:${HAIKU}`)
    expect(new Set(ids).size).toBe(4)
  })

  it('never lets anything of what was asked or answered out', () => {
    const found = readRun(lines(INIT, ASKED, SAID, RUN))

    expect(JSON.stringify(found, (_key, value) => (typeof value === 'bigint' ? 0 : value))).not.toContain(
      CANARY,
    )
  })

  it('keeps models apart that are called as every object’s members', () => {
    const text = `{"type":"result","session_id":"s","uuid":"u","modelUsage":{"__proto__":{"outputTokens":3},"constructor":{"outputTokens":4}}}`

    expect(readRun(text).map(({ record }) => [record.model, record.outputTokens])).toEqual([
      ['__proto__', 3],
      ['constructor', 4],
    ])
  })
})

describe('several results of one session', () => {
  const turn1 = result({
    uuid: 'u-1',
    usage: usage({ output: 458, read: 25_160 }),
    modelUsage: { [HAIKU]: model({ output: 458, read: 25_160, cost: 0.01 }) },
  })
  const turn2 = result({
    uuid: 'u-2',
    usage: usage({ output: 106, read: 29_621 }),
    modelUsage: { [HAIKU]: model({ output: 564, read: 54_781, cost: 0.0145 }) },
  })

  it('of one process count what each has more than the one before', () => {
    const found = readRun(lines(turn1, turn2))

    expect(found.map(({ record }) => [record.outputTokens, record.cacheReadTokens])).toEqual([
      [458, 25_160],
      [106, 29_621],
    ])
    expect(found.map(({ record }) => record.costUsd)).toEqual([parseMoney('0.01'), parseMoney('0.0045')])
  })

  it('count a model that joins later', () => {
    const models = {
      [HAIKU]: model({ output: 564, read: 54_781, cost: 0.0145 }),
      [OPUS]: model({ output: 7, cost: 0.1 }),
    }

    expect(outputs(lines(turn1, { ...turn2, modelUsage: models }))).toEqual([458, 106, 7])
  })

  it('of several processes count each as it is', () => {
    const resumed = result({
      uuid: 'u-3',
      usage: usage({ output: 500, read: 30_000 }),
      modelUsage: { [HAIKU]: model({ output: 500, read: 30_000, cost: 0.02 }) },
    })

    expect(outputs(lines(turn1, resumed))).toEqual([458, 500])
    expect(outputs(lines(turn2, turn1))).toEqual([564, 458])
  })

  it('of several sessions count each as it is', () => {
    expect(outputs(lines(turn1, { ...turn2, session_id: 's-2' }))).toEqual([458, 564])
  })

  it('of old versions cost what each has more than the one before', () => {
    const old = [0.1, 0.25].map((total_cost_usd, n) =>
      result({ uuid: `u-${n}`, total_cost_usd, usage: usage({ output: 9 }) }),
    )

    expect(readRun(lines(...old)).map(({ record }) => record.costUsd)).toEqual([
      parseMoney('0.1'),
      parseMoney('0.15'),
    ])
  })
})

describe('what is no result', () => {
  test.each<[why: string, text: string, kind: 'damaged' | 'strange']>([
    ['a torn line', `${JSON.stringify(SAID).slice(0, 60)}\n`, 'damaged'],
    ['a line of something else', 'npm warn deprecated\n', 'damaged'],
    ['a result without numbers', lines(result({ total_cost_usd: 0.01 })), 'strange'],
    ['a number below zero', lines(result({ modelUsage: { [HAIKU]: model({ output: -1 }) } })), 'strange'],
    ['text for a number', lines(result({ usage: { output_tokens: '5' } })), 'strange'],
  ])('%s is counted and stops nothing', (_why, text, kind) => {
    const tally = new Tally()

    expect(readRun(text + lines(RUN), tally)).toHaveLength(2)
    expect(tally.counts()[kind]).toBe(1)
  })

  it('never throws', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((value) => `{"type":"result","modelUsage":${value}}`),
      fc.json().map((value) => `{"type":"result","usage":${value},"total_cost_usd":${value}}`),
    )
    fc.assert(fc.property(fc.array(piece), (pieces) => readRun(pieces.join('\n')).length >= 0))
  })

  test.each<[why: string, text: string, recognizes: boolean]>([
    ['a result', JSON.stringify(RUN), true],
    ['a stream whose result comes later', lines(INIT, SAID), true],
    ['an array of messages', JSON.stringify([INIT, RUN], null, 2), true],
    ['no transcript of Claude Code', '{"type":"assistant","sessionId":"s-1","message":{}}', false],
    ['no session of Codex', '{"type":"session_meta","payload":{"session_id":"s"}}', false],
  ])('is told from %s', (_why, text, recognizes) => {
    expect(claudeJson.recognizes(text)).toBe(recognizes)
  })
})
