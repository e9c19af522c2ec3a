import { describe, expect, it } from 'vitest'
import { alertLine, loggedEntries, loggedEntry, undeliveredLine } from '../../src/core/alert-log.ts'
import { crossingsOf } from '../../src/core/alert.ts'
import { aBudget } from '../kit/a-budget.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { judged } from './judging.ts'

const HOSTILE = 'a\u001b]0;x\u0007\u202e\u200b\r\n\u2028"\\'
const NOW = instant('2025-12-15T14:30:00Z')
const { verdicts } = judged({
  lines: [usage({ cost_usd: '9.123456789012' })],
  budgets: [aBudget('daily', '10')],
})
const [cause] = crossingsOf(verdicts, [])
if (cause === undefined) throw new Error('nothing was crossed')

describe('the line of an alert', () => {
  it('says what was spent to the last picodollar, of what, in which period', () => {
    const line = alertLine({ id: 'A', timestamp: NOW, cause, message: 'so it is', silence: 'quiet' })
    expect(line).toBe(
      '{"v":1,"id":"A","timestamp":"2025-12-15T14:30:00Z","kind":"threshold","level":"warning","threshold":0.8,' +
        '"budget":"daily","scope":{},"session_id":null,' +
        '"period":{"kind":"daily","start":"2025-12-15T00:00:00Z","end":"2025-12-16T00:00:00Z"},' +
        '"spent_usd":9.123456789012,"limit_usd":10,"lower_bound":false,"ratio":0.912345,"exceeded":false,' +
        '"silence":"quiet","claim":"alert-bab6c9c44c40efa9","message":"so it is"}',
    )
  })

  it('is one line of ASCII-safe text, whatever is in it', () => {
    const runaway = { kind: 'runaway', claim: 'c', sessionId: HOSTILE, message: HOSTILE } as const
    const line = alertLine({ id: 'A', timestamp: NOW, cause: runaway, message: 'fast', silence: null })
    expect(line).not.toMatch(ACTS_ON_A_TERMINAL)
    expect(line).not.toContain('\n')
    expect(JSON.parse(line)).toMatchObject({ kind: 'runaway', session_id: HOSTILE })
  })
})

describe('the entries of a log', () => {
  const alert = alertLine({ id: 'A', timestamp: NOW, cause, message: 'first', silence: null })
  const failure = undeliveredLine({ id: 'B', timestamp: NOW, channel: 'webhook', message: 'then' })

  it('come newest first, damaged lines passed over', () => {
    const log = ['{"v":1,"id":"torn', alert, '', 'null', '[]', '{"id":1}', failure].join('\n')
    expect(loggedEntries(log).map(({ kind, message }) => `${kind} ${message}`)).toEqual([
      'undelivered then',
      'threshold first',
    ])
  })

  it('are harmless, though anybody may have written them', () => {
    const line = JSON.stringify({
      id: 'A',
      timestamp: '2025-12-15',
      kind: 'mark',
      message: `\u001b]52;${HOSTILE}`,
    })
    const message = loggedEntry(line)?.message ?? ''
    expect(message).toContain('\\x1b]52;')
    expect(message).not.toMatch(ACTS_ON_A_TERMINAL)
  })
})
