import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fromJSONSchema } from 'zod'

import { SETTINGS_FILES, type SettingsFile } from '../../src/settings/problem.ts'
import { settingsForRoute } from '../../src/settings/resolution.ts'
import { resolved, sentences, valueOf } from './resolving.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const read = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8')
const example = (name: SettingsFile) => read(`.ai-config.example/${name}`)
const schemaOf = (name: SettingsFile) =>
  fromJSONSchema(JSON.parse(read(`config/${name.replace('.yaml', '.schema.json')}`)))

describe('the example settings', () => {
  const files = Object.fromEntries(SETTINGS_FILES.map((name) => [name, example(name)]))

  it('hold in every layer, without a word to say', () => {
    for (const trust of ['user', 'project', 'explicit'] as const) {
      const resolution = resolved({ [trust]: files })
      expect(sentences(resolution)).toEqual([])
      expect(settingsForRoute(resolution).kind).toBe('ok')
    }
  })

  it('set the global budgets, and with their comments switched on the scoped ones that they promise', () => {
    const limits = example('cost-limits.yaml')
    const global = ['daily', 'weekly', 'monthly', 'per_session']
    expect(ids(limits)).toEqual(global)
    const scoped = limits.replace(/^ {2}# (scoped:| {2}[#-])/gm, '  $1')
    expect(ids(scoped)).toEqual([...global, 'opus/daily', 'project=my-app/weekly'])
  })

  it('hold with every commented key of a trusted layer switched on', () => {
    const limits = example('cost-limits.yaml').replace(
      /^( *)# (webhook|collect|sources|durability):/gm,
      '$1$2:',
    )
    const resolution = resolved({ user: { 'cost-limits.yaml': limits } })
    expect(sentences(resolution)).toEqual([])
    expect(valueOf(resolution.limits)).toMatchObject({
      collect: ['claude-code', 'codex'],
      durability: 'fsync',
    })
  })

  it.each(SETTINGS_FILES)('%s names its schema in the package, from a project’s .ai-config', (name) => {
    const schema = `../node_modules/ai-costs/config/${name.replace('.yaml', '.schema.json')}`
    expect(example(name).split('\n', 1)[0]).toBe(`# yaml-language-server: $schema=${schema}`)
  })

  it.each(SETTINGS_FILES)('%s passes the schema that editors use', (name) => {
    expect(schemaOf(name).safeParse(parse(example(name))).error?.issues ?? []).toEqual([])
  })

  it('come with a billing.json that is JSON', () => {
    expect(JSON.parse(read('.ai-config.example/billing.json'))).toMatchObject({ version: 1 })
  })
})

describe('the schema that editors use', () => {
  it.each([
    ['cost-limits.yaml', 'budgets: { dialy: 1 }'],
    ['cost-limits.yaml', 'budgets: { daily: -1 }'],
    ['cost-limits.yaml', 'budgets: { daily: ten }'],
    ['cost-limits.yaml', 'alerts: { threshold_warning: 80 }'],
    ['cost-limits.yaml', 'alerts: { action: stop }'],
    ['model-router.yaml', 'rules: [{ pattern: x }]'],
    ['model-router.yaml', 'default: "a b"'],
    ['prices.yaml', 'prices: [{ model: a, input: 1 }]'],
  ] as const)('for %s refuses %j, as we do', (name, text) => {
    expect(schemaOf(name).safeParse(parse(text)).success).toBe(false)
    expect(sentences(resolved({ user: { [name]: text } }))).not.toEqual([])
  })
})

/** The budgets that a `cost-limits.yaml` sets, by id. */
function ids(limits: string): string[] {
  const files = { 'cost-limits.yaml': limits }
  return valueOf(resolved({ user: files }).limits).budgets.map(({ id }) => id)
}
