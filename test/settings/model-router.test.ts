import { describe, expect, it } from 'vitest'

import { parseShare } from '../../src/core/money.ts'
import { resolved, sentences, valueOf, withRouter } from './resolving.ts'

/** The file of the skill that this project began with, to the letter: it is not valid YAML. */
const SEED = `# .ai-config/model-router.yaml
rules:
  - pattern: "format|lint|prettier|eslint"
    model: claude-haiku-3.5
    reason: "Formatting is mechanical — cheapest model suffices"

  - pattern: "rename|refactor.*variable|extract.*method"
    model: claude-haiku-3.5
    reason: "Simple refactoring is pattern-based"

  - pattern: "fix|bug|error|debug"
    model: claude-sonnet-4
    reason: "Bug fixing needs reasoning but not max intelligence"

  - pattern: "architect|design|security|audit|review"
    model: claude-opus-4
    reason: "High-stakes decisions need the best model"

  - pattern: "explain|question|what.*is|how.*does"
    model: claude-sonnet-4
    reason: "Q&A is well-served by mid-tier models"

  default: claude-sonnet-4
`

const advice = (spaces: number | string, line: number) =>
  `\`default:\` must be at the same level as \`rules:\` (remove ${spaces} spaces, line ${line})`

const rules = (count: number) => `rules:\n${'  - { pattern: x, model: a }\n'.repeat(count)}`

describe('default: inside the list of rules', () => {
  it('is named exactly in the original file', () => {
    const { router } = withRouter(SEED)
    expect(router).toMatchObject({
      kind: 'broken',
      problems: [{ line: 23, column: 3, text: '  default: claude-sonnet-4', message: advice(2, 23) }],
    })
    expect(sentences(withRouter(SEED))).toEqual([
      `/user/model-router.yaml:23:3: ${advice(2, 23)} — write the line as \`default: claude-sonnet-4\``,
    ])
  })

  it('is cured by following the advice', () => {
    const cured = withRouter(SEED.replace('\n  default:', '\ndefault:'))
    expect(valueOf(cured.router)).toMatchObject({ default: 'claude-sonnet-4', downgrade: null })
    expect(valueOf(cured.router)?.rules).toHaveLength(5)
    expect(sentences(cured)).toEqual([])
  })

  it.each([
    ['rules:\n  - pattern: x\n    model: y\n    default: z\n', 4, 4],
    ['rules:\n- pattern: x\n  model: y\n  default: z\n', 2, 4],
    ['rules:\n  - { pattern: x, model: y }\n  - default: z\n', 'the dash and all', 3],
    [`rules:\r\n  - { pattern: x, model: y }\r\n  'default': z\r\n`, 2, 3],
  ])('in %j is named as well', (text, spaces, line) => {
    const { router } = withRouter(text)
    expect(router).toMatchObject({ kind: 'broken', problems: [{ line, message: advice(spaces, line) }] })
  })

  it('is not suspected where it is right, whatever else is wrong', () => {
    const text = 'rules:\n  - { pattern: x }\ndefault: y\n'
    expect(sentences(withRouter(text))).toEqual([
      '/user/model-router.yaml:2:5: rules[0].model is missing — write the name of a model such as claude-sonnet-5',
    ])
  })
})

describe('model-router.yaml', () => {
  it('reads rules, default and downgrade, steps ascending', () => {
    const text = `rules:
  - { pattern: "lint", model: claude-haiku-4-5, reason: "mechanical" }
  - { pattern: "404", model: o3, min_model: o4-mini }
default: claude-sonnet-5
downgrade:
  budgets: [daily]
  steps:
    - { at: 0.80, model: claude-haiku-4-5 }
    - { at: 0.50, model: claude-sonnet-5 }
  protect: "security|audit"
`
    const layers = { user: { 'cost-limits.yaml': 'budgets: { daily: 1 }', 'model-router.yaml': text } }
    expect(valueOf(resolved(layers).router)).toEqual({
      rules: [
        { pattern: 'lint', model: 'claude-haiku-4-5', reason: 'mechanical', minModel: null },
        { pattern: '404', model: 'o3', reason: '', minModel: 'o4-mini' },
      ],
      default: 'claude-sonnet-5',
      downgrade: {
        budgets: ['daily'],
        steps: [
          { at: parseShare('0.5'), model: 'claude-sonnet-5' },
          { at: parseShare('0.8'), model: 'claude-haiku-4-5' },
        ],
        protect: 'security|audit',
      },
    })
  })

  it('is null when there is none, and empty when it says nothing', () => {
    expect(valueOf(resolved({ user: {} }).router)).toBeNull()
    expect(valueOf(withRouter('# later\n').router)).toEqual({ rules: [], default: null, downgrade: null })
  })

  it.each([
    [
      'rules: { a: 1 }',
      '1:8: rules is a section — write a list such as `- { pattern: "lint", model: claude-haiku-4-5 }`',
    ],
    [
      'default: "$(rm -rf ~)"',
      '1:10: default is "$(rm -rf ~)" — write the name of a model such as claude-sonnet-5',
    ],
    ['default: "--help"', '1:10: default is "--help" — write the name of a model such as claude-sonnet-5'],
    ['default: "a\\nb"', '1:10: default is "a\\nb" — write the name of a model such as claude-sonnet-5'],
    [
      'rules:\n  - { pattern: "", model: a }',
      '2:16: rules[0].pattern is "" — write a regular expression such as "format|lint"',
    ],
    [
      'downgrade:\n  steps: [{ at: 50, model: a }]',
      '2:17: downgrade.steps[0].at is "50" — write a share of the limit above 0 and at most 1 (did you mean 0.50?)',
    ],
    [
      'downgrade:\n  steps:\n    - { at: 0.5, model: a }\n    - { at: 0.50, model: b }',
      '4:13: there are two downgrade steps at 0.50, the first on line 3 — remove one of them',
    ],
    [
      'downgrade:\n  budgets: [dayly]',
      '2:13: downgrade.budgets names "dayly", which is no budget — did you mean `daily`?',
    ],
  ])('%j is named by place, key and value, with the fix', (text, sentence) => {
    expect(sentences(withRouter(text))).toEqual([`/user/model-router.yaml:${sentence}`])
  })

  it('refuses patterns beyond 512 characters and more than 200 rules', () => {
    const long = 'x'.repeat(513)
    expect(withRouter(`rules: [{ pattern: ${long}, model: a }]`).router.kind).toBe('broken')
    expect(withRouter(`rules: [{ pattern: ${long.slice(1)}, model: a }]`).router.kind).toBe('ok')
    expect(withRouter(rules(200)).router.kind).toBe('ok')
    expect(sentences(withRouter(rules(201)))).toEqual([
      '/user/model-router.yaml:2:3: rules is too long — write at most 200 rules',
    ])
  })

  it('says where each rule and step stands, the steps in the order in which they are taken', () => {
    const text = `rules:
  - pattern: a
    model: b
  - { pattern: c, model: d }
downgrade:
  steps:
    - { at: 0.8, model: e }
    - { at: 0.5, model: f }
`
    const { origins } = withRouter(text)
    const lines = ['rules[0]', 'rules[1]', 'downgrade.steps[0]', 'downgrade.steps[1]'].map((key) =>
      origins.get(key),
    )
    expect(lines).toMatchObject([{ line: 2 }, { line: 4 }, { line: 8 }, { line: 7 }])
  })

  it('refuses a min_model that is no name of a model', () => {
    expect(sentences(withRouter('rules: [{ pattern: a, model: b, min_model: "c d" }]'))).toEqual([
      '/user/model-router.yaml:1:44: rules[0].min_model is "c d" — write the name of a model such as claude-sonnet-5',
    ])
  })

  it('refuses what the pattern engine refuses, and names the rule', () => {
    const text = 'rules:\n  - { pattern: "a", model: a }\n  - { pattern: "(?=x)", model: a }\n'
    const resolution = resolved(
      { user: { 'model-router.yaml': text } },
      { patternFault: (pattern) => (pattern.includes('(?=') ? 'no look-ahead' : null) },
    )
    expect(sentences(resolution)).toEqual([
      '/user/model-router.yaml:3:16: rules[1].pattern is "(?=x)", which cannot be matched (no look-ahead) — write it with every bracket closed, without look-around, back-references and possessive repeats',
    ])
  })
})
