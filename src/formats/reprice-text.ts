import { displayMoney } from '../core/money.ts'
import { priceFix } from '../core/judge-quality.ts'
import type { RepriceReport } from '../core/reprice-report.ts'
import { safeText } from '../core/safe-text.ts'
import { countOf, thousands } from './count.ts'

/** What new prices came to, for people. */
export function repriceText(report: RepriceReport): string {
  return `${[headline(report), ...notesOf(report).map((note) => `  ${note}`)].join('\n')}\n`
}

/** What nobody can price. */
export function repriceRemarks({ unpriced }: RepriceReport): string {
  return unpriced
    .map(
      ({ model, responses, tokens }) =>
        `${model} has no price: ${countOf(responses, 'record')}, ${thousands(tokens)} tokens: ${priceFix(model)}`,
    )
    .map((remark) => `ai-costs: ${safeText(remark)}\n`)
    .join('')
}

function headline(report: RepriceReport): string {
  const path = safeText(report.ledgerPath)
  if (report.costMode === 'computed') {
    return `Nothing to do for ${path}: cost_mode is computed, so every answer asks the prices of today`
  }
  if (report.repriced === 0) {
    return `Nothing to do for ${path}: ${countOf(report.priced, 'record')} at the prices of today`
  }
  const verb = report.dryRun ? 'Would reprice' : 'Repriced'
  const sums = [
    ...(report.moreUsd > 0n ? [`${displayMoney(report.moreUsd)} more`] : []),
    ...(report.lessUsd > 0n ? [`${displayMoney(report.lessUsd)} less`] : []),
  ]
  const all = countOf(report.priced, 'record')
  return `${verb} ${thousands(report.repriced)} of ${all} in ${path}: ${sums.join(', ')}`
}

function notesOf({ live, typed, nameless }: RepriceReport): string[] {
  const facts: readonly (readonly [number, string])[] = [
    [live, 'written without a cost: every answer prices them by itself, so there is nothing to correct'],
    [typed, 'whose cost somebody typed or a tool reported later: that stays'],
    [nameless, 'without an id, which nothing can correct: they stay as they are'],
  ]
  return facts.filter(([count]) => count > 0).map(([count, what]) => `${countOf(count, 'record')} ${what}`)
}
