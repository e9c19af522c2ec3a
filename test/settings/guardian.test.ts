import { describe, expect, it } from 'vitest'
import { DEFAULT_GUARDIAN } from '../../src/core/guardian.ts'
import { usd } from '../kit/a-budget.ts'
import { resolved, sentences, valueOf, withLimits } from './resolving.ts'

const guardianOf = (yaml: string) => valueOf(withLimits(yaml).limits).guardian

describe('guardian', () => {
  it('is no one while nobody says a word about it', () => {
    expect(guardianOf('budgets: { daily: 1 }')).toBeNull()
    expect(guardianOf('guardian:\n  # nothing')).toBeNull()
  })

  it('looks for what is written, and for the rest as usual', () => {
    expect(guardianOf('guardian: { warn_if_session_exceeds: 2.00 }')).toEqual({
      ...DEFAULT_GUARDIAN,
      warnOver: usd('2'),
    })
    const written =
      'guardian: { warn_if_model_overkill: true, suggest_cheaper_model: false, message: "${cost}!" }'
    expect(guardianOf(written)).toEqual({
      warnOver: null,
      warnsOfOverkill: true,
      suggestsCheaper: false,
      message: '${cost}!',
    })
  })

  it('of a project goes before that of the user, key by key', () => {
    const resolution = resolved({
      user: { 'cost-limits.yaml': 'guardian: { warn_if_session_exceeds: 5, warn_if_model_overkill: true }' },
      project: { 'cost-limits.yaml': 'guardian: { warn_if_session_exceeds: 1 }' },
    })
    expect(valueOf(resolution.limits).guardian).toMatchObject({ warnOver: usd('1'), warnsOfOverkill: true })
  })

  it.each([
    ['warn_if_session_exceeds: -1', /:1:\d+: guardian\.warn_if_session_exceeds .*negative/],
    ['warn_if_model_overkill: maybe', /guardian\.warn_if_model_overkill .*write true or false/],
    ['message: ""', /guardian\.message .*write a sentence in which these may stand: \$\{cost\}/],
    ['message: "about ${price}"', /guardian\.message .*\$\{price\} stands for nothing.*use \$\{cost\}/],
    ['message: "a\\u0007b"', /guardian\.message .*control characters/],
    [`message: ${'x'.repeat(501)}`, /guardian\.message .*longer than 500/],
    ['warn_if_sesion_exceeds: 1', /warn_if_session_exceeds/],
  ])('of `%.40s` is told what is wrong', (line, sentence) => {
    expect(sentences(withLimits(`guardian: { ${line} }`)).join('\n')).toMatch(sentence)
  })
})
