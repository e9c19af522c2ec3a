import { describe, expect, it } from 'vitest'

import type { FieldMapping } from '../../src/core/field-mapping.ts'
import { parseMoney } from '../../src/core/money.ts'
import { mappedSource } from '../../src/sources/mapped.ts'
import { CANARY, keepsItsPromises, lines, read } from './told.ts'

const MAPPING: FieldMapping = {
  files: '*.jsonl',
  fields: new Map([
    ['timestamp', ['ts']],
    ['id', ['request_id']],
    ['session_id', ['conversation']],
    ['model', ['response', 'model']],
    ['input_tokens', ['usage', 'prompt']],
    ['cached_tokens', ['usage', 'cached']],
    ['output_tokens', ['usage', 'completion']],
    ['cost_usd', ['price']],
    ['cwd', ['dir']],
  ]),
  inputIncludesCached: true,
}

const LINE = {
  ts: '2026-11-20T10:00:00Z',
  request_id: 'r-1',
  conversation: 7,
  dir: '/w/app',
  response: { model: 'acme-1', text: CANARY },
  usage: { prompt: 1000, cached: 400, completion: 50 },
  prompt: CANARY,
  price: '0.0421',
}

const PATH = '/roots/usage-1.jsonl'
const source = mappedSource('my-tool', MAPPING)

keepsItsPromises(source, lines(LINE, { ...LINE, request_id: undefined }), PATH)

describe('a mapped line', () => {
  it('is a record of what its fields say, with the uncached input', () => {
    expect(read(source, lines(LINE), PATH).told).toMatchObject([
      {
        record: {
          id: 'my-tool:r-1',
          timestamp: Date.UTC(2026, 10, 20, 10),
          sessionId: '7',
          model: 'acme-1',
          tool: 'my-tool',
          inputTokens: 600,
          cacheReadTokens: 400,
          outputTokens: 50,
          costUsd: parseMoney('0.0421'),
          costSource: 'tool',
        },
        cwd: '/w/app',
      },
    ])
  })

  it('has the whole input where cached tokens are no part of it', () => {
    const apart = mappedSource('my-tool', { ...MAPPING, inputIncludesCached: false })
    expect(read(apart, lines(LINE), PATH).told).toMatchObject([{ record: { inputTokens: 1000 } }])
  })

  it('names its project when a field is mapped to it', () => {
    const fields = new Map([...MAPPING.fields, ['project', ['repo', '0']] as const])
    const named = mappedSource('my-tool', { ...MAPPING, fields })
    expect(read(named, lines({ ...LINE, repo: ['app'] }), PATH).told).toMatchObject([
      { record: { project: 'app' } },
    ])
  })

  it('without an id is known by its text', () => {
    const { request_id: _, ...line } = LINE
    const ids = read(source, lines(line, line, { ...line, price: 1 }), PATH).told.map(
      ({ record }) => record.id,
    )
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).not.toBe(ids[2])
  })

  it.each([
    ['text for tokens', { usage: { prompt: 'many' } }, 'strange'],
    ['negative tokens', { usage: { prompt: -1 } }, 'strange'],
    ['a negative cost', { price: -1 }, 'strange'],
  ] as const)('with %s is left out and counted, and the next one is read', (_what, fields, kind) => {
    const { told, counts } = read(source, lines({ ...LINE, ...fields }, LINE), PATH)
    expect(told).toHaveLength(1)
    expect(counts[kind]).toBe(1)
  })

  it('has only what it says itself', () => {
    const paths = [
      ['__proto__', 'x'],
      ['constructor', 'length'],
      ['usage', 'toString', 'length'],
    ]
    for (const path of paths) {
      const inherited = mappedSource('my-tool', { ...MAPPING, fields: new Map([['input_tokens', path]]) })
      expect(read(inherited, lines(LINE), PATH)).toMatchObject({ told: [], counts: { strange: 0 } })
    }
  })

  it('that tells of no spend is passed over', () => {
    expect(read(source, lines({ event: 'started' }), PATH)).toMatchObject({
      told: [],
      counts: { strange: 0 },
    })
  })
})

describe('the logs of a mapped source', () => {
  it.each([
    ['*.jsonl', 'a/b.jsonl', true],
    ['*.jsonl', 'b.json', false],
    ['usage-*.log', 'deep/usage-1.log', true],
    ['logs/*.jsonl', 'logs/b.jsonl', true],
    ['logs/*.jsonl', 'other/b.jsonl', false],
  ])('%s takes %s: %s', (files, name, taken) => {
    expect(mappedSource('my-tool', { ...MAPPING, files }).isTranscript(name)).toBe(taken)
  })

  it('are recognized elsewhere by a line that is a record', () => {
    expect(source.recognizes(`{"event":"started"}\n${lines(LINE)}`)).toBe(true)
    expect(source.recognizes(lines({ ts: LINE.ts, price: 0 }))).toBe(false)
  })
})
