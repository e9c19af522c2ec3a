import type { Benchmark, Measure, Skipped, Unit, Unmeasured } from './benchmark.ts'
import type { Estimate } from './statistics.ts'

/** How a benchmark ended. */
export type Outcome =
  | {
      readonly kind: 'measured'
      readonly benchmark: Benchmark
      readonly measures: readonly (Measure | Unmeasured)[]
    }
  | ({ readonly kind: 'skipped'; readonly benchmark: Benchmark } & Skipped)
  | { readonly kind: 'failed'; readonly benchmark: Benchmark; readonly message: string }

/** `missed` only when the whole 95 % range lies above the bound; `–` when nothing is promised. */
export type Verdict = 'held' | 'missed' | '–'

export function verdictOn(estimate: Estimate, bound: number | undefined): Verdict {
  if (bound === undefined) return '–'
  return estimate.low > bound ? 'missed' : 'held'
}

/** True when every bound was held and nothing failed; what was skipped says nothing. */
export function allHeld(outcomes: readonly Outcome[]): boolean {
  return outcomes.every((outcome) => {
    if (outcome.kind !== 'measured') return outcome.kind === 'skipped'
    const { bounds } = outcome.benchmark
    return outcome.measures.every(
      (measure) => 'skipped' in measure || verdictOn(measure.estimate, bounds[measure.name]) !== 'missed',
    )
  })
}

/** The outcomes as a Markdown table. */
export function markdownTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.flatMap(rowsOf)
  return ['| benchmark | result [95 % range] | bound | |', '|---|---|---|---|', ...rows, ''].join('\n')
}

/** A value as people read it: `1.08`, `1/512`, `7.7 ms`. */
export function valueText(value: number, unit: Unit): string {
  if (unit === 'ratio') return ratioText(value)
  if (unit === 'exponent') return value.toFixed(2)
  if (unit === 'count') return String(value)
  if (unit === '%') return `${value.toFixed(2)} %`
  if (unit === 'ms') return `${value.toFixed(1)} ms`
  return `${Math.round(value)} ${unit}`
}

function rowsOf(outcome: Outcome): readonly string[] {
  const { benchmark } = outcome
  if (outcome.kind === 'skipped') return [skippedRow(benchmark.what, outcome)]
  if (outcome.kind === 'failed') return [row(benchmark.what, `failed: ${outcome.message}`, '', 'failed')]
  return outcome.measures.map((measure) => {
    if ('skipped' in measure) return skippedRow(`${benchmark.what}: ${measure.name}`, measure)
    const { name, unit, estimate } = measure
    const bound = benchmark.bounds[name]
    const what = name === unit ? benchmark.what : `${benchmark.what}: ${name}`
    const promise = bound === undefined ? '' : `≤ ${valueText(bound, unit)}`
    return row(what, estimateText(estimate, unit), promise, verdictOn(estimate, bound))
  })
}

function skippedRow(what: string, { skipped }: Skipped): string {
  return row(what, `skipped: ${skipped}`, '', '')
}

function estimateText({ middle, low, high }: Estimate, unit: Unit): string {
  const text = valueText(middle, unit)
  if (low === high) return text
  // The unit once is enough.
  const [from = '', to = ''] = [low, high].map((value) => valueText(value, unit).split(' ')[0])
  return `${text} [${from}, ${to}]`
}

/** Three digits, as many as can be told apart. */
function ratioText(ratio: number): string {
  if (ratio > 0 && ratio < 0.1) return `1/${Math.round(1 / ratio)}`
  return ratio.toFixed(ratio < 10 ? 2 : ratio < 100 ? 1 : 0)
}

function row(...cells: readonly string[]): string {
  // A message may hold what ends a cell.
  return `| ${cells.map((cell) => cell.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`
}
