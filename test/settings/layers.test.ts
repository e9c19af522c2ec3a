import { describe, expect, it } from 'vitest'

import { parseMoney, parseShare } from '../../src/core/money.ts'
import { BUILT_IN_RESOLUTION } from '../../src/settings/defaults.ts'
import { problemsOf, settingsForCheck, settingsForRoute } from '../../src/settings/resolution.ts'
import { resolved, sentences, valueOf } from './resolving.ts'

const limits = (text: string) => ({ 'cost-limits.yaml': text })

describe('without any file', () => {
  it('the built-in limits hold, and say so', () => {
    const value = valueOf(resolved({}).limits)
    expect(value.builtInLimits).toBe(true)
    expect(value.budgets.map(({ id, limit }) => [id, limit])).toEqual([
      ['daily', parseMoney('10')],
      ['weekly', parseMoney('50')],
      ['monthly', parseMoney('200')],
      ['per_session', parseMoney('2')],
    ])
    expect([value.thresholdWarning, value.thresholdCritical]).toEqual([parseShare('0.8'), parseShare('0.95')])
  })

  it('is the same as what is known without reading anything', () => {
    expect(resolved({})).toEqual(BUILT_IN_RESOLUTION)
    expect(resolved({ user: {}, project: {} })).toEqual(BUILT_IN_RESOLUTION)
  })

  it('keeps the built-in limits when only a router or prices exist', () => {
    const resolution = resolved({ user: { 'model-router.yaml': 'default: a', 'prices.yaml': '' } })
    expect(valueOf(resolution.limits).builtInLimits).toBe(true)
    expect(resolution.files).toEqual(['/user/model-router.yaml', '/user/prices.yaml'])
  })
})

describe('two layers', () => {
  it('judge the budgets of both; where both name one, the project’s has its own id', () => {
    const resolution = resolved({
      user: limits('budgets:\n  daily: 10\n  scoped: [{ name: opus, model: o, daily: 4 }]\n'),
      project: limits(
        'budgets:\n  weekly: 5\n  daily: 100\n  scoped: [{ name: opus, model: p, daily: 9 }]\n',
      ),
    })
    expect(valueOf(resolution.limits).budgets.map(({ id, name }) => [id, name])).toEqual([
      ['daily', 'daily'],
      ['opus/daily', 'opus'],
      ['project:daily', 'daily'],
      ['weekly', 'weekly'],
      ['project:opus/daily', 'opus'],
    ])
    expect(resolution.origins.get('budgets.project:daily')).toEqual({
      kind: 'file',
      file: '/project/cost-limits.yaml',
      line: 3,
    })
  })

  it('resolve key by key, the project first', () => {
    const resolution = resolved({
      user: limits('alerts: { threshold_warning: 0.5, marks: [0.1] }\ntimezone: UTC\nui: { theme: mono }\n'),
      project: limits('timezone: Asia/Kathmandu\nalerts:\n  threshold_critical: 0.9\n'),
    })
    expect(valueOf(resolution.limits)).toMatchObject({
      thresholdWarning: parseShare('0.5'),
      thresholdCritical: parseShare('0.9'),
      marks: [parseShare('0.1')],
      timezone: 'Asia/Kathmandu',
      ui: { theme: 'mono', mouse: true, reducedMotion: false },
    })
    expect([...resolution.origins]).toEqual([
      ['alerts.threshold_warning', { kind: 'file', file: '/user/cost-limits.yaml', line: 1 }],
      ['alerts.threshold_critical', { kind: 'file', file: '/project/cost-limits.yaml', line: 3 }],
      ['alerts.marks', { kind: 'file', file: '/user/cost-limits.yaml', line: 1 }],
      ['timezone', { kind: 'file', file: '/project/cost-limits.yaml', line: 1 }],
      ['ui.theme', { kind: 'file', file: '/user/cost-limits.yaml', line: 3 }],
    ])
  })

  it('refuse thresholds that only together are wrong, at the last that was written', () => {
    const resolution = resolved({
      user: limits('alerts: { threshold_critical: 0.6 }'),
      project: limits('alerts: { threshold_warning: 0.7 }'),
    })
    expect(sentences(resolution)).toEqual([
      '/project/cost-limits.yaml:1:30: threshold_warning 0.70 must be below threshold_critical 0.60 — write a threshold_warning that is smaller, such as 0.80 with 0.95',
    ])
  })

  it('let one name in the router mean the budgets of both', () => {
    const resolution = resolved({
      user: limits('budgets: { daily: 1 }'),
      project: {
        ...limits('budgets: { daily: 2, weekly: 3 }'),
        'model-router.yaml': 'downgrade: { steps: [] }',
      },
    })
    expect(valueOf(resolution.router)?.downgrade?.budgets).toEqual(['daily', 'project:daily', 'weekly'])
  })

  it('take rules, default and each part of downgrade from the project when it has them', () => {
    const resolution = resolved({
      user: {
        'model-router.yaml':
          'rules: [{ pattern: u, model: u }]\ndefault: u\ndowngrade: { steps: [{ at: 0.5, model: u }], protect: u }',
      },
      project: { 'model-router.yaml': 'default: p\ndowngrade: { protect: p }' },
    })
    expect(valueOf(resolution.router)).toMatchObject({
      rules: [{ model: 'u' }],
      default: 'p',
      downgrade: { steps: [{ model: 'u' }], protect: 'p' },
    })
  })
})

describe('a project is not trusted', () => {
  it.each([
    ['notifications: { webhook: "https://evil.example.com/" }', 'notifications.webhook', 18],
    ['collect: [claude-code]', 'collect', 1],
    ['sources: { codex: [/etc] }', 'sources', 1],
    ['sources: { my-tool: { paths: [/etc], fields: { cost_usd: c } } }', 'sources', 1],
    ['durability: fsync', 'durability', 1],
    ['cost_mode: recorded', 'cost_mode', 1],
  ])('with %s: it is ignored with a notice', (text, key, column) => {
    const resolution = resolved({ project: limits(text) })
    expect(sentences(resolution)).toEqual([
      `/project/cost-limits.yaml:1:${column}: \`${key}\` is ignored: a project may not set it — set it in your own settings, or name this directory with --config if you trust it`,
    ])
    expect({ ...valueOf(resolution.limits), builtInLimits: true }).toEqual({
      ...valueOf(resolved({}).limits),
      budgets: [],
    })
    expect(resolution.origins.size).toBe(0)
  })

  it.each([
    '../../.bashrc',
    '/etc/cron.d/x.log',
    '~/x.log',
    '.ai-costs/../../x.log',
    '.ai-costs/a/../../../x.log',
    '.ai-costs',
    '.ai-costs/',
    '.ai-costs/sessions.jsonl',
    '.ai-costs/state/cache',
    '.ai-costs/.log',
    '.ai-costs//x.log',
    '.ai-costs\\..\\x.log',
    '.ai-costs/..\\x.log',
    '.ai-costs/x:y.log',
    '.ai-costs-evil/x.log',
    'C:\\x.log',
  ])('to log to %j', (file) => {
    const resolution = resolved({ project: limits(`notifications: { file: '${file}' }`) })
    expect(valueOf(resolution.limits).notifications.file).toBe('.ai-costs/alerts.log')
    expect(resolution.notices).toHaveLength(1)
  })

  it.each(['.ai-costs/alerts.log', './.ai-costs/mine.log', '.ai-costs/logs/a b.log'])(
    'but may log to %j',
    (file) => {
      const resolution = resolved({ project: limits(`notifications: { file: '${file}' }`) })
      expect(valueOf(resolution.limits).notifications.file).toBe(file)
      expect(resolution.notices).toEqual([])
    },
  )

  it.each([
    ['warn', 'block', 'block', 0],
    ['block', 'warn', 'block', 1],
    ['pause', 'pause', 'pause', 0],
    ['warn', 'pause', 'pause', 0],
  ])('to loosen the user’s action: %s, then %s, gives %s', (user, project, action, notices) => {
    const resolution = resolved({
      user: limits(`alerts: { action: ${user} }`),
      project: limits(`alerts: { action: ${project} }`),
    })
    expect(valueOf(resolution.limits).action).toBe(action)
    expect(resolution.notices).toHaveLength(notices)
  })

  it('to loosen the user’s on_unpriced, and hears why', () => {
    const resolution = resolved({
      user: limits('alerts: { on_unpriced: fail }'),
      project: limits('alerts: { on_unpriced: ignore }'),
    })
    expect(sentences(resolution)).toEqual([
      '/project/cost-limits.yaml:1:11: `alerts.on_unpriced` is ignored: a project may not loosen your `fail` to `ignore` — remove it from the project, or change your own settings',
    ])
  })

  it('unless the user names its directory', () => {
    const text = `collect: [codex]\ndurability: fsync\ncost_mode: recorded\nsources: { codex: [/data] }
notifications: { webhook: "https://hooks.example.com/", file: /var/log/a.log }`
    for (const trust of ['user', 'explicit'] as const) {
      const resolution = resolved({ [trust]: limits(text) })
      expect(resolution.notices).toEqual([])
      expect(valueOf(resolution.limits)).toMatchObject({
        collect: ['codex'],
        durability: 'fsync',
        costMode: 'recorded',
        sources: new Map([['codex', { directories: ['/data'], mapping: null }]]),
        notifications: { webhook: 'https://hooks.example.com/', file: '/var/log/a.log' },
      })
    }
  })
})

describe('a broken file', () => {
  const broken = {
    limits: resolved({ user: limits('budgets: {'), project: limits('budgets: { daily: 1 }') }),
    router: resolved({ user: { 'model-router.yaml': 'rules: x' } }),
    prices: resolved({ user: { 'prices.yaml': 'prices: x' } }),
  }

  it.each([
    ['limits', 'broken', 'broken'],
    ['prices', 'broken', 'broken'],
    ['router', 'ok', 'broken'],
  ] as const)('among %s leaves check %s and route %s', (part, check, route) => {
    expect(settingsForCheck(broken[part]).kind).toBe(check)
    expect(settingsForRoute(broken[part]).kind).toBe(route)
    expect(problemsOf(broken[part])).toHaveLength(1)
    expect(settingsForRoute(broken[part])).toEqual({ kind: 'broken', problems: problemsOf(broken[part]) })
  })

  it('is never replaced by defaults nor by the other layer', () => {
    expect(broken.limits.limits).not.toHaveProperty('value')
  })

  it('is all there is to say when everything else is whole', () => {
    const whole = resolved({ user: limits('budgets: { daily: 1 }') })
    expect(settingsForRoute(whole)).toEqual({
      kind: 'ok',
      value: { ...valueOf(whole.limits), router: null, prices: [] },
    })
    expect(valueOf(settingsForCheck(whole))).toEqual({ ...valueOf(whole.limits), prices: [] })
  })
})
