import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { codexExec } from '../../src/sources/codex-exec.ts'
import { Tally } from '../../src/core/tally.ts'
import { CANARY, byId, readLines, tokensIn } from './codex-lines.ts'

const STARTED = '{"type":"thread.started","thread_id":"th-1"}'
const ITEM = `{"type":"item.completed","item":{"id":"item_0","type":"agent_message","text":"${CANARY}"}}`

function turn(input: number, cached: number, output: number, more: object = {}): string {
  const usage = {
    input_tokens: input,
    cached_input_tokens: cached,
    output_tokens: output,
    reasoning_output_tokens: 9,
  }
  return JSON.stringify({ type: 'turn.completed', usage, ...more })
}

function read(lines: readonly string[], state = null, tally = new Tally()) {
  return readLines(lines, state, tally, codexExec)
}

describe('codex exec --json', () => {
  it('is one record for a thread', () => {
    const { found, tally } = read([STARTED, '{"type":"turn.started"}', ITEM, turn(32_161, 1920, 47)])

    expect(found.map(({ record }) => record)).toMatchObject([
      {
        id: 'codex-exec:th-1',
        timestamp: null,
        sessionId: 'th-1',
        model: 'gpt-5',
        tool: 'codex',
        inputTokens: 30_241,
        cacheReadTokens: 1920,
        outputTokens: 47,
        aggregate: true,
      },
    ])
    expect(tally.counts().estimated).toBe(1)
  })

  it('takes model and instant from the stream where it has them', () => {
    const more = { model: 'gpt-5.5', timestamp: '2026-11-20T10:00:00Z' }
    const { found, tally } = read([STARTED, turn(10, 0, 1, more)])

    expect(found[0]?.record).toMatchObject({ model: 'gpt-5.5', timestamp: Date.UTC(2026, 10, 20, 10) })
    expect(tally.counts().estimated).toBe(0)
  })

  it('counts the turns of a thread once, because each states the usage of all before it', () => {
    expect(tokensIn(read([STARTED, turn(16_504, 0, 20), turn(85_681, 0, 40)]).found)).toBe(85_721)
  })

  it('counts runs that resume a thread once, in any order', () => {
    const runs = [16_504, 85_681, 103_779].map((input) => read([STARTED, turn(input, 0, 45)]).found)

    expect(tokensIn(runs.flat())).toBe(103_824)
    expect(tokensIn(runs.toReversed().flat())).toBe(103_824)
  })

  it('counts threads in one file apart', () => {
    const { found } = read([STARTED, turn(10, 0, 1), STARTED.replace('th-1', 'th-2'), turn(20, 0, 2)])

    expect([...byId(found)]).toEqual([
      ['codex-exec:th-1', 11],
      ['codex-exec:th-2', 22],
    ])
  })

  it('never takes the model of another thread', () => {
    const lines = [
      STARTED,
      turn(10, 0, 1, { model: 'gpt-5.5' }),
      STARTED.replace('th-1', 'th-2'),
      turn(20, 0, 2),
    ]

    expect(read(lines).found.map(({ record }) => record.model)).toEqual(['gpt-5.5', 'gpt-5'])
  })

  test.each<[why: string, lines: readonly string[], kind: 'damaged' | 'strange']>([
    ['a torn line', [STARTED, turn(10, 0, 1).slice(0, 40)], 'damaged'],
    ['a turn without usage', [STARTED, '{"type":"turn.completed"}'], 'strange'],
    ['a number below zero', [STARTED, turn(-1, 0, 1)], 'strange'],
    ['a turn of no thread', [turn(10, 0, 1)], 'strange'],
  ])('counts %s and goes on', (_why, lines, kind) => {
    const { found, tally } = read([...lines, STARTED.replace('th-1', 'th-2'), turn(20, 0, 2)])

    expect(tally.counts()[kind]).toBe(1)
    expect(found).toHaveLength(1)
  })

  it('goes on from any line', () => {
    const lines = [STARTED, ITEM, turn(10, 0, 1, { model: 'gpt-5.5' }), ITEM, turn(20, 5, 2)]
    const whole = read(lines).found
    for (let cut = 0; cut <= lines.length; cut++) {
      const before = read(lines.slice(0, cut))
      const after = read(lines.slice(cut), JSON.parse(JSON.stringify(before.state)))
      expect([...before.found, ...after.found]).toEqual(whole)
    }
  })

  it('lets nothing of what was asked or answered out', () => {
    const { found, state } = read([STARTED, ITEM, turn(10, 0, 1, { note: CANARY })])

    expect(JSON.stringify({ found, state })).not.toContain(CANARY)
  })

  it('never throws', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.json().map((usage) => `{"type":"turn.completed","usage":${usage}}`),
    )
    fc.assert(fc.property(fc.array(piece), (lines) => read([STARTED, ...lines]).found.length >= 0))
  })

  it('is known by its events, and has no place', () => {
    expect(codexExec.recognizes(`${STARTED}\n${ITEM}`)).toBe(true)
    expect(codexExec.recognizes('{"type":"session_meta","payload":{}}')).toBe(false)
    expect(codexExec.directories({ home: '/home/u', variables: {}, platform: 'linux' })).toEqual([])
  })
})
