import { anything, assert, property, string as anyText } from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readStatusEvent } from '../../src/agents/status-input.ts'
import { usd } from '../kit/a-budget.ts'

/** As Claude Code writes it, shortened. */
const CLAUDE_CODE = {
  session_id: 'abc-123',
  transcript_path: '/home/u/.claude/projects/-home-u-shop/abc-123.jsonl',
  cwd: '/home/u/shop/src',
  model: { id: 'claude-opus-5', display_name: 'Opus 5' },
  workspace: { current_dir: '/home/u/shop/src', project_dir: '/home/u/shop', added_dirs: [] },
  version: '2.1.80',
  cost: { total_cost_usd: 0.4213, total_duration_ms: 60_000 },
  context_window: { used_percentage: 8, current_usage: null },
  rate_limits: {
    five_hour: { used_percentage: 42.5, resets_at: 1_765_816_200 },
    seven_day: { used_percentage: 18, resets_at: 1_766_300_000 },
  },
}

const read = (input: unknown) => readStatusEvent(JSON.stringify(input))

describe('the JSON of a status line', () => {
  it('gives session, folder, model, cost, context and the windows of the plan', () => {
    expect(read(CLAUDE_CODE)).toEqual({
      sessionId: 'abc-123',
      cwd: '/home/u/shop/src',
      model: 'Opus 5',
      project: 'shop',
      costUsd: usd('0.4213'),
      contextPercent: 8,
      fiveHour: { usedPercent: 42.5, resetsAt: 1_765_816_200_000 },
      sevenDay: { usedPercent: 18, resetsAt: 1_766_300_000_000 },
    })
  })

  it('of an agent that says nothing, gives nothing', () => {
    expect(read({})).toEqual({
      sessionId: null,
      cwd: '',
      model: null,
      project: null,
      costUsd: null,
      contextPercent: null,
      fiveHour: null,
      sevenDay: null,
    })
  })

  it.each([
    ['a model without a name by its id', { model: { id: 'claude-opus-5' } }, { model: 'claude-opus-5' }],
    ['the folder of the workspace', { workspace: { current_dir: '/a/b' } }, { cwd: '/a/b', project: 'b' }],
    ['a folder of Windows', { workspace: { project_dir: 'C:\\work\\shop\\' } }, { project: 'shop' }],
    ['no project from a root', { cwd: '/' }, { project: null }],
    ['a cost in tiny numbers', { cost: { total_cost_usd: 2.5e-7 } }, { costUsd: usd('0.00000025') }],
    ['no negative cost', { cost: { total_cost_usd: -1 } }, { costUsd: null }],
    ['no absurd cost', { cost: { total_cost_usd: 1e300 } }, { costUsd: null }],
    ['no cost that is text', { cost: { total_cost_usd: '1' } }, { costUsd: null }],
    ['no cost without its object', { cost: 4 }, { costUsd: null }],
    ['no endless session', { session_id: 'x'.repeat(5000) }, { sessionId: null }],
    ['no empty session', { session_id: '' }, { sessionId: null }],
    [
      'a context that is not known yet',
      { context_window: { used_percentage: null } },
      { contextPercent: null },
    ],
    [
      'a window without its end',
      window({ used_percentage: 1 }),
      { fiveHour: { usedPercent: 1, resetsAt: null } },
    ],
    [
      'no end in another unit',
      window({ used_percentage: 1, resets_at: 1.7e12 }),
      { fiveHour: { usedPercent: 1, resetsAt: null } },
    ],
    ['no window without its use', window({ resets_at: 1_765_816_200 }), { fiveHour: null }],
    ['no window beyond belief', window({ used_percentage: 1e6 }), { fiveHour: null }],
    ['no windows that are a list', { rate_limits: [1] }, { fiveHour: null, sevenDay: null }],
  ])('gives %s', (_, input, expected) => {
    expect(read(input)).toMatchObject(expected)
  })
})

test('anything but a JSON object is no event', () => {
  for (const text of ['', 'null', '[]', '1', '"x"', '{', '{}x']) expect(readStatusEvent(text)).toBeNull()
  assert(property(anyText(), (text) => void readStatusEvent(text)))
})

test('no JSON whatever throws, or gives a number that is none', () => {
  assert(
    property(anything(), anything(), (one, other) => {
      const input = {
        ...CLAUDE_CODE,
        cost: { total_cost_usd: one },
        rate_limits: { five_hour: other },
        model: one,
      }
      const text = JSON.stringify(input)
      const event = readStatusEvent(text)
      expect(event?.fiveHour?.usedPercent ?? 0).toBeGreaterThanOrEqual(0)
    }),
  )
})

function window(fiveHour: object) {
  return { rate_limits: { five_hour: fiveHour } }
}
