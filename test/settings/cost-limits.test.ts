import { describe, expect, it } from 'vitest'

import { parseMoney, parseShare } from '../../src/core/money.ts'
import { DEFAULTS } from '../../src/settings/defaults.ts'
import { problemsOf } from '../../src/settings/resolution.ts'
import { resolved, sentences, valueOf, withLimits } from './resolving.ts'

/** The file of the skill that this project began with, to the letter. */
const SEED = `# .ai-config/cost-limits.yaml
budgets:
  daily: 10.00        # USD per day
  weekly: 50.00       # USD per week
  monthly: 200.00     # USD per month
  per_session: 2.00   # Alert if a single session exceeds this

alerts:
  threshold_warning: 0.80   # Alert at 80% of budget
  threshold_critical: 0.95  # Hard alert at 95%
  action: warn              # warn | pause | block

notifications:
  terminal: true       # Print to terminal
  file: .ai-costs/alerts.log
  # webhook: https://hooks.slack.com/...  # Optional
`

const limitOf = (text: string, id = 'daily') =>
  valueOf(withLimits(text).limits).budgets.find((budget) => budget.id === id)?.limit

describe('a valid cost-limits.yaml', () => {
  it('reads the original file to the letter', () => {
    const resolution = withLimits(SEED)
    const limits = valueOf(resolution.limits)
    expect(limits.budgets.map(({ id, limit }) => [id, limit])).toEqual([
      ['daily', parseMoney('10')],
      ['weekly', parseMoney('50')],
      ['monthly', parseMoney('200')],
      ['per_session', parseMoney('2')],
    ])
    expect(limits.builtInLimits).toBe(false)
    expect(limits.notifications.file).toBe('.ai-costs/alerts.log')
    expect(sentences(resolution)).toEqual([])
  })

  it.each([
    ['10', '10'],
    ['10.00', '10'],
    ['"10"', '10'],
    ["'10.5'", '10.5'],
    ['010', '10'],
    ['+3', '3'],
    ['0', '0'],
    ['.5', '0.5'],
    ['1e1', '10'],
    ['0.000000000001', '0.000000000001'],
    ['90071992547.409931', '90071992547.409931'],
  ])('takes %s as exactly %s dollars', (written, dollars) => {
    expect(limitOf(`budgets:\n  daily: ${written}\n`)).toBe(parseMoney(dollars))
  })

  it.each(['', '\n', '# nothing yet\n', 'budgets:\n', 'budgets:\n  # daily: 10\n', 'budgets: {}'])(
    'sets no budgets when it says %j',
    (text) => {
      const limits = valueOf(withLimits(text).limits)
      expect(limits.budgets).toEqual([])
      expect(limits.builtInLimits).toBe(false)
    },
  )

  it('sets exactly the budgets that it names', () => {
    expect(valueOf(withLimits('budgets: { weekly: 5 }').limits).budgets.map(({ id }) => id)).toEqual([
      'weekly',
    ])
  })

  it('names scoped budgets by their name, or by their scope', () => {
    const text = `budgets:
  scoped:
    - { name: opus, model: "claude-opus-*", daily: 4.00, monthly: 40 }
    - { project: my-app, weekly: 20.00, action: block }
    - { project: 2024, tool: codex, per_session: 1 }
`
    expect(valueOf(withLimits(text).limits).budgets).toMatchObject([
      { id: 'opus/daily', name: 'opus', kind: 'daily', scope: { model: 'claude-opus-*' }, action: 'warn' },
      { id: 'opus/monthly', kind: 'monthly' },
      { id: 'project=my-app/weekly', name: 'project=my-app', scope: { project: 'my-app' }, action: 'block' },
      { id: 'project=2024,tool=codex/per_session', scope: { project: '2024', tool: 'codex' } },
    ])
  })

  it('gives each budget its own thresholds and action, else those of alerts', () => {
    const text = `budgets:
  daily: 1
  scoped: [{ model: x, daily: 1, threshold_warning: 0.6, action: pause }]
alerts: { threshold_warning: 0.5, threshold_critical: 0.9, action: block }
`
    expect(valueOf(withLimits(text).limits).budgets).toMatchObject([
      { thresholdWarning: parseShare('0.5'), thresholdCritical: parseShare('0.9'), action: 'block' },
      { thresholdWarning: parseShare('0.6'), thresholdCritical: parseShare('0.9'), action: 'pause' },
    ])
  })

  it('reads every other key', () => {
    const text = `alerts: { marks: [0.75, 0.5, 0.50], on_unpriced: fail }
notifications: { terminal: false, desktop: false, file: a.log, quiet: "22:00-07:30", webhook: "https://hooks.example.com/x" }
timezone: Europe/Berlin
week_starts_on: Sunday
cost_mode: recorded
ui: { theme: mono }
billing: { plan: max }
collect: [claude-code]
sources: { codex: [/data/codex] }
durability: fsync
`
    expect(valueOf(withLimits(text).limits)).toMatchObject({
      marks: [parseShare('0.5'), parseShare('0.75')],
      onUnpriced: 'fail',
      notifications: {
        terminal: false,
        desktop: false,
        file: 'a.log',
        quiet: { from: 1320, to: 450 },
        webhook: 'https://hooks.example.com/x',
      },
      timezone: 'Europe/Berlin',
      weekStartsOn: 0,
      costMode: 'recorded',
      ui: { theme: 'mono', mouse: true, reducedMotion: false },
      billing: { plan: 'max' },
      collect: ['claude-code'],
      sources: new Map([['codex', { directories: ['/data/codex'], mapping: null }]]),
      durability: 'fsync',
    })
  })

  it('reads where the lines of an unknown tool hold what counts', () => {
    const text = `sources:
  codex: [~/more]
  my-tool:
    paths: ["~/logs/usage", /var/log/usage]
    files: "usage-*.jsonl"
    fields: { timestamp: ts, model: response.model, input_tokens: usage.prompt, cached_tokens: usage.cached,
      output_tokens: usage.completion, session_id: conversation, cost_usd: price, project: repo, id: request_id }
    input_includes_cached: true
  other: { paths: [/data], fields: { cost_usd: choices.0.cost } }
`
    expect(valueOf(withLimits(text).limits).sources).toEqual(
      new Map([
        ['codex', { directories: ['~/more'], mapping: null }],
        [
          'my-tool',
          {
            directories: ['~/logs/usage', '/var/log/usage'],
            mapping: {
              files: 'usage-*.jsonl',
              fields: new Map([
                ['timestamp', ['ts']],
                ['id', ['request_id']],
                ['session_id', ['conversation']],
                ['project', ['repo']],
                ['model', ['response', 'model']],
                ['input_tokens', ['usage', 'prompt']],
                ['cached_tokens', ['usage', 'cached']],
                ['output_tokens', ['usage', 'completion']],
                ['cost_usd', ['price']],
              ]),
              inputIncludesCached: true,
            },
          },
        ],
        [
          'other',
          {
            directories: ['/data'],
            mapping: {
              files: '*.jsonl',
              fields: new Map([['cost_usd', ['choices', '0', 'cost']]]),
              inputIncludesCached: false,
            },
          },
        ],
      ]),
    )
  })

  it('accepts local as a time zone and null for what can be none', () => {
    const text = 'timezone: local\nbilling: { plan: null }\nnotifications: { quiet: null, webhook: null }\n'
    expect(valueOf(withLimits(text).limits)).toMatchObject({ ...DEFAULTS, timezone: 'local' })
  })
})

describe('a broken cost-limits.yaml', () => {
  it.each([
    [
      'budgets:\n  daily: ten',
      '2:10: budgets.daily is "ten", which is not a number — write a number of dollars such as 10.00',
    ],
    ['budgets:\n  daily: $10', '2:10: budgets.daily is "$10", which is not a plain number — write 10'],
    ['budgets:\n  daily: 10,00', '2:10: budgets.daily is "10,00", which is not a plain number — write 10.00'],
    ['budgets:\n  daily: 1_000', '2:10: budgets.daily is "1_000", which is not a plain number — write 1000'],
    [
      'budgets:\n  daily: 0x10',
      '2:10: budgets.daily is "0x10", which is not a number — write a number of dollars such as 10.00',
    ],
    [
      'budgets:\n  daily: .inf',
      '2:10: budgets.daily is ".inf", which is not a number — write a number of dollars such as 10.00',
    ],
    [
      'budgets:\n  daily: .nan',
      '2:10: budgets.daily is ".nan", which is not a number — write a number of dollars such as 10.00',
    ],
    [
      'budgets:\n  daily: -1',
      '2:10: budgets.daily is "-1", which is negative — write a number of dollars of 0 or more',
    ],
    ['budgets:\n  daily: true', '2:10: budgets.daily is "true" — write a number of dollars such as 10.00'],
    ['budgets:\n  daily: [1]', '2:10: budgets.daily is a list — write a number of dollars such as 10.00'],
    [
      'budgets:\n  daily: 1e400',
      '2:10: budgets.daily is "1e400", more than a trillion dollars — write a number of dollars such as 10.00',
    ],
    [
      'budgets:\n  daily:\n',
      '2:9: budgets.daily has no value — write a number of dollars such as 10.00, or remove the key',
    ],
    ['budgets: 10', '1:10: budgets is "10" — write keys with values below it, such as `daily: …`'],
    ['- daily: 10', '1:1: the file is a list — write keys with values below it, such as `budgets: …`'],
    [
      'alerts:\n  threshold_warning: 80',
      '2:22: alerts.threshold_warning is "80" — write a share of the limit above 0 and at most 1 (did you mean 0.80?)',
    ],
    [
      'alerts:\n  threshold_warning: 0',
      '2:22: alerts.threshold_warning is "0" — write a share of the limit above 0 and at most 1',
    ],
    [
      'alerts:\n  threshold_warning: 0.95\n  threshold_critical: 0.80',
      '3:23: threshold_warning 0.95 must be below threshold_critical 0.80 — write a threshold_warning that is smaller, such as 0.80 with 0.95',
    ],
    [
      'alerts:\n  threshold_warning: 0.95',
      '2:22: threshold_warning 0.95 must be below threshold_critical 0.95 — write a threshold_warning that is smaller, such as 0.80 with 0.95',
    ],
    [
      'alerts:\n  marks: [0.5, 2]',
      '2:16: alerts.marks[1] is "2" — write a share of the limit above 0 and at most 1',
    ],
    ['alerts:\n  action: stop', '2:11: alerts.action is "stop" — write one of warn, pause, block'],
    [
      'alerts:\n  action: blok',
      '2:11: alerts.action is "blok" — write one of warn, pause, block (did you mean block?)',
    ],
    [
      'timezone: Europe/Berln',
      '1:11: timezone is "Europe/Berln", which is no time zone — write an IANA name such as Europe/Berlin, or local, or UTC (did you mean Europe/Berlin?)',
    ],
    [
      'timezone: +02:00',
      '1:11: timezone is "+02:00", which is no time zone — write an IANA name such as Europe/Berlin, or local, or UTC',
    ],
    ['week_starts_on: Sun', '1:17: week_starts_on is "Sun" — write a day such as monday or sunday'],
    [
      'notifications: { quiet: 25:00-7:00 }',
      '1:25: notifications.quiet is "25:00-7:00" — write two times of day such as "22:00-07:00", or remove the line',
    ],
    [
      'notifications: { webhook: "http://hooks.example.com" }',
      '1:27: notifications.webhook is "http://hooks.example.com", which does not begin with https:// — write an https:// address of a public host, or remove the line',
    ],
    [
      'notifications: { webhook: "https://169.254.169.254/" }',
      '1:27: notifications.webhook is "https://169.254.169.254/", which does not lead to a public host name — write an https:// address of a public host, or remove the line',
    ],
    ['collect: codex', '1:10: collect is "codex" — write a list of sources such as [claude-code, codex]'],
    [
      'sources: [codex]',
      '1:10: sources is a list — write names of sources with lists of directories, such as `claude-code: [/data/claude]`',
    ],
    [
      'sources:\n  my-tool: ~/logs',
      '2:12: sources.my-tool is "~/logs" — write a list of directories, or a section with `paths:` and `fields:`',
    ],
    ['sources:\n  my-tool: [[a]]', '2:13: sources.my-tool[0] is a list — write the path of a directory'],
    [
      'sources:\n  my-tool: { paths: ~/logs, fields: { cost_usd: price } }',
      '2:21: sources.my-tool.paths is "~/logs" — write a list of directories such as [~/logs/usage]',
    ],
    [
      'sources:\n  my-tool: { fields: { cost_usd: price } }',
      '2:12: sources.my-tool.paths is missing — write a list of directories such as [~/logs/usage]',
    ],
    [
      'sources:\n  my-tool: { paths: [a], field: { cost_usd: price } }',
      '2:12: sources.my-tool.fields is missing — write keys with values below it, such as `timestamp: …`',
      '2:26: unknown key `sources.my-tool.field` — did you mean `fields`?',
    ],
    [
      'sources:\n  my-tool:\n    paths: [a]\n    fields: { imput_tokens: a, cost_usd: b }',
      '4:15: unknown key `sources.my-tool.fields.imput_tokens` — did you mean `input_tokens`?',
    ],
    [
      'sources:\n  my-tool:\n    paths: [a]\n    fields: { model: m, cost_usd: a..b }',
      '4:35: sources.my-tool.fields.cost_usd is "a..b" — write the keys that lead to it in a line, such as usage.prompt',
    ],
    [
      'sources:\n  my-tool:\n    paths: [a]\n    fields: { model: m, timestamp: t }',
      '4:5: these fields say nothing of what was spent — add one of input_tokens, output_tokens, cost_usd, with the keys that lead to it',
    ],
    [
      'sources:\n  my-tool: { paths: [a], fields: { cost_usd: c }, input_includes_cached: maybe }',
      '2:74: sources.my-tool.input_includes_cached is "maybe" — write true or false',
    ],
    [
      'budgets:\n  scoped:\n    - { daily: 1 }',
      '3:7: this scoped budget names no scope — add one of project, model, tool, task_type, task_id, enhancement, project_code, or move it up to `budgets:`',
    ],
    [
      'budgets:\n  scoped:\n    - { model: x }',
      '3:7: this scoped budget sets no limit — add one of daily, weekly, monthly, per_session',
    ],
    [
      'budgets:\n  scoped:\n    - { model: x, name: a/b, daily: 1 }',
      '3:25: budgets.scoped[0].name is "a/b" — write one word without `/`, not starting with `project:`, such as opus',
    ],
    [
      'budgets:\n  scoped:\n    - { name: a, model: x, daily: 1 }\n    - { name: a, model: y, daily: 2 }',
      '4:28: this budget has the same id `a/daily` as the one on line 3 — give one of the two another `name`',
    ],
    [
      'budgets:\n  scoped:\n    - { model: x, daily: 1, threshold_warning: 0.99 }',
      '3:48: threshold_warning 0.99 must be below threshold_critical 0.95 — write a threshold_warning that is smaller, such as 0.80 with 0.95',
    ],
  ])('%j is refused by place, key and value, with the fix', (text, ...expected) => {
    const resolution = withLimits(text)
    expect(sentences(resolution)).toEqual(expected.map((sentence) => `/user/cost-limits.yaml:${sentence}`))
    expect(resolution.limits.kind).toBe('broken')
  })

  it('tells all its problems at once, from top to bottom', () => {
    const text = 'timezone: Mars\nbudgets:\n  weekly: b\n  daily: a\n'
    expect(sentences(withLimits(text)).map((sentence) => sentence.split(' ', 2).join(' '))).toEqual([
      '/user/cost-limits.yaml:1:11: timezone',
      '/user/cost-limits.yaml:3:11: budgets.weekly',
      '/user/cost-limits.yaml:4:10: budgets.daily',
    ])
  })

  it('escapes control characters of keys and values in its sentences', () => {
    const text = 'sources: { "\\e[2J": "\\e]0;x\\a" }'
    expect(sentences(withLimits(text))).toEqual([
      '/user/cost-limits.yaml:1:21: sources.\\u001b[2J is "\\u001b]0;x\\u0007" — write a list of directories, or a section with `paths:` and `fields:`',
    ])
  })

  it('keeps the offending line for the excerpt', () => {
    const { limits } = withLimits('budgets:\r\n  daily: ten # oops\r\n')
    expect(limits).toMatchObject({ kind: 'broken', problems: [{ text: '  daily: ten # oops', column: 10 }] })
  })
})

describe('an unknown key', () => {
  it.each([
    ['budgets:\n  dialy: 1', '2:3: unknown key `budgets.dialy` is ignored — did you mean `daily`?'],
    ['budget:\n  daily: 1', '1:1: unknown key `budget` is ignored — did you mean `budgets`?'],
    [
      'ui: { frobnicate: 1 }',
      '1:7: unknown key `ui.frobnicate` is ignored — remove it; known here: theme, mouse, reduced_motion',
    ],
    [
      'ui:\n  __proto__: { theme: 1 }',
      '2:3: unknown key `ui.__proto__` is ignored — remove it; known here: theme, mouse, reduced_motion',
    ],
    [
      'ui:\n  constructor: 1',
      '2:3: unknown key `ui.constructor` is ignored — remove it; known here: theme, mouse, reduced_motion',
    ],
  ])('in %j is a notice, and the rest holds', (text, sentence) => {
    const resolution = withLimits(text)
    expect(sentences(resolution)).toEqual([`/user/cost-limits.yaml:${sentence}`])
    expect(resolution.limits.kind).toBe('ok')
  })

  it.each([
    ['{ proyect: x, daily: 1 }', '3:9: unknown key `budgets.scoped[0].proyect` — did you mean `project`?'],
    ['{ tol: x, model: y, daily: 1 }', '3:9: unknown key `budgets.scoped[0].tol` — did you mean `tool`?'],
    [
      '{ model: y, Project: x, daily: 1 }',
      '3:19: unknown key `budgets.scoped[0].Project` — did you mean `project`?',
    ],
    [
      '{ model: y, daily: 1, weakly: 2 }',
      '3:29: unknown key `budgets.scoped[0].weakly` — did you mean `weekly`?',
    ],
    [
      '{ model: y, team: x, daily: 1 }',
      '3:19: unknown key `budgets.scoped[0].team` — remove it; known here: name, project, model, tool, task_type, task_id, enhancement, project_code, daily, weekly, monthly, per_session, threshold_warning, threshold_critical, action',
    ],
    [
      '{ __proto__: x, model: y, daily: 1 }',
      '3:9: unknown key `budgets.scoped[0].__proto__` — remove it; known',
    ],
  ])('of a scoped budget, which would mean something else without it, is refused: %s', (item, sentence) => {
    const resolution = withLimits(`budgets:\n  scoped:\n    - ${item}\n`)
    expect(sentences(resolution)).toEqual([expect.stringContaining(`/user/cost-limits.yaml:${sentence}`)])
    expect(resolution.limits.kind).toBe('broken')
  })

  it('of a scoped budget is told together with everything else, from top to bottom', () => {
    const text = 'ui: { them: mono }\nbudgets:\n  scoped: [{ tol: x, daily: 1 }, { modle: y, daily: ten }]\n'
    expect(sentences(withLimits(text)).map((sentence) => sentence.split(' — ')[0])).toEqual([
      '/user/cost-limits.yaml:3:14: unknown key `budgets.scoped[0].tol`',
      '/user/cost-limits.yaml:3:36: unknown key `budgets.scoped[1].modle`',
      '/user/cost-limits.yaml:3:53: budgets.scoped[1].daily is "ten", which is not a number',
      '/user/cost-limits.yaml:1:7: unknown key `ui.them` is ignored',
    ])
  })

  it('of scoped budgets is told for the first twenty problems only', () => {
    const text = `budgets:\n  scoped:\n${'    - { tol: x, daily: ten }\n'.repeat(1000)}`
    expect(problemsOf(withLimits(text))).toHaveLength(20)
  })

  it('cannot reach the prototype of anything', () => {
    withLimits(
      '__proto__: { polluted: yes }\nui: { __proto__: { polluted: yes } }\nsources: { __proto__: [a] }\n',
    )
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('does not hide the values beside it', () => {
    expect(limitOf('budgets:\n  dialy: 1\n  daily: 2\n')).toBe(parseMoney('2'))
  })

  it('is told for the first twenty only', () => {
    const text = Array.from({ length: 1000 }, (_, index) => `key${index}: 1`).join('\n')
    expect(withLimits(text).notices).toHaveLength(20)
  })
})

describe('the webhook of the environment', () => {
  const limits = { 'cost-limits.yaml': 'notifications: { webhook: "https://file.example.com/" }' }
  it.each([
    ['https://env.example.com/', 'https://env.example.com/', 0],
    ['', 'https://file.example.com/', 0],
    [undefined, 'https://file.example.com/', 0],
    ['http://env.example.com/', 'https://file.example.com/', 1],
    ['https://localhost/', 'https://file.example.com/', 1],
    ['nonsense', 'https://file.example.com/', 1],
  ])('%j gives %s', (webhook, expected, notices) => {
    const resolution = resolved({ user: limits }, { environment: { webhook } })
    expect(valueOf(resolution.limits).notifications.webhook).toBe(expected)
    expect(resolution.notices).toHaveLength(notices)
  })

  it('is named as the origin, and never quoted when it is refused', () => {
    const good = resolved({ user: limits }, { environment: { webhook: 'https://env.example.com/secret' } })
    expect(good.origins.get('notifications.webhook')).toEqual({
      kind: 'environment',
      variable: 'AI_COSTS_WEBHOOK',
    })
    const bad = resolved({}, { environment: { webhook: 'http://env.example.com/secret' } })
    expect(sentences(bad)).toEqual([
      'AI_COSTS_WEBHOOK:1:1: the environment variable AI_COSTS_WEBHOOK is ignored: it does not begin with https:// — set it to an https:// address of a public host, or unset it',
    ])
  })
})
