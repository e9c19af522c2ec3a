import { publishedPrices } from '../core/litellm-prices.ts'
import { perMillionText } from '../core/price-text.ts'
import { priceTable } from '../core/price-table.ts'
import { type PriceChange, type PriceUpdate, comparePrices } from '../core/price-update.ts'
import type { Price } from '../core/price.ts'
import { EXIT, type Result } from '../core/result.ts'
import { formatInstant } from '../core/timestamp.ts'
import { parseUpdatedPrices, updatedPricesText } from '../core/updated-prices.ts'
import { updatedPricesFile } from '../system/environment.ts'
import { type Invocation, UsageError, hasFlag, valueOf } from './command.ts'
import { type ModelsSystem, type OpenCatalog, withCatalog } from './models-catalog.ts'
import { notSaved, orNotSaved, said, withWarnings } from './models-edit.ts'

/** The table that most tools of the field read: https://github.com/BerriAI/litellm, MIT. */
const PUBLISHED =
  'https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json'

const LIMITS = { timeoutMs: 10_000, maxBytes: 5 << 20 } as const
const MAX_UPDATED_BYTES = 8 << 20

/**
 * `models update`: fetches a published table, says what it would change, and writes that beside the user's settings,
 * where it counts behind the user's own prices. Removing that one file undoes it. Throws `UsageError`.
 */
export function updateModels(invocation: Invocation, system: ModelsSystem): Promise<Result> {
  return withCatalog(
    invocation,
    system,
    (open) =>
      orNotSaved(async () => {
        const from = valueOf(invocation, 'from') ?? PUBLISHED
        const published = publishedPrices(parsed(await textOf(from, system), from))
        if (published === null)
          throw new UsageError(`${from} is no price table: name LiteLLM's, as address or file`)
        const update = comparePrices(published.blocks, knownPrices(open), open.now)
        if (update.faults.length > 0) {
          return notSaved(
            update.faults
              .slice(0, MOST_SHOWN)
              .map((fault) => `${from} is not believed, nothing was saved: ${fault}`),
          )
        }
        return write(update, from, open, invocation, system)
      }),
    EXIT.notSaved,
  )
}

/** Longer lists are cut where they are remarks; changes are shown whole. */
const MOST_SHOWN = 10

async function textOf(from: string, { download, files }: ModelsSystem): Promise<string> {
  if (/^https?:\/\//i.test(from)) {
    if (!URL.canParse(from)) throw new UsageError(`${from} is no address: write one such as ${PUBLISHED}`)
    return download(from, LIMITS)
  }
  const text = files.readText(from, LIMITS.maxBytes, 'follow')
  if (text === undefined) throw new UsageError(`there is no file ${from}: name a file, or an https address`)
  return text
}

function parsed(text: string, from: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`${from} is no JSON: name a price table`)
  }
}

/** Without the user's own prices, which win over an update and so are not changed by one. */
function knownPrices({ catalog: { layers } }: OpenCatalog) {
  return priceTable([], layers.shipped, [], layers.updated)
}

function write(
  { changes, same, tiersLeft }: PriceUpdate,
  from: string,
  { now }: OpenCatalog,
  invocation: Invocation,
  { environment, files, replaceFile }: ModelsSystem,
): Result {
  const added = changes.filter(({ before }) => before === null)
  const changed = changes.filter(({ before }) => before !== null)
  // A first update adds many: what matters most stands last, where the eye is.
  const lines = [...added, ...changed].map(changeText)
  const summary = `${changed.length} changed, ${added.length} new, ${same} as known`
  const left = tiersLeft.map(tierText)
  if (changes.length === 0) return withWarnings(said([`nothing to update: ${summary}`]), left)
  const path = updatedPricesFile(environment)
  if (hasFlag(invocation, 'dry-run')) {
    const written = `nothing was written: leave out --dry-run to write ${path}`
    return withWarnings(said([...lines, summary, written]), left)
  }
  const before = files.readText(path, MAX_UPDATED_BYTES, 'follow')
  const text = updatedPricesText(
    before,
    changes.map(({ block }) => block),
    from,
    formatInstant(now),
  )
  parseUpdatedPrices(text)
  replaceFile(path, before, text)
  return withWarnings(said([...lines, summary, `wrote ${path}: remove it to undo every update`]), left)
}

function tierText(model: string): string {
  return `the table states a long-context tier of ${model}, which is known to have none, and it is left out: if you pay it, add it to prices.yaml`
}

function changeText({ block, before, after }: PriceChange): string {
  if (before === null) return `new      ${block.model}: ${ratesText(after)}`
  return `changed  ${block.model}: ${ratesText(before)} to ${ratesText(after)} from ${block.from ?? 'always'}`
}

function ratesText({ rates, longContext }: Price): string {
  const { input, output, cacheRead, cacheWrite, cacheWrite1h } = rates
  const all = [input, output, cacheRead, cacheWrite, cacheWrite1h].map((rate) => `$${perMillionText(rate)}`)
  return `${all.join('/')}${longContext === null ? '' : `, above ${longContext.above} $${perMillionText(longContext.rates.input)}/$${perMillionText(longContext.rates.output)}`}`
}
