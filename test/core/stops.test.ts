import { describe, expect, it } from 'vitest'

import { type Stop, stopLine, stopsOf, stopsText } from '../../src/core/stops.ts'
import { instant } from '../kit/fold-lines.ts'

const STOP: Stop = {
  id: '01',
  timestamp: instant('2025-12-15T10:00:00Z'),
  sessionId: 's1',
  tool: 'claude-code',
  kind: 'rate_limit',
}

const from = instant('2025-12-15T00:00:00Z')
const to = instant('2025-12-16T00:00:00Z')

const at = (timestamp: number) => stopLine({ ...STOP, timestamp })

describe('a stop', () => {
  it('is one line of labels, and read again as it was', () => {
    const line = stopLine(STOP)
    expect(line).toBe(
      '{"v":1,"id":"01","timestamp":"2025-12-15T10:00:00Z","session_id":"s1","tool":"claude-code","kind":"rate_limit"}',
    )
    expect(stopsOf(`${line}\n`, from, to)).toEqual([STOP])
  })

  it.each([
    ['an error that quotes the prompt', { kind: 'Prompt is too long: canary' }],
    ['a key for a session', { sessionId: 'sk-canary-1234567890' }],
  ])('keeps nothing of %s', (_, change) => {
    expect(stopLine({ ...STOP, ...change })).not.toContain('canary')
  })

  it('counts from an instant on and before another, and damaged lines are passed over', () => {
    const text = [at(from - 1), at(from), '{"v":1,', 'null', '', '{"id":"x"}', at(to - 1), at(to)].join('\n')
    expect(stopsOf(text, from, to).map(({ timestamp }) => timestamp)).toEqual([from, to - 1])
  })

  it('is told by its kinds, the most frequent first', () => {
    const kinds = ['billing_error', 'rate_limit', 'rate_limit']
    expect(stopsText(kinds.map((kind) => ({ ...STOP, kind })))).toBe(
      '3 turns were stopped by providers today (2 rate_limit, 1 billing_error)',
    )
    expect(stopsText([STOP])).toBe('1 turn was stopped by providers today (1 rate_limit)')
    expect(stopsText([])).toBeNull()
  })
})
