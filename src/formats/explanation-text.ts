import { thousands } from './count.ts'
import type { CostMode } from '../core/cost.ts'
import type { AppliedFactor, ComputedCost, CostKind, CostLine, Word } from '../core/cost-breakdown.ts'
import { type CostSummary, type ExplainedRecord, differenceOf } from '../core/cost-summary.ts'
import { priceFix } from '../core/judge-quality.ts'
import { type Money, NO_MONEY, displayCost, picodollarsOf, plus } from '../core/money.ts'
import type { PriceLayer } from '../core/price-catalog.ts'
import { factorText } from '../core/price-text.ts'
import type { Price } from '../core/price.ts'
import type { UsageRecord } from '../core/record.ts'
import { safeText } from '../core/safe-text.ts'
import { formatInstant } from '../core/timestamp.ts'
import { glyphsOf } from './glyphs.ts'
import { padEnd, padStart } from './pad.ts'
import type { Page } from './page.ts'
import { rateText, sinceText } from './rate-text.ts'

/** A record with all that corrects it, or the records of a session, and how their costs come about. */
export interface Explanation {
  readonly kind: 'record' | 'session'
  readonly id: string
  readonly records: readonly ExplainedRecord[]
  readonly summaries: readonly CostSummary[]
  readonly costMode: CostMode
  readonly layerOf: (price: Price) => PriceLayer
}

/** A record step by step, or a session by model. Ends with a line feed. */
export function explanationText(explanation: Explanation, page: Pick<Page, 'ascii'>): string {
  const blocks =
    explanation.kind === 'record'
      ? explanation.records.map((one) => recordLines(one, explanation, page.ascii))
      : explanation.summaries.map((one) => summaryLines(one, page.ascii))
  const lines = [...headLines(explanation, page.ascii), ...blocks.flatMap((block) => ['', ...block])]
  return `${lines.map(safeText).join('\n')}\n`
}

function headLines({ kind, id, records, summaries }: Explanation, ascii: boolean): readonly string[] {
  const counted = summaries.reduce<Money>((sum, summary) => plus(sum, summary.counted), NO_MONEY)
  const unpriced = summaries.some(({ words }) => words.unpriced > 0)
  const more = records.length - 1
  const parts =
    more <= 0
      ? ''
      : kind === 'record'
        ? ` with ${more === 1 ? 'its adjustment' : `its ${more} adjustments`}`
        : `, ${records.length} records, each priced by itself`
  return [`${kind} ${id}: ${atLeast(unpriced, ascii)}${displayCost(counted)}${parts}`]
}

function atLeast(isLowerBound: boolean, ascii: boolean): string {
  return isLowerBound ? `${glyphsOf(ascii).atLeast} ` : ''
}

function recordLines(
  explained: ExplainedRecord,
  explanation: Explanation,
  ascii: boolean,
): readonly string[] {
  const { record, breakdown } = explained
  const { computed, word, counted } = breakdown
  const when = record.timestamp === null ? 'without an instant' : formatInstant(record.timestamp)
  const what = record.adjustment ? `adjustment ${record.id} ` : ''
  return [
    `${what}${record.model}, ${when}, session ${record.sessionId}`,
    ...(computed === null ? [] : computedLines(computed, ascii)),
    ...(record.costUsd === null ? [] : [amountLine('recorded', recordedBy(record), record.costUsd)]),
    ...(counted === null ? [] : [amountLine('counts', REASONS[word](explanation.costMode, record), counted)]),
    ...(word === 'unpriced' ? [`  unpriced, which is not free: ${priceFix(record.model)}`] : []),
    ...differenceLines(explained),
    ...(computed === null ? [] : provenanceLines(computed, explanation)),
  ]
}

function computedLines({ lines, factors, change, total }: ComputedCost, ascii: boolean): readonly string[] {
  const named = factors.map((factor) => factorName(factor, ascii)).join(', ')
  return [
    ...lines.map((line) => costLine(line, ascii)),
    ...(factors.length === 0 ? [] : [amountLine('factors', named, change)]),
    amountLine('computed', 'by the price table', total),
  ]
}

function factorName({ word, factor }: AppliedFactor, ascii: boolean): string {
  return `${word} ${ascii ? 'x' : '×'}${factorText(factor)}`
}

function recordedBy({ costSource }: UsageRecord): string {
  if (costSource === 'tool') return 'by the tool'
  return costSource === 'table' ? 'by the price table of its day' : 'by whoever wrote it'
}

/** Why a word counts, under a `cost_mode`. */
const REASONS: Readonly<Record<Word, (mode: CostMode, record: UsageRecord) => string>> = {
  recorded: (mode, { adjustment }) =>
    adjustment
      ? 'recorded: an adjustment is worth what it says'
      : mode === 'computed'
        ? 'recorded, because the table has no price'
        : `recorded, because cost_mode is ${mode}`,
  computed: (mode, { costUsd }) =>
    mode === 'computed'
      ? 'computed, because cost_mode is computed'
      : costUsd === null
        ? 'computed, because no cost was recorded'
        : 'computed: a recorded zero means unknown',
  unpriced: () => '',
  'nothing used': () => 'nothing was used',
}

function differenceLines(explained: ExplainedRecord): readonly string[] {
  const difference = differenceOf(explained)
  if (difference === null) return []
  const amount = displayCost(picodollarsOf(difference < 0n ? -difference : difference))
  return [`  the recorded cost is ${amount} ${difference < 0n ? 'less' : 'more'} than the computed one`]
}

function provenanceLines({ price, tier }: ComputedCost, { layerOf }: Explanation): readonly string[] {
  const since = price.from === -Infinity ? 'always' : `since ${sinceText(price.from)}`
  return [
    `  price of ${price.model}, ${since}, ${layerOf(price)}: ${price.source}`,
    ...(tier === null ? [] : [`  ${TIERS[tier.outcome](thousands(tier.tokens), thousands(tier.above))}`]),
  ]
}

const TIERS = {
  long: (tokens: string, above: string) =>
    `a long request: ${tokens} tokens of input, cache reads and writes are more than ${above}, so all of it costs the long-context rates`,
  short: (tokens: string, above: string) =>
    `no long request: ${tokens} tokens of input, cache reads and writes are not more than ${above}`,
  sum: (tokens: string, above: string) =>
    `${tokens} tokens of input, cache reads and writes are no single request, so the rates above ${above} do not apply`,
} as const

function summaryLines(summary: CostSummary, ascii: boolean): readonly string[] {
  const { model, records, counted, words, lines, change, computed, differing } = summary
  const { recorded, computed: byTable, unpriced } = words
  const shares = [
    ...(recorded > 0 ? [`${recorded} recorded`] : []),
    ...(byTable > 0 ? [`${byTable} computed`] : []),
    ...(unpriced > 0 ? [`${unpriced} unpriced`] : []),
  ].join(', ')
  return [
    `${model}, ${records} ${records === 1 ? 'record' : 'records'}`,
    ...lines.map((line) => costLine(line, ascii)),
    ...(change === 0n ? [] : [amountLine('factors', 'batch, speed or place', change)]),
    ...(lines.length === 0 ? [] : [amountLine('computed', 'by the price table', computed)]),
    amountLine('counts', shares, counted, atLeast(unpriced > 0, ascii)),
    ...(unpriced > 0 ? [`  unpriced, which is not free: ${priceFix(model)}`] : []),
    ...(differing.records === 0
      ? []
      : [
          `  ${differing.records} recorded ${displayCost(differing.recorded)} where the table says ${displayCost(differing.computed)}`,
        ]),
  ]
}

const KINDS: Readonly<Record<CostKind, string>> = {
  input: 'input',
  output: 'output',
  cache_read: 'cache read',
  cache_write: 'cache write',
  cache_write_1h: 'cache write 1h',
  web_search: 'web search',
}

function costLine({ kind, count, rate, cost }: CostLine, ascii: boolean): string {
  const price =
    kind === 'web_search'
      ? `${displayCost(picodollarsOf(rate * 1_000n))} per thousand`
      : `${rateText(rate)} per million`
  const text = `${thousands(count).padStart(13)} ${ascii ? 'x' : '×'} ${price}`
  return amountLine(KINDS[kind], text, cost)
}

/** Columns of the name, of what is said, and of the amount. */
const NAME = 14
const SAID = 46
const AMOUNT = 14

function amountLine(name: string, said: string, amount: Money, before = ''): string {
  const text = padStart(`${before}${displayCost(amount)}`, AMOUNT)
  // What is longer stays whole: the amount then begins a little further on.
  return `  ${padEnd(name, NAME)}  ${said.length > SAID ? said : padEnd(said, SAID)}${text}`.trimEnd()
}
