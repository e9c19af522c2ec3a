// Writes config/prices.json from the offline data of @pydantic/genai-prices and the reviewed table beside this file.
//
//   node test/tools/prices.mjs           write it
//   node test/tools/prices.mjs --check   exit 1 when the committed file differs

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findProvider } from '@pydantic/genai-prices'
import { ADDED, ALIASES, BLOCKS, REFUSED_ALIASES, REVIEWED, SELECTED, SOURCES } from './prices-reviewed.mjs'

const PACKAGE = new URL('../../node_modules/@pydantic/genai-prices/package.json', import.meta.url)
const FILE = fileURLToPath(new URL('../../config/prices.json', import.meta.url))

/** The order of keys in a block; a key that is not here stops the script. */
const KEYS = [
  'model',
  'aliases',
  'from',
  'input',
  'output',
  'cache_read',
  'cache_write',
  'cache_write_1h',
  'long_context',
  'batch',
  'priority',
  'fast',
  'region',
  'web_search',
  'source',
]

/** Rates by the package's names, in dollars per million tokens. */
const RATES = {
  input: 'input_mtok',
  output: 'output_mtok',
  cache_read: 'cache_read_mtok',
  cache_write: 'cache_write_mtok',
  cache_write_1h: 'cache_write_1h_mtok',
}

const text = render(allBlocks())
if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== text) {
    console.error(
      'config/prices.json is not what its sources say: run node test/tools/prices.mjs and review the change.',
    )
    process.exit(1)
  }
} else {
  writeFileSync(FILE, text)
}

function allBlocks() {
  const replaced = new Set(BLOCKS.map(({ model }) => model))
  const packaged = SELECTED.flatMap(selectedBlocks).filter(({ model }) => !replaced.has(model))
  return [...packaged, ...BLOCKS.flatMap(datedBlocks)]
    .toSorted(byProviderAndModel)
    .map(withAdditions)
    .map(inOrder)
}

/** One block for each date from which the model costs something else; the first carries the aliases. */
function datedBlocks({ series, aliases = [], ...common }) {
  return series.map((rates, n) => Object.assign({ aliases: n === 0 ? aliases : undefined }, common, rates))
}

function selectedBlocks({ provider, source, models, except, rename = (id) => id }) {
  return findProvider({ providerId: provider })
    .models.filter(({ id }) => models.test(id) && !except?.test(id))
    .flatMap((model) => packagedBlocks(model, { provider, source, model: rename(model.id) }))
}

function packagedBlocks({ id, match, prices }, common) {
  const series = (Array.isArray(prices) ? prices : [{ prices }]).map(({ constraint, prices: dated }) => {
    if (constraint !== undefined && constraint.type !== 'start_date') {
      throw new Error(`${id} costs more at some hours: give it a block in prices-reviewed.mjs.`)
    }
    const searches = dated.web_searches_kcount
    return Object.assign(ratesOf(id, dated), {
      from: constraint?.start_date,
      web_search: searches === undefined ? undefined : decimal(id, searches),
    })
  })
  return datedBlocks({ ...common, aliases: aliasesOf({ id, match }, common.model), series })
}

function ratesOf(id, prices) {
  const rates = {}
  const tier = {}
  for (const [key, packaged] of Object.entries(RATES)) {
    const price = prices[packaged]
    if (price === undefined) continue
    rates[key] = decimal(id, price.base ?? price)
    if (price.tiers === undefined) continue
    if (price.tiers.length !== 1) throw new Error(`${id} has ${price.tiers.length} tiers: a block has one.`)
    const [{ start, price: above }] = price.tiers
    if ((tier.above ??= String(start)) !== String(start)) throw new Error(`${id} has tiers that start apart.`)
    tier[key] = decimal(id, above)
  }
  return 'above' in tier ? { ...rates, long_context: tier } : rates
}

/** Exact decimal text, or an error: more than six decimals would be no whole picodollars per token. */
function decimal(id, number) {
  const exact = String(number)
  if (!/^\d+(?:\.\d{1,6})?$/.test(exact)) {
    throw new Error(`${id} costs ${exact}: write it by hand in prices-reviewed.mjs.`)
  }
  return exact
}

/** The package's exact names, less those that src/core/model-id.ts finds without help. */
function aliasesOf({ id, match }, name) {
  if (id.startsWith('regional.')) return bedrockAliases(name)
  const known = new Set([keyOf(name)])
  return (match.or ?? [match])
    .flatMap((rule) => rule.equals ?? [])
    .filter((alias) => {
      const plain = keyOf(alias).replace(/-20\d\d-?\d\d-?\d\d$/, '')
      if (known.has(plain) || known.has(keyOf(alias)) || REFUSED_ALIASES.test(alias)) return false
      known.add(keyOf(alias))
      return true
    })
}

/** A profile of any place costs the same; only `global.` costs what Anthropic asks, and needs no block. */
function bedrockAliases(name) {
  const plain = name.replace(/^us\./, '')
  return [plain, ...['eu', 'apac', 'au', 'jp', 'us-gov'].map((place) => `${place}.${plain}`)]
}

function keyOf(name) {
  return name.toLowerCase().replaceAll('.', '-')
}

function withAdditions(block) {
  const sources = new Set(block.source.split(' '))
  const keys = { ...block }
  for (const rule of ADDED) {
    if (!rule.models.test(block.model) || ('from' in rule && rule.from !== block.from)) continue
    sources.add(rule.source)
    for (const [name, value] of Object.entries(rule.keys)) {
      keys[name] ??= typeof value === 'function' ? value(block) : value
    }
  }
  const first = block.aliases !== undefined
  const aliases = first
    ? [...new Set([...block.aliases, ...(ALIASES[block.model] ?? []), ...turned(block.model)])]
    : []
  return { ...keys, aliases: aliases.length > 0 ? aliases : undefined, source: [...sources].join(' ') }
}

/** Some tools put the version first: `claude-4.5-sonnet`. */
function turned(model) {
  const match = /^claude-(opus|sonnet|haiku|fable)-(\d+-\d+|[5-9])$/.exec(model)
  return match === null ? [] : [`claude-${match[2]}-${match[1]}`]
}

/** The block as it is written: without what only the order needed. */
function inOrder({ provider, ...block }) {
  const unknown = Object.keys(block).find((name) => !KEYS.includes(name))
  if (unknown !== undefined) throw new Error(`${block.model} of ${provider} has an unknown key ${unknown}.`)
  return Object.fromEntries(
    KEYS.filter((name) => block[name] !== undefined).map((name) => [name, block[name]]),
  )
}

function byProviderAndModel(a, b) {
  return compare(a.provider, b.provider) || compare(a.model, b.model) || compare(a.from ?? '', b.from ?? '')
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}

/** One block a line, so that a changed price is one changed line in a review. */
function render(blocks) {
  const { name, version, license = 'MIT' } = JSON.parse(readFileSync(PACKAGE, 'utf8'))
  const sources = Object.entries(SOURCES).map(
    ([key, url]) => `    ${JSON.stringify(key)}: ${JSON.stringify(url)}`,
  )
  const lines = blocks.map((block) => `    ${JSON.stringify(block)}`)
  return `{
  "version": 1,
  "generated": ${JSON.stringify(REVIEWED)},
  "data": ${JSON.stringify(`${name} ${version} (${license}) and test/tools/prices-reviewed.mjs`)},
  "sources": {
${sources.join(',\n')}
  },
  "prices": [
${lines.join(',\n')}
  ]
}
`
}
