import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fromJSONSchema } from 'zod'

import { SETTINGS_FILES, type SettingsFile } from '../../src/settings/problem.ts'
import { settingsForRoute } from '../../src/settings/resolution.ts'
import { resolved, sentences, valueOf, withLimits, withPrices } from './resolving.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const read = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8')
const example = (name: SettingsFile) => read(`.ai-config.example/${name}`)
/** A key of a settings file, or what belongs to the list below one; the examples' prose is neither. */
const COMMENTED = /^( *)# (?=(scoped|webhook|guardian|cost_mode|collect|sources|durability|prices):| {2})/gm
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

  it('price no model, and with their comments switched on those that they show', () => {
    expect(valueOf(withPrices(example('prices.yaml')).prices)).toEqual([])
    const resolution = withPrices(uncommented('prices.yaml'))
    expect(sentences(resolution)).toEqual([])
    expect(valueOf(resolution.prices).map(({ block }) => block.model)).toEqual([
      'acme-1',
      'qwen3-coder-local',
    ])
  })

  it('set the global budgets, and with their comments switched on the scoped ones that they promise', () => {
    const global = ['daily', 'weekly', 'monthly', 'per_session']
    expect(ids(example('cost-limits.yaml'))).toEqual(global)
    expect(ids(uncommented('cost-limits.yaml'))).toEqual([...global, 'opus/daily', 'project=my-app/weekly'])
  })

  it('hold with every commented key of a trusted layer switched on', () => {
    const resolution = withLimits(uncommented('cost-limits.yaml'))
    expect(sentences(resolution)).toEqual([])
    expect(valueOf(resolution.limits)).toMatchObject({
      costMode: 'auto',
      collect: ['claude-code', 'codex'],
      durability: 'fsync',
    })
    expect([...resolution.origins.keys()]).toEqual(
      expect.arrayContaining(['cost_mode', 'collect', 'sources', 'durability', 'notifications.webhook']),
    )
  })

  it.each(SETTINGS_FILES)('%s names its schema in the package', (name) => {
    const [line = ''] = example(name).split('\n', 1)
    expect(line).toBe(`# yaml-language-server: $schema=../config/${name.replace('.yaml', '.schema.json')}`)
  })

  it.each(SETTINGS_FILES)(
    '%s passes the schema that editors use, also with its comments switched on',
    (name) => {
      for (const text of [example(name), uncommented(name)]) {
        // A file of comments only is nothing to an editor.
        expect(schemaOf(name).safeParse(parse(text) ?? {}).error?.issues ?? []).toEqual([])
      }
    },
  )

  it('come with a billing.json that is JSON and names its schema in the package', () => {
    expect(JSON.parse(read('.ai-config.example/billing.json'))).toMatchObject({
      $schema: '../config/billing.schema.json',
      version: 1,
    })
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

/** An example with every line switched on that only a `#` keeps from being YAML. */
function uncommented(name: SettingsFile): string {
  return example(name).replace(COMMENTED, '$1')
}

/** The budgets that a `cost-limits.yaml` sets, by id. */
function ids(limits: string): string[] {
  return valueOf(withLimits(limits).limits).budgets.map(({ id }) => id)
}
