import { describe, expect, test } from 'vitest'
import { changeSentences } from '../../src/formats/change-text.ts'
import { aDashboard, aSession, SESSIONS, spend } from '../tui/a-dashboard.ts'

describe('what has changed is said in words', () => {
  const before = aDashboard()
  test.each([
    ['the same', {}, []],
    ['a few cents', { spent: { daily: spend('8.20') } }, []],
    ['another twentieth', { spent: { daily: spend('8.60') } }, ['Daily: $8.60 of $10.00, 86%, warning.']],
    ['a level', { spent: { daily: spend('9.60') } }, ['Daily: $9.60 of $10.00, 96%, critical.']],
    ['a limit', { spent: { daily: spend('10') } }, ['Daily: $10.00 of $10.00, 100%, over.']],
    [
      'a lower bound',
      { spent: { weekly: spend('15.30', 1) } },
      ['Weekly: ≥ $15.30 of $50.00, 30%, warning.'],
    ],
    [
      'a new session with a name that acts on terminals',
      { sessions: [...SESSIONS, aSession('a\u001b[2J', '0.2', 1)] },
      ['Session a\\x1b[2J: $0.20 of $2.00, 10%, ok.'],
    ],
  ])('%s', (_what, change, sentences) => {
    expect(changeSentences(before, aDashboard(change), false)).toEqual(sentences)
  })
})
