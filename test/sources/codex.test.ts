import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { codex } from '../../src/sources/codex.ts'
import { Tally } from '../../src/core/tally.ts'
import {
  CANARY,
  TRANSCRIPT,
  type Vector,
  answer,
  at,
  byId,
  context,
  count,
  forkMeta,
  line,
  meta,
  readLines,
  taskComplete,
  tokensIn,
  told,
  usage,
} from './codex-lines.ts'

const FIRST: Vector = [1000, 100, 200]
const SECOND: Vector = [2500, 1000, 500]
const BETWEEN: Vector = [1500, 900, 300]

describe('a session of Codex', () => {
  it('becomes one record for each response, without a token in two counts', () => {
    const { found } = readLines([meta(0), context(1), count(9, FIRST, FIRST), count(20, SECOND, BETWEEN)])

    expect(found.map(({ record, cwd }) => ({ ...record, cwd }))).toMatchObject([
      {
        id: 'codex:t-1:1000-100-200',
        timestamp: Date.parse(at(9)),
        sessionId: 't-1',
        project: '(unknown)',
        model: 'gpt-5.5',
        tool: 'codex',
        inputTokens: 900,
        cacheReadTokens: 100,
        cacheWriteTokens: 0,
        outputTokens: 200,
        costUsd: null,
        aggregate: false,
        cwd: '/w/app',
      },
      { id: 'codex:t-1:2500-1000-500', inputTokens: 600, cacheReadTokens: 900, outputTokens: 300 },
    ])
  })

  it('takes written input out of the input', () => {
    const used = { ...usage([1000, 100, 200]), cache_write_input_tokens: 300 }
    const info = { total_token_usage: used, last_token_usage: used }
    const { found } = readLines([meta(0), context(1), line(9, 'event_msg', { type: 'token_count', info })])

    expect(found[0]?.record).toMatchObject({ inputTokens: 600, cacheReadTokens: 100, cacheWriteTokens: 300 })
  })

  test.each<[why: string, used: object, expected: object]>([
    [
      'more cached than input',
      { input_tokens: 50, cached_input_tokens: 80, output_tokens: 1 },
      { inputTokens: 0, cacheReadTokens: 50 },
    ],
    [
      'more written than the rest of the input',
      { input_tokens: 50, cached_input_tokens: 40, cache_write_input_tokens: 30, output_tokens: 1 },
      { inputTokens: 10, cacheReadTokens: 40, cacheWriteTokens: 30 },
    ],
    [
      'the other name of cached input',
      { input_tokens: 50, cache_read_input_tokens: 40, output_tokens: 1 },
      { inputTokens: 10, cacheReadTokens: 40 },
    ],
    [
      'null for a count',
      { input_tokens: 50, cached_input_tokens: null, output_tokens: 1 },
      { inputTokens: 50 },
    ],
  ])('never makes a count negative: %s', (_why, used, expected) => {
    const info = { total_token_usage: used, last_token_usage: used }
    const { found } = readLines([meta(0), line(9, 'event_msg', { type: 'token_count', info })])

    expect(found[0]?.record).toMatchObject(expected)
  })

  it('counts a total that is told again once', () => {
    const { found, tally } = readLines([
      meta(0),
      context(1),
      count(9, FIRST, FIRST),
      count(9.4, FIRST, FIRST),
      count(20, SECOND, BETWEEN),
      count(20.1, FIRST, FIRST),
      count(20.2, SECOND, BETWEEN),
    ])

    expect(tokensIn(found)).toBe(3000)
    expect(found).toHaveLength(2)
    expect(tally.counts().repeated).toBe(3)
  })

  it('skips events without numbers', () => {
    const { found, tally } = readLines([
      meta(0),
      line(1, 'event_msg', {
        type: 'token_count',
        info: null,
        rate_limits: { primary: { used_percent: 7 } },
      }),
      line(2, 'event_msg', { type: 'token_count', info: { total_token_usage: null, last_token_usage: {} } }),
      count(3, [0, 0, 0], [0, 0, 0]),
      count(9, FIRST, FIRST),
    ])

    expect(found).toHaveLength(1)
    expect(tally.counts()).toMatchObject({ strange: 0, damaged: 0, repeated: 0 })
  })

  it('counts what totals say when nothing tells of the last response', () => {
    const { found } = readLines([meta(0), count(9, FIRST), count(20, SECOND)])

    expect(found.map(({ record }) => record.outputTokens)).toEqual([200, 300])
  })

  it('tells equal responses apart where there are no totals', () => {
    const { found } = readLines([meta(0), count(1, null, [100, 0, 20]), count(2, null, [100, 0, 20])])

    expect(byId(found).size).toBe(2)
    expect(tokensIn(found)).toBe(240)
  })

  it('counts the last response where the total is a sum without parts', () => {
    const total = { ...usage([0, 0, 0]), total_tokens: 1200 }
    const info = { total_token_usage: total, last_token_usage: usage(FIRST) }
    const { found } = readLines([meta(0), line(9, 'event_msg', { type: 'token_count', info })])

    expect(tokensIn(found)).toBe(1200)
  })

  it('counts nothing for a context that is stated as full', () => {
    const full = { ...usage([0, 0, 0]), total_tokens: 258_400 }
    const { found } = readLines([
      meta(0),
      count(9, FIRST, FIRST),
      line(10, 'event_msg', {
        type: 'token_count',
        info: { total_token_usage: full, last_token_usage: full },
      }),
      count(20, BETWEEN, BETWEEN),
    ])

    expect(tokensIn(found)).toBe(1200 + 1800)
  })

  it('counts responses that no event told of, as several', () => {
    const { found } = readLines([meta(0), count(9, FIRST, FIRST), count(20, [9000, 5000, 900], BETWEEN)])

    expect(tokensIn(found)).toBe(9900)
    expect(found.map(({ record }) => record.aggregate)).toEqual([false, true])
  })

  it('counts only the last response when a total jumps beyond what a context can hold', () => {
    const { found } = readLines([meta(0), count(9, FIRST, FIRST), count(20, [900_000, 1000, 900], BETWEEN)])

    expect(tokensIn(found)).toBe(1200 + 1800)
  })

  it('takes the largest context from the event', () => {
    const info = {
      total_token_usage: usage([900_000, 0, 0]),
      last_token_usage: usage([1500, 0, 0]),
      model_context_window: 1_000_000,
    }
    const { found } = readLines([meta(0), line(9, 'event_msg', { type: 'token_count', info })])

    expect(tokensIn(found)).toBe(900_000)
  })

  it('counts on after a compaction or a rollback has lowered the total', () => {
    const { found } = readLines([
      meta(0),
      count(9, [5000, 0, 500], [5000, 0, 500]),
      count(20, [3000, 0, 300], [800, 0, 80]),
      count(30, [3700, 0, 370], [700, 0, 70]),
    ])

    expect(found.map(({ record }) => record.inputTokens)).toEqual([5000, 800, 700])
  })

  it('gives responses with equal totals of two countings their own ids', () => {
    const lines = [meta(0), count(1, FIRST, FIRST)]
    for (let n = 1; n < 40; n++) lines.push(count(1 + n, [1000 + n, 100, 200], [1, 0, 0]))
    lines.push(count(99, FIRST, FIRST))
    const { found } = readLines(lines)

    expect(byId(found).size).toBe(41)
  })

  it('gives them their own ids when the second one begins soon', () => {
    const lines = [meta(0), count(1, [1000, 0, 100], [1000, 0, 100]), count(2, [10, 0, 1], [10, 0, 1])]
    for (let n = 1; n <= 40; n++) lines.push(count(2 + n, [10 + n, 0, 1], [1, 0, 0]))
    lines.push(count(99, [1000, 0, 100], [950, 0, 99]))

    expect(byId(readLines(lines).found).size).toBe(43)
  })

  it('follows each of several agents that count in one file', () => {
    const { found, tally } = readLines([
      meta(0),
      count(1, [400_000, 0, 4000], [400_000, 0, 4000]),
      count(2, [1000, 0, 100], [1000, 0, 100]),
      count(3, [410_000, 0, 4100], [10_000, 0, 100]),
      count(4, [3000, 0, 300], [2000, 0, 200]),
      count(5, [410_000, 0, 4100], [10_000, 0, 100]),
      count(6, [415_000, 0, 4150], [5000, 0, 50]),
    ])

    expect(found.map(({ record }) => record.inputTokens)).toEqual([400_000, 1000, 10_000, 2000, 5000])
    expect(byId(found).size).toBe(5)
    expect(tally.counts().repeated).toBe(1)
  })

  it('keeps ids and totals of names that every object has', () => {
    const { found } = readLines([
      meta(0, { id: '__proto__', cwd: 'constructor' }),
      context(1, { model: 'constructor' }),
      count(9, FIRST, FIRST),
    ])

    expect(found[0]?.record).toMatchObject({ sessionId: '__proto__', model: 'constructor' })
  })

  it('lets nothing of what was asked or answered out', () => {
    const lines = [
      meta(0, { instructions: CANARY, git: { branch: 'main', commit_message: CANARY } }),
      context(1, { model: 'gpt-5.5', summary: CANARY, collaboration_mode: { settings: { text: CANARY } } }),
      answer(2),
      line(3, 'event_msg', { type: 'thread_settings_applied', thread_settings: { instructions: CANARY } }),
      line(4, 'event_msg', {
        type: 'token_count',
        info: { ...JSON.parse(count(0, FIRST)).payload.info, note: CANARY },
      }),
      told(5, 'resp_1', BETWEEN, { note: CANARY }),
      taskComplete(6),
    ]
    const { found, state } = readLines(lines)

    expect(found).toHaveLength(2)
    expect(found[0]?.record.branch).toBe('main')
    expect(texts({ found, state })).not.toContain(CANARY)
  })
})

describe('the session is', () => {
  test.each<[why: string, payload: object, session: string]>([
    ['its id', { id: 't-1' }, 't-1'],
    ['its session_id in versions without an id', { id: undefined, session_id: 's-1' }, 's-1'],
    ['its own id, not the one of its whole tree', { id: 't-2', session_id: 'root' }, 't-2'],
    ['in the name of its file when no line says it', { id: undefined }, 'f-1'],
  ])('%s', (_why, payload, session) => {
    expect(readLines([meta(0, payload), count(9, FIRST, FIRST)]).found[0]?.record.sessionId).toBe(session)
  })

  it('in the name of its file when the first line is torn', () => {
    const { found, tally } = readLines([meta(0).slice(0, 90), count(9, FIRST, FIRST)])

    expect(found[0]?.record.sessionId).toBe('f-1')
    expect(tally.counts().damaged).toBe(1)
  })

  it('that of the first line, when a later one names another', () => {
    const { found } = readLines([meta(0), meta(1, { id: 'other', cwd: '/w/other' }), count(9, FIRST, FIRST)])

    expect(found[0]).toMatchObject({ record: { sessionId: 't-1' }, cwd: '/w/app' })
  })
})

describe('the model is', () => {
  test.each<[why: string, lines: readonly string[], model: string, estimated: number]>([
    ['the one of the turn', [meta(0), context(1)], 'gpt-5.5', 0],
    ['the newest one', [meta(0), context(1), context(2, { model: 'gpt-5.6' })], 'gpt-5.6', 0],
    ['the one of the session before any turn', [meta(0, { model: 'gpt-5.3-codex' })], 'gpt-5.3-codex', 0],
    [
      'the one of settings that change within a turn',
      [meta(0), context(1), line(2, 'event_msg', settings({ model: 'gpt-5.6' }))],
      'gpt-5.6',
      0,
    ],
    ['gpt-5, marked, where nothing names one', [meta(0)], 'gpt-5', 1],
    ['gpt-5, marked, for a review without a turn before', [meta(0), review(1)], 'gpt-5', 1],
    ['that of the turn before, marked, for a review', [meta(0), context(1), review(2)], 'gpt-5.5', 1],
    ['no longer marked after a review', [meta(0), review(1), context(2)], 'gpt-5.5', 0],
  ])('%s', (_why, lines, model, estimated) => {
    const { found, tally } = readLines([...lines, count(9, FIRST, FIRST)])

    expect(found[0]?.record.model).toBe(model)
    expect(tally.counts().estimated).toBe(estimated)
  })
})

describe('the service tier is', () => {
  test.each<[why: string, lines: readonly string[], tier: string]>([
    ['none when nothing says it', [context(1)], ''],
    ['the one of the turn', [context(1, { service_tier: 'flex' })], 'flex'],
    ['the one of the settings', [line(1, 'event_msg', settings({ service_tier: 'priority' }))], 'priority'],
    [
      'kept until it changes',
      [line(1, 'event_msg', settings({ service_tier: 'fast' })), context(2, { model: 'gpt-5.6' })],
      'fast',
    ],
    [
      'none again with the usual one',
      [
        line(1, 'event_msg', settings({ service_tier: 'priority' })),
        line(2, 'event_msg', settings({ service_tier: 'default' })),
      ],
      '',
    ],
    [
      'none again with null',
      [context(1, { service_tier: 'priority' }), context(2, { service_tier: null })],
      '',
    ],
  ])('%s', (_why, lines, tier) => {
    expect(readLines([meta(0), ...lines, count(9, FIRST, FIRST)]).found[0]?.record.serviceTier).toBe(tier)
  })
})

describe('a line that is', () => {
  test.each<[why: string, text: string, kind: 'damaged' | 'strange']>([
    ['torn', count(9, FIRST, FIRST).slice(0, 200), 'damaged'],
    ['no JSON', 'panicked at main.rs', 'damaged'],
    ['NUL bytes', '\0\0\0\0', 'damaged'],
    ['a number below zero', count(9, [-5, 0, 1], FIRST), 'strange'],
    ['text for a number', count(9, FIRST, FIRST).replace('1000', '"1000"'), 'strange'],
    ['a number beyond all use', count(9, [1e300, 0, 1], null), 'strange'],
    ['a usage record without usage', line(9, 'token_usage_record', { response_id: 'r' }), 'strange'],
  ])('%s is counted and stops nothing', (_why, text, kind) => {
    const { found, tally } = readLines([meta(0), context(1), text, count(20, SECOND, BETWEEN)])

    expect(tally.counts()[kind]).toBe(1)
    expect(found).toHaveLength(1)
  })

  test.each<[why: string, text: string]>([
    ['wide', JSON.stringify(JSON.parse(count(9, FIRST, FIRST)), null, 1).replaceAll('\n', ' ')],
    ['of Windows', `${count(9, FIRST, FIRST)}\r`],
    ['with its type last', typeLast(count(9, FIRST, FIRST))],
    ['numbered', count(9, FIRST, FIRST, { ordinal: 12 })],
  ])('%s is read like any other', (_why, text) => {
    expect(tokensIn(readLines([meta(0), text]).found)).toBe(1200)
  })

  it('large and of no interest is never parsed', () => {
    const text = `${answer(9).slice(0, -1)}, "torn": ${'x'.repeat(1_000_000)}`

    expect(readLines([meta(0), text]).tally.counts().damaged).toBe(0)
  })
})

describe('reading on', () => {
  const USED = fc.tuple(fc.nat(500_000), fc.nat(1000), fc.nat(5000))
  const EVENT = fc.oneof(
    fc.record({ kind: fc.constant('count'), used: USED }),
    fc.record({
      kind: fc.constantFrom('repeat', 'restart', 'told', 'unnamed', 'context', 'answer', 'done'),
      used: USED,
    }),
  )

  it('from any line finds the same records as reading all at once', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.tuple(EVENT, fc.nat(3000)), { maxLength: 12 }),
        (isFork, events) => {
          const lines = [isFork ? forkMeta(0) : meta(0), ...linesOf(events)]
          const all = readLines(lines)
          for (let cut = 0; cut <= lines.length; cut++) {
            const tally = new Tally()
            const before = readLines(lines.slice(0, cut), null, tally)
            const saved = JSON.parse(JSON.stringify(before.state))
            const after = readLines(lines.slice(cut), saved, tally)
            expect([...before.found, ...after.found]).toEqual(all.found)
            expect(tally.counts()).toEqual(all.tally.counts())
            expect(after.state).toEqual(all.state)
          }
        },
      ),
    )
  })

  it('has a different id for every record, and the same ones each time', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(EVENT, fc.nat(3000)), { maxLength: 20 }), (events) => {
        const lines = [meta(0), ...linesOf(events)]
        const ids = readLines(lines).found.map(({ record }) => record.id)
        expect(new Set(ids).size).toBe(ids.length)
        expect(readLines(lines).found.map(({ record }) => record.id)).toEqual(ids)
      }),
    )
  })

  it('adds up to the last total of a session that only counts up', () => {
    fc.assert(
      fc.property(fc.array(USED, { maxLength: 60 }), (uses) => {
        let total: Vector = [0, 0, 0]
        const lines = uses.map((used, n) => {
          total = plus(total, whole(used))
          return count(n, total, whole(used))
        })
        expect(tokensIn(readLines([meta(0), ...lines]).found)).toBe(total[0] + total[2])
      }),
    )
  })

  it('never throws, whatever the bytes and the state', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(meta(0), forkMeta(0), count(9, FIRST, FIRST), told(9, 'r', FIRST)),
      fc.json().map((payload) => `{"type":"session_meta","payload":${payload}}`),
      fc.json().map((payload) => `{"type":"token_usage_record","payload":${payload}}`),
      fc.json().map((info) => `{"type":"event_msg","payload":{"type":"token_count","info":${info}}}`),
    )
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), fc.array(piece), fc.jsonValue(), (blobs, pieces, state) => {
        const lines = [...blobs.map((blob) => Buffer.from(blob).toString('latin1')), ...pieces]
        const saved = JSON.parse(JSON.stringify(state))
        for (const { record } of readLines(lines, saved).found) {
          expect(record.inputTokens + record.outputTokens + record.cacheReadTokens).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
})

describe('the transcripts of Codex', () => {
  const PLACES = { home: '/home/u', variables: {}, platform: 'linux' }

  it('lie in its home', () => {
    expect(codex.directories(PLACES)).toEqual(['/home/u/.codex/sessions', '/home/u/.codex/archived_sessions'])
    expect(codex.directories({ ...PLACES, variables: { CODEX_HOME: '/x' } })).toEqual([
      '/x/sessions',
      '/x/archived_sessions',
    ])
  })

  test.each<[name: string, isTranscript: boolean]>([
    ['2026/11/20/rollout-2026-11-20T10-00-00-0199.jsonl', true],
    ['rollout-2026-11-20T10-00-00-0199.jsonl', true],
    ['2026/11/20/history.jsonl', false],
    ['2026/11/20/rollout-2026.json', false],
    ['rollout-1/notes.jsonl', false],
  ])('%s: %s', (name, isTranscript) => {
    expect(codex.isTranscript(name)).toBe(isTranscript)
  })

  it('are known by their first line, however large', () => {
    expect(
      codex.recognizes(meta(0, { base_instructions: { text: 'x'.repeat(30_000) } }).slice(0, 20_000)),
    ).toBe(true)
    expect(codex.recognizes(`${answer(0)}\n${meta(1)}`)).toBe(false)
    expect(codex.recognizes('{"type":"thread.started","thread_id":"t"}')).toBe(false)
  })

  it('count where they are active, and in the archive only when they are nowhere else', () => {
    const active = place('sessions', '2026/11/20/rollout-a.jsonl')
    const copy = place('archived_sessions', 'rollout-a.jsonl')
    const alone = place('archived_sessions', 'rollout-b.jsonl')

    expect(codex.withoutCopies?.([copy, active, alone])).toEqual([active, alone])
  })

  it('give the same ids from the archive', () => {
    const lines = [meta(0), count(9, FIRST, FIRST), count(20, [10, 0, 5], [10, 0, 5])]
    const other =
      codex.reading.kind === 'lines'
        ? codex.reading.open({ ...TRANSCRIPT, name: 'x' }, null, new Tally())
        : null
    const copies = lines.flatMap((text) => other?.line(Buffer.from(text), 0, Buffer.byteLength(text)) ?? [])

    expect(copies.map(({ record }) => record.id)).toEqual(
      readLines(lines).found.map(({ record }) => record.id),
    )
  })
})

function settings(thread: object): object {
  return { type: 'thread_settings_applied', thread_settings: thread }
}

function review(seconds: number): string {
  return context(seconds, { model: 'codex-auto-review' })
}

function typeLast(text: string): string {
  const { type, ...rest } = JSON.parse(text)
  return JSON.stringify({ ...rest, type })
}

function plus(a: Vector, b: Vector): Vector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

/** No more cached than input. */
function whole([input, cached, output]: readonly [number, number, number]): Vector {
  return [input, Math.min(input, cached), output]
}

function texts(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint' ? String(member) : member,
  )
}

function linesOf(events: readonly (readonly [{ kind: string; used: [number, number, number] }, number])[]) {
  let total: Vector = [0, 0, 0]
  let now = 0
  return events.map(([{ kind, used }, pause], n) => {
    now += pause / 1000
    const last = whole(used)
    if (kind === 'context') return context(now, { model: `gpt-5.${n}` })
    if (kind === 'answer') return answer(now)
    if (kind === 'done') return taskComplete(now)
    if (kind === 'unnamed') return told(now, '', last)
    if (kind === 'told') return told(now, `resp_${n}`, last)
    if (kind === 'restart') total = [0, 0, 0]
    if (kind !== 'repeat') total = plus(total, last)
    return count(now, total, last)
  })
}

function place(directory: string, name: string) {
  return { path: `/home/u/.codex/${directory}/${name}`, name }
}
