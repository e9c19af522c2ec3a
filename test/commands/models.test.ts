import { beforeEach, describe, expect, it, test } from 'vitest'
import { UsageError } from '../../src/commands/command.ts'
import * as models from '../../src/commands/models.ts'
import { NotDownloaded } from '../../src/system/download.ts'
import { type FakeSystem, PROJECT, UPDATED, fakeSystem } from '../kit/fake-system.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { instant } from '../kit/fold-lines.ts'
import { type Answer, call } from './calling.ts'

const PRICES = '/home/u/.config/ai-costs/prices.yaml'
const OWN_LIMITS = '/home/u/.config/ai-costs/cost-limits.yaml'
const PROJECT_PRICES = `${PROJECT}/.ai-config/prices.yaml`
const ACME = 'prices:\n  - { model: acme-1, aliases: [acme], input: 1.00, output: 4.00 } # mine\n'

let system: FakeSystem

beforeEach(() => {
  system = fakeSystem()
  system.now = instant('2026-11-22T15:00:00Z')
})

const run = (words: string): Promise<Answer> => call(models, words, system)
const refusal = (words: string): Promise<unknown> => run(words).catch((error: unknown) => error)

function changed(changes: Partial<FakeSystem>): FakeSystem {
  return Object.assign(system, changes)
}

/** The price of Claude 3.5 Haiku as of an instant. */
async function haikuAt(now: string): Promise<unknown> {
  return JSON.parse((await run(`list claude-3-5-haiku --now ${now} --json`)).stdout).models[0].input
}

/** An entry of a published table. */
const entry = (input: number, output: number) => ({
  mode: 'chat',
  input_cost_per_token: input,
  output_cost_per_token: output,
})

/** A published table with so many models that it may be believed. */
const table = (entries: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    ...Object.fromEntries(
      Array.from({ length: 100 }, (_, nth) => [`claude-opus-5-2026${1000 + nth}x`, entry(1e-6, 2e-6)]),
    ),
    ...entries,
  })

/** Serves a text to whoever downloads, and notes what was asked for. */
const serving = (text: string): readonly string[] => {
  const asked: string[] = []
  changed({
    download: (url) => {
      asked.push(url)
      return Promise.resolve(text)
    },
  })
  return asked
}

describe('models list', () => {
  it('shows every model with what it costs now, and whose price that is', async () => {
    system.texts.set(PRICES, ACME)
    system.texts.set(PROJECT_PRICES, 'prices: [{ model: gap-1, input: 0.50, output: 1 }]\n')
    const { stdout, exitCode } = await run('list')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^acme-1 +\$1\.00 +\$4\.00 .*yours$/m)
    expect(stdout).toMatch(/^gap-1 +\$0\.50 +\$1\.00 .*project$/m)
    expect(stdout).toMatch(/^claude-opus-4-5 +\$5\.00 +\$25\.00 .*shipped$/m)
    expect(stdout.split('\n').every((line) => line.length <= 120)).toBe(true)
  })

  it('is what models says without a word', async () => {
    expect(await run('')).toEqual(await run('list'))
  })

  test.each([
    ['list opus-4-5', ['claude-opus-4-5', 'us.anthropic.claude-opus-4-5']],
    ['list OPUS-4.5 --provider anthropic', ['claude-opus-4-5']],
    ['list deepseek-v4 --provider deepseek', ['deepseek-v4-flash', 'deepseek-v4-pro']],
  ])('%s', async (words, names) => {
    const { stdout } = await run(`${words} --json`)
    expect(JSON.parse(stdout).models.map(({ model }: { model: string }) => model)).toEqual(names)
  })

  it('shows the prices as of --now', async () => {
    expect([await haikuAt('2024-12-02'), await haikuAt('2024-12-03')]).toEqual([1, 0.8])
  })

  it('names a price that is still to come', async () => {
    system.texts.set(PRICES, 'prices: [{ model: acme-2, from: 2027-01-01, input: 1, output: 2 }]\n')
    changed({ terminal: { ...system.terminal, page: () => ({ columns: 160, ascii: false }) } })
    expect((await run('list acme')).stdout).toContain('from 2027-01-01')
  })

  it('refuses a provider that nobody knows and names those there are', async () => {
    expect(String(await refusal('list --provider antropic'))).toContain('anthropic, bedrock')
  })

  it('cannot tell with broken settings', async () => {
    system.texts.set(PRICES, 'prices: [{ model: x }]\n')
    expect(await run('list')).toMatchObject({ stdout: '', exitCode: 3 })
  })
})

describe('models show', () => {
  it('says how a name led to the price, what it was and what it is', async () => {
    const { stdout } = await run('show anthropic/claude-opus-4-6-20260205')
    expect(stdout).toContain(
      'by the name claude-opus-4-6, without anthropic/ in front of it and -20260205 behind it',
    )
    expect(stdout).toContain('batch ×0.5, fast ×6, us ×1.1')
    expect(stdout).toContain('Web search: $10.00 per thousand')
    expect(stdout).toMatch(/always +\$5\.00 in.*long context above 200,000\n/)
    expect(stdout).toMatch(/2026-03-13 +\$5\.00 in, \$25\.00 out, \$0\.50 read {2}\(now\)/)
    expect(stdout).not.toContain('all tokens cost')
  })

  it('shows the tier of the day that was asked for', async () => {
    const { stdout } = await run('show claude-opus-4-6 --now 2026-03-12')
    expect(stdout).toContain('Of a request with more than 200,000 tokens')
    expect(stdout).toContain('$37.50')
  })

  it('finds a user’s price by its alias and names its line', async () => {
    system.texts.set(PRICES, ACME)
    const { stdout } = await run('show acme --json')
    expect(JSON.parse(stdout)).toMatchObject({
      priced_as: 'acme-1',
      layer: 'yours',
      source: `${PRICES}:2`,
      match: { kind: 'alias', name: 'acme' },
      input: 1,
      history: [{ from: null, input: 1 }],
    })
  })

  it('refuses a model without a price and says what was meant', async () => {
    expect(String(await refusal('show claude-sonet-5'))).toContain('did you mean claude-sonnet-5?')
    expect(String(await refusal('show nobody-knows'))).toContain('add to prices.yaml')
  })
})

describe('models set-default', () => {
  it('writes one line and leaves every other as it was', async () => {
    system.texts.set(OWN_LIMITS, 'budgets: # mine\n  daily: 10.00\n\n\n# end\n')
    const { stdout, exitCode } = await run('set-default claude-sonnet-5')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('default model: claude-sonnet-5\n')
    expect(system.texts.get(OWN_LIMITS)).toBe(
      'budgets: # mine\n  daily: 10.00\n\n\n# end\ndefault_model: claude-sonnet-5\n',
    )
    expect(system.texts.get(`${OWN_LIMITS}.bak`)).toBe('budgets: # mine\n  daily: 10.00\n\n\n# end\n')
    expect((await run('list sonnet-5')).stdout).toContain('claude-sonnet-5 (default)')
    expect((await run('set-default claude-sonnet-5')).stdout).toContain('already')
  })

  it('says what it was before, and with --dry-run writes nothing', async () => {
    system.texts.set(OWN_LIMITS, 'default_model: claude-opus-5 # why\n')
    expect((await run('set-default claude-sonnet-5 --dry-run')).stdout).toContain(', was claude-opus-5')
    expect(system.texts.get(OWN_LIMITS)).toBe('default_model: claude-opus-5 # why\n')
  })

  it('does not begin a file that would end the built-in limits', async () => {
    expect(await run('set-default claude-sonnet-5')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('ai-costs init --config /home/u/.config/ai-costs'),
    })
    expect(system.texts.has(OWN_LIMITS)).toBe(false)
  })

  it('refuses a symbolic link, and a model without a price', async () => {
    system.texts.set(OWN_LIMITS, 'timezone: UTC\n')
    expect(await refusal('set-default nobody-knows')).toBeInstanceOf(UsageError)
    system.links.add(OWN_LIMITS)
    expect(await run('set-default claude-sonnet-5')).toMatchObject({ exitCode: 1 })
    expect(system.texts.get(OWN_LIMITS)).toBe('timezone: UTC\n')
  })

  it('writes into the directory of --config', async () => {
    system.texts.set('/ci/cost-limits.yaml', 'timezone: UTC\n')
    await run('set-default claude-sonnet-5 --config /ci')
    expect(system.texts.get('/ci/cost-limits.yaml')).toContain('default_model: claude-sonnet-5')
  })
})

describe('models add', () => {
  it('adds a price that holds from then on, whatever else the file says', async () => {
    system.texts.set(PRICES, ACME)
    const { stdout } = await run(
      'add acme-2 --input 2.50 --output 10 --cache-read 0.25 --from 2026-01-01 --alias a2,a-2',
    )
    expect(stdout).toContain('acme-2: $2.50 in, $10 out per million from 2026-01-01')
    expect(system.texts.get(PRICES)).toBe(
      `${ACME}  - { model: acme-2, aliases: [ a2, a-2 ], from: 2026-01-01, input: 2.50, output: 10, cache_read: 0.25 }\n`,
    )
    expect(JSON.parse((await run('show a2 --json')).stdout)).toMatchObject({ input: 2.5, cache_read: 0.25 })
  })

  it('says whose price it takes the place of', async () => {
    expect((await run('add claude-opus-5 --input 4 --output 20')).stdout).toContain(
      'instead of the price of shipped',
    )
    expect((await run('show claude-opus-5-20260101')).stdout).toContain('your prices.yaml')
  })

  it.each([
    ['no price', 'add acme-3 --input 1', 'needs --input USD and --output USD'],
    ['a negative one', 'add acme-3 --input=-1 --output 1', '--input is "-1"'],
    ['too many decimals', 'add acme-3 --input 1.0000001 --output 1', 'at most six decimals'],
  ])('refuses %s', async (_, words, message) => {
    expect(String(await refusal(words))).toContain(message)
    expect(system.texts.has(PRICES)).toBe(false)
  })

  it.each([
    ['a second price from the same day', 'add acme-1 --input 1 --output 2', 'there are two prices of acme-1'],
    ['a date that is none', 'add acme-3 --input 1 --output 2 --from soon', 'prices[1].from is "soon"'],
    ['a name that a shell would read', 'add $(x) --input 1 --output 2', 'prices[1].model is "$(x)"'],
  ])('refuses %s by the rules of the file', async (_, words, message) => {
    system.texts.set(PRICES, ACME)
    const { stderr, exitCode } = await run(words)
    expect([exitCode, system.texts.get(PRICES)]).toEqual([1, ACME])
    expect(stderr).toContain(message)
    expect(stderr).toContain('nothing was saved')
  })
})

describe('models import', () => {
  const SEED = {
    models: [
      {
        id: 'claude-sonnet-4-20250514',
        pattern: 'claude-sonnet-4-.*',
        is_default: true,
        pricing: { input: 3.0, output: 15.0, cache_write: 3.75, cache_read: 0.3 },
      },
      {
        id: 'claude-opus-4-5-20251101',
        pattern: 'claude-opus-4-.*',
        pricing: { input: 15.0, output: 75.0, cache_write: 18.75, cache_read: 1.5 },
      },
      { id: 'house-1', pattern: '^house-1$', pricing: { input: 0.25, output: 1.25 } },
      { id: 'free-of-prices' },
      { pricing: { input: 1, output: 1 } },
    ],
  }
  const FILE = `${PROJECT}/models.json`

  it('takes what nobody prices, and says why it leaves the rest', async () => {
    system.texts.set(FILE, JSON.stringify(SEED))
    const { stdout, stderr, exitCode } = await run(`import ${FILE}`)
    expect(exitCode).toBe(0)
    expect(system.texts.get(PRICES)).toBe('prices:\n  - { model: house-1, input: 0.25, output: 1.25 }\n')
    expect(stdout).toContain('ai-costs models set-default claude-sonnet-4-20250514')
    const warnings = stderr.trimEnd().split('\n')
    expect(warnings).toHaveLength(5)
    expect(stderr).toContain('the pattern claude-opus-4-.* of claude-opus-4-5-20251101 is dropped')
    expect(stderr).toContain(
      'claude-opus-4-5-20251101 is not imported at $15 in, $75 out, because $5 in, $25 out',
    )
    expect(stderr).toContain('free-of-prices has no pricing.input')
    expect(stderr).toContain('models[4] has no id')
  })

  it('changes nothing the second time', async () => {
    system.texts.set(FILE, JSON.stringify(SEED))
    await run(`import ${FILE}`)
    const before = system.texts.get(PRICES)
    expect((await run(`import ${FILE}`)).stdout).toContain('nothing to import')
    expect(system.texts.get(PRICES)).toBe(before)
  })

  it.each([
    ['that is not there', undefined, 'there is no file'],
    ['that is no JSON', 'models:', 'is no JSON'],
    ['without models', '[]', 'has no list "models"'],
  ])('refuses a file %s', async (_, text, message) => {
    if (text !== undefined) system.texts.set(FILE, text)
    expect(String(await refusal(`import ${FILE}`))).toContain(message)
  })
})

describe('models update', () => {
  it('asks the published table, shows every change and writes it beside the settings', async () => {
    const asked = serving(
      table({ 'claude-sonnet-5': entry(1.5e-6, 1e-5), 'claude-opus-5': entry(5e-6, 2.5e-5) }),
    )
    const { stdout, exitCode } = await run('update')
    expect(asked).toEqual([
      expect.stringMatching(/^https:\/\/raw\.githubusercontent\.com\/BerriAI\/litellm\//),
    ])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(
      'changed  claude-sonnet-5: $2/$10/$0.2/$2.5/$4 to $1.5/$10/$0.2/$2.5/$4 from 2026-11-22',
    )
    expect(stdout).toContain('1 changed, 100 new, 1 as known')
    expect(stdout).toContain(`wrote ${UPDATED}: remove it to undo every update`)
    const shown = JSON.parse((await run('show claude-sonnet-5 --json')).stdout)
    expect(shown).toMatchObject({ layer: 'updated', input: 1.5, from: '2026-11-22T00:00:00Z' })
    expect(JSON.parse((await run('show claude-sonnet-5 --now 2026-11-21 --json')).stdout)).toMatchObject({
      input: 2,
    })
  })

  it('never changes what the user’s own price says', async () => {
    system.texts.set(PRICES, 'prices: [{ model: claude-sonnet-5, input: 9, output: 9 }]\n')
    serving(table({ 'claude-sonnet-5': entry(1.5e-6, 1e-5) }))
    await run('update')
    expect(JSON.parse((await run('show claude-sonnet-5 --json')).stdout)).toMatchObject({
      layer: 'yours',
      input: 9,
    })
  })

  it('has nothing to do the second time, and is undone by removing its file', async () => {
    serving(table({ 'claude-sonnet-5': entry(1.5e-6, 1e-5) }))
    await run('update')
    expect((await run('update')).stdout).toContain('nothing to update: 0 changed, 0 new, 101 as known')
    system.texts.delete(UPDATED)
    expect(JSON.parse((await run('show claude-sonnet-5 --json')).stdout)).toMatchObject({
      layer: 'shipped',
      input: 2,
    })
  })

  it('writes nothing with --dry-run', async () => {
    serving(table({}))
    expect((await run('update --dry-run')).stdout).toContain('nothing was written')
    expect(system.texts.has(UPDATED)).toBe(false)
  })

  it('reads a file instead, without the network', async () => {
    const asked = serving('')
    system.texts.set('/tmp/table.json', table({}))
    expect((await run('update --from /tmp/table.json')).exitCode).toBe(0)
    expect(asked).toEqual([])
    expect(String(await refusal('update --from /tmp/none.json'))).toContain('there is no file')
  })

  it.each([
    ['an unbelievable price', table({ 'claude-sonnet-5': entry(2e-3, 1e-2) }), 'claude-sonnet-5 at $2000 in'],
    ['a fragment', JSON.stringify({ a: entry(1e-6, 1e-6) }), 'only 1 models'],
  ])('does not believe %s', async (_, text, message) => {
    serving(text)
    const { stderr, exitCode } = await run('update')
    expect([exitCode, system.texts.has(UPDATED)]).toEqual([1, false])
    expect(stderr).toContain(message)
  })

  it.each([
    ['an error page', '<html>'],
    ['a list', '[]'],
  ])('refuses %s', async (_, text) => {
    serving(text)
    expect(await refusal('update')).toBeInstanceOf(UsageError)
  })

  it('says when nothing could be fetched', async () => {
    changed({
      download: () => Promise.reject(new NotDownloaded('https://x did not answer: try again later')),
    })
    expect(await run('update')).toMatchObject({
      exitCode: 1,
      stderr: 'ai-costs: https://x did not answer: try again later\n',
    })
  })

  it('names a file of updates that somebody broke', async () => {
    system.texts.set(UPDATED, '{')
    await expect(run('list')).rejects.toThrow('no price table of version 1')
  })
})

describe('models', () => {
  it.each([
    [
      'a verb that is none',
      'opus',
      'use one of list, show, set-default, add, update, import, or: models list opus',
    ],
    ['a verb of every object', 'constructor', 'there is no "models constructor"'],
    ['an option of another verb', 'list --input 1', 'models list takes no --input'],
    ['a write as of another day', 'update --now 2025-01-01', 'models update takes no --now'],
    ['a missing model', 'show', 'models show needs a MODEL'],
    ['a word too many', 'update now', 'models update takes no now'],
  ])('refuses %s', async (_, words, message) => {
    const error = await refusal(words)
    expect(error).toBeInstanceOf(UsageError)
    expect(String(error)).toContain(message)
  })

  it('prints nothing that acts on a terminal', async () => {
    system.texts.set(
      '/x',
      JSON.stringify({ models: [{ id: 'a\u001b[2J', pattern: '\u202e', pricing: { input: 1, output: 1 } }] }),
    )
    const { stdout, stderr } = await run('import /x')
    expect(stdout + stderr).not.toMatch(ACTS_ON_A_TERMINAL)
  })
})
