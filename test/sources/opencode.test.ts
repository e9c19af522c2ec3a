import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'

import { parseMoney } from '../../src/core/money.ts'
import { Intake } from '../../src/sources/intake.ts'
import { opencode, opencodeFiles } from '../../src/sources/opencode.ts'
import { Seen } from '../../src/sources/seen.ts'
import type { DatabaseRow, SourceRecord } from '../../src/sources/source.ts'
import { Tally, type TallyCounts } from '../../src/core/tally.ts'
import { CANARY, read } from './told.ts'

const CREATED = 1_763_600_000_000

/** As the tool makes ids: the low 36 bits of the milliseconds, a counter, and chance. */
function idMadeAt(instant: number, chance = 'AbCdEfGhIjKlMn'): string {
  return `msg_${(instant % 2 ** 36).toString(16).padStart(9, '0')}001${chance}`
}

const ID = idMadeAt(CREATED)

const TOKENS = { input: 10, output: 200, reasoning: 30, cache: { read: 5000, write: 100 } }

function messageFile(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    id: ID,
    sessionID: 'ses_1',
    role: 'assistant',
    modelID: 'claude-sonnet-5',
    providerID: 'anthropic',
    system: [CANARY],
    summary: CANARY,
    error: { data: { message: CANARY } },
    path: { cwd: '/w/app', root: '/w' },
    cost: 0.0123,
    tokens: TOKENS,
    time: { created: CREATED, completed: CREATED + 9000 },
    ...fields,
  })
}

function messageRow(columns: DatabaseRow = {}): DatabaseRow {
  return {
    id: ID,
    session_id: 'ses_1',
    is_json: 1,
    model: 'claude-sonnet-5',
    cwd: '/w/app',
    input: 10,
    output: 200,
    reasoning: 30,
    cache_read: 5000,
    cache_write: 100,
    total: null,
    cost: 0.0123,
    created: CREATED,
    completed: CREATED + 9000,
    ...columns,
  }
}

function readFile(text: string): { readonly told: readonly SourceRecord[]; readonly counts: TallyCounts } {
  return read(opencodeFiles, text, '/roots/ses_1/msg_1.json')
}

function readRow(row: DatabaseRow): { readonly told: readonly SourceRecord[]; readonly counts: TallyCounts } {
  const tally = new Tally()
  if (opencode.reading.kind !== 'database') throw new Error('reads no database')
  const transcript = { path: '/roots/opencode.db', name: 'opencode.db' }
  return { told: opencode.reading.row(row, transcript, tally), counts: tally.counts() }
}

describe('an answer', () => {
  const expected = {
    record: {
      id: `opencode:${CREATED}:${ID}`,
      timestamp: CREATED,
      sessionId: 'ses_1',
      model: 'claude-sonnet-5',
      tool: 'opencode',
      project: '(unknown)',
      inputTokens: 10,
      outputTokens: 230,
      cacheReadTokens: 5000,
      cacheWriteTokens: 100,
      costUsd: parseMoney('0.0123'),
      costSource: 'tool',
    },
    cwd: '/w/app',
    response: `opencode:${CREATED}`,
    isFinal: true,
  }

  it('is the same from a file and from the database, so that it counts once', () => {
    expect(readFile(messageFile()).told).toMatchObject([expected])
    expect(readRow(messageRow()).told).toEqual(readFile(messageFile()).told)
  })

  it('lets no word of what was asked or answered out', () => {
    expect(messageFile()).toContain(CANARY)
    const told = readFile(messageFile()).told
    expect(
      JSON.stringify(told, (_key, value) => (typeof value === 'bigint' ? `${value}` : value)),
    ).not.toContain(CANARY)
  })

  it.each<[what: string, columns: DatabaseRow, outputTokens: number]>([
    ['adds reasoning to the output', { total: null }, 230],
    ['adds it where the total says so', { total: 5340 }, 230],
    ['leaves it out where the total is the sum without it', { total: 5310 }, 200],
    ['needs none', { reasoning: null }, 200],
  ])('%s', (_what, columns, outputTokens) => {
    expect(readRow(messageRow(columns)).told).toMatchObject([{ record: { outputTokens } }])
  })

  it.each<[what: string, columns: DatabaseRow]>([
    ['zero, as subscriptions say', { cost: 0 }],
    ['nothing', { cost: null }],
    ['what no cost can be', { cost: -3 }],
  ])('is priced by us when its cost is %s', (_what, columns) => {
    expect(readRow(messageRow(columns)).told).toMatchObject([{ record: { costUsd: null, costSource: null } }])
  })

  it('that is still being written is not final', () => {
    expect(readRow(messageRow({ completed: null })).told).toMatchObject([{ isFinal: false }])
  })

  it('whose time is in seconds has the same id as in milliseconds', () => {
    expect(readRow(messageRow({ created: CREATED / 1000 })).told[0]?.record.id).toBe(expected.record.id)
  })

  it('without a time keeps its id', () => {
    expect(readRow(messageRow({ created: null })).told).toMatchObject([
      { record: { id: `opencode:${ID}`, timestamp: null }, response: '' },
    ])
  })

  it.each<[what: string, row: DatabaseRow, kind: 'damaged' | 'strange']>([
    ['that is no JSON', messageRow({ is_json: 0 }), 'damaged'],
    ['without an id', messageRow({ id: null }), 'strange'],
    ['with negative tokens', messageRow({ input: -1 }), 'strange'],
    ['with text for tokens', messageRow({ cache_read: '7' }), 'strange'],
    ['with more tokens than a number holds', messageRow({ output: 2n ** 60n }), 'strange'],
  ])('%s is counted and left out', (_what, row, kind) => {
    const { told, counts } = readRow(row)
    expect(told).toEqual([])
    expect(counts[kind]).toBe(1)
  })

  it.each([
    ['of a user', { role: 'user' }],
    ['that used nothing', { tokens: { input: 0, output: 0 }, cost: 0 }],
    ['that failed before it used anything', { tokens: undefined, cost: undefined }],
  ])('%s is none, and nothing is counted', (_what, fields) => {
    const { told, counts } = readFile(messageFile(fields))
    expect(told).toEqual([])
    expect(counts).toEqual(new Tally().counts())
  })

  it('with hostile names is only that', () => {
    const { told } = readRow(messageRow({ model: '__proto__', session_id: 'constructor' }))
    expect(told).toMatchObject([{ record: { model: '__proto__', sessionId: 'constructor' } }])
  })
})

describe('a copy that a fork made', () => {
  const copyId = idMadeAt(CREATED + 60_000)

  it.each([copyId, `${copyId}_12`])('as %s may be a retelling: its id is the response', (id) => {
    expect(readRow(messageRow({ id, session_id: 'ses_2' })).told).toMatchObject([
      { record: { id: `opencode:${CREATED}` }, response: `opencode:${CREATED}` },
    ])
  })

  it('is told from an original whose id was made just before or with its message', () => {
    for (const delay of [-5000, -1, 0, 1, 900]) {
      const { told } = readRow(messageRow({ id: idMadeAt(CREATED + delay) }))
      expect(told[0]?.record.id).not.toBe(told[0]?.response)
    }
  })

  it('is known where the time in the id has begun again from zero', () => {
    const created = 26 * 2 ** 36 - 500
    const { told } = readRow(messageRow({ id: idMadeAt(created + 60_000), created }))
    expect(told[0]?.record.id).toBe(`opencode:${created}`)
  })

  it('counts once with its original, and with other copies where that is gone, in any order', () => {
    const original = readRow(messageRow()).told
    const copies = [copyId, `${copyId}_3`].flatMap((id) => readRow(messageRow({ id, session_id: id })).told)
    for (const told of [[...original, ...copies], [...copies, ...original], copies]) {
      const intake = new Intake(new Seen())
      for (const one of told) intake.add({ ...one, isUpdate: false })
      expect(intake.take()).toMatchObject([{ record: { inputTokens: 10, outputTokens: 230 } }])
    }
  })

  it('has the response that the id of an imported original says', () => {
    expect(opencode.responseOf?.(`opencode:${CREATED}:${ID}`)).toBe(`opencode:${CREATED}`)
    expect(opencode.responseOf?.(`opencode:${CREATED}`)).toBe(`opencode:${CREATED}`)
    expect(opencode.responseOf?.(`opencode:${ID}`)).toBe('')
    expect(opencode.responseOf?.('codex:1:2')).toBe('')
  })
})

describe('where it lies', () => {
  const places = { home: '/h', platform: 'linux', variables: {} }

  test('databases are named, because their directory holds a file for each part of each answer', () => {
    expect(opencode.directories(places)).toContain('/h/.local/share/opencode/opencode.db')
    expect(opencode.directories({ ...places, variables: { XDG_DATA_HOME: '/x' } })).toContain(
      '/x/opencode/opencode.db',
    )
    expect(['opencode.db', 'opencode-next.db', 'a/opencode.db'].every(opencode.isTranscript)).toBe(true)
    expect(['opencode.db-wal', 'other.db', 'opencode.json'].some(opencode.isTranscript)).toBe(false)
  })

  test('files of messages are known by their folders, in both layouts', () => {
    expect(opencodeFiles.isTranscript('ses_1/msg_1.json')).toBe(true)
    expect(opencodeFiles.isTranscript('app/storage/session/message/ses_1/msg_1.json')).toBe(true)
    expect(opencodeFiles.isTranscript('app/storage/session/part/ses_1/msg_1/prt_1.json')).toBe(false)
    expect(opencodeFiles.isTranscript('app/storage/session/info/ses_1.json')).toBe(false)
  })

  test('they are recognized elsewhere', () => {
    expect(opencode.recognizes('SQLite format 3\0…CREATE TABLE `session_message` (')).toBe(true)
    expect(opencode.recognizes('SQLite format 3\0…CREATE TABLE cookies (')).toBe(false)
    expect(opencodeFiles.recognizes(messageFile())).toBe(true)
    expect(opencodeFiles.recognizes('{"hello": "world"}')).toBe(false)
  })
})

test('reading never throws, whatever there is', () => {
  const value = fc.oneof(fc.string(), fc.double(), fc.bigInt(), fc.constant(null))
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...Object.keys(messageRow())), value),
      fc.json(),
      (row, json) => {
        for (const { record } of [...readRow({ ...messageRow(), ...row }).told, ...readFile(json).told]) {
          expect(record.inputTokens + record.outputTokens).toBeGreaterThanOrEqual(0)
        }
      },
    ),
  )
})
