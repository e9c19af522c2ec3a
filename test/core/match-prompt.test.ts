import { describe, expect, it } from 'vitest'

import { type MatchingMeans, matchPrompt } from '../../src/core/match-prompt.ts'
import { promptText } from '../../src/core/pattern.ts'
import { patternEngine } from '../../src/core/pattern-engine.ts'
import { aRouter, aRule } from './routing.ts'

const ROUTER = aRouter({
  rules: [aRule('lint', 'm-haiku'), aRule('what.*is', 'm-sonnet'), aRule('design', 'm-opus')],
  downgrade: { budgets: [], steps: [], protect: 'security' },
})

const WITH_ENGINE: MatchingMeans = { engine: patternEngine, isLate: () => false }
const WITHOUT: MatchingMeans = { engine: null, isLate: () => false }

describe('matching a prompt', () => {
  it.each([
    ['LINT the design', 0, false],
    ['what this is', 1, false],
    ['design it', 2, false],
    ['design the security', 2, true],
    ['security', null, true],
    ['', null, false],
  ])('%j: rule %j, protected %j', (prompt, rule, isProtected) => {
    expect(matchPrompt(ROUTER, promptText(prompt), true, WITH_ENGINE)).toEqual({
      kind: 'matched',
      matched: { rule, isProtected },
    })
  })

  it('asks no rule for a requested model, but whether the prompt is protected', () => {
    expect(matchPrompt(ROUTER, promptText('lint security'), false, WITHOUT)).toEqual({
      kind: 'matched',
      matched: { rule: null, isProtected: true },
    })
  })

  it('needs an engine only where an earlier rule of words does not match', () => {
    expect(matchPrompt(ROUTER, promptText('lint'), true, WITHOUT).kind).toBe('matched')
    expect(matchPrompt(ROUTER, promptText('design'), true, WITHOUT).kind).toBe('engine-needed')
    const router = aRouter({ downgrade: { budgets: [], steps: [], protect: 'a+' } })
    expect(matchPrompt(router, promptText('x'), true, WITHOUT).kind).toBe('engine-needed')
  })

  it.each([
    [0, 'rules[0].pattern'],
    [2, 'rules[2].pattern'],
    [3, 'downgrade.protect'],
  ])('gives up when time is up after %i patterns, and says where', (patterns, at) => {
    let asked = 0
    const isLate = () => asked++ >= patterns
    expect(matchPrompt(ROUTER, promptText('x'), true, { engine: patternEngine, isLate })).toEqual({
      kind: 'too-slow',
      at,
    })
  })
})
