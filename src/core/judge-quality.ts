import { UNDATED } from './cells.ts'
import type { Days } from './day-table.ts'
import { AHEAD_MS, type Findings, type LineProblem } from './findings.ts'
import type { Quality, UnpricedModel } from './quality.ts'
import type { Rollup } from './rollup.ts'

/** What there is to say about the ledger at an instant, `notes` of its reader included. */
export function judgeQuality(
  rollup: Rollup,
  findings: Findings,
  calendar: Days,
  asOf: number,
  notes: readonly string[],
): Quality {
  return {
    badLines: findings.badLines,
    rejected: findings.rejected,
    unpriced: unpricedIn(rollup, ...judgedDays(calendar, asOf)),
    undated: findings.undated,
    future: findings.ahead.filter((instant) => instant > asOf + AHEAD_MS).length,
    notes: [...findings.problems.map(problemText), ...anonymousNote(findings.anonymous), ...notes],
  }
}

/** From the first day to the last one, not included, of all periods that are judged now. */
function judgedDays(calendar: Days, asOf: number): [first: number, next: number] {
  const { weekly, monthly } = calendar.periodsAt(asOf)
  return [
    calendar.dayOf(Math.min(weekly.start, monthly.start)),
    calendar.dayOf(Math.max(weekly.end, monthly.end)),
  ]
}

/**
 * Models without a price from a day on and before another, those with most tokens first; what has no instant may belong
 * to any day.
 */
export function unpricedIn(rollup: Rollup, first: number, next: number): UnpricedModel[] {
  const { cells, groups } = rollup
  const found = new Map<string, { records: number; tokens: number }>()
  for (let row = 0; row < cells.size; row++) {
    const day = cells.day[row]!
    if (day !== UNDATED && (day < first || day >= next)) continue
    // Below zero where a record was taken out that was counted under other labels: only the sum is what there is.
    const records = cells.unpricedRecords[row]!
    const tokens = cells.unpricedTokens[row]!
    if (records === 0 && tokens === 0) continue
    const { model } = groups.at(cells.group[row]!)
    const sum = found.get(model) ?? { records: 0, tokens: 0 }
    sum.records += records
    sum.tokens += tokens
    found.set(model, sum)
  }
  return [...found]
    .filter(([, { records }]) => records > 0)
    .map(([model, sum]) => ({ model, ...sum, fix: priceFix(model) }))
    .toSorted((a, b) => b.tokens - a.tokens || (a.model < b.model ? -1 : 1))
}

/** The settings line that gives a model its price. */
export function priceFix(model: string): string {
  return `add to prices.yaml: prices: [{ model: ${JSON.stringify(model)}, input: 0.00, output: 0.00 }] with its USD per million tokens`
}

function problemText({ file, line, offset, reason }: LineProblem): string {
  return `${file}:${line} (byte ${offset}) ${reason} and is not counted: mend or delete that line`
}

function anonymousNote(count: number): readonly string[] {
  if (count === 0) return []
  const records = count === 1 ? '1 record has' : `${count} records have`
  return [`${records} neither id nor session_id, so a repetition would count twice: write one of them`]
}
