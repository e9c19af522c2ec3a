import type { Report } from '../core/report.ts'
import { safeText } from '../core/safe-text.ts'
import { REPORT_FORMATS } from '../formats/index.ts'
import { countOf } from '../formats/count.ts'
import { wholeText } from '../formats/report-format.ts'
import { type DaySpan, spanText } from '../reports/day-span.ts'
import { dayRollups } from '../reports/day-rollups.ts'
import { EVERYTHING, select } from '../reports/usage.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { ReportFiles } from '../system/report-files.ts'
import type { System } from '../system/system.ts'
import { type Invocation, type OptionSpec, UsageError, hasFlag, valueOf } from './command.ts'
import { FILTER_OPTIONS } from './filter-options.ts'
import type { Printing } from './print-report.ts'
import type { UsageRead } from './read-usage.ts'

/** Options that keep something beside the ledger. */
export const KEEP_OPTIONS = {
  save: { kind: 'flag', summary: 'keep it in reports/ beside the ledger too' },
  rollup: { kind: 'flag', summary: 'keep what each of the days came to in daily/ beside the ledger too' },
} as const satisfies Record<string, OptionSpec>

/** What is to be kept. */
export interface Keeping {
  readonly save: boolean
  readonly rollup: boolean
}

/** What became of it, as remarks. */
export interface Kept {
  readonly isKept: boolean
  readonly remarks: string
}

/** Throws `UsageError`: whoever looks into a kept report later takes it for the whole. */
export function keepingOf(invocation: Invocation): Keeping {
  const keeping = { save: hasFlag(invocation, 'save'), rollup: hasFlag(invocation, 'rollup') }
  if (!keeping.save && !keeping.rollup) return keeping
  const narrowing = [...Object.keys(FILTER_OPTIONS), 'section'].find(
    (option) => valueOf(invocation, option) !== null,
  )
  if (narrowing === undefined) return keeping
  const flag = keeping.save ? '--save' : '--rollup'
  throw new UsageError(
    `${flag} keeps whole reports: leave out --${narrowing}, or write to a file of your own with > FILE`,
  )
}

/** Keeps a report that has been printed as `text`, and the rollups of its days. */
export async function keepReport(
  { save, rollup }: Keeping,
  printed: { readonly report: Report; readonly text: string; readonly span: DaySpan },
  printing: Printing,
  read: UsageRead,
  files: ReportFiles,
  system: Pick<System, 'terminal'>,
): Promise<Kept> {
  try {
    const remarks: string[] = []
    if (save) {
      const name = `${fileName(printed.report, printed.span, read)}.${printing.format.ending}`
      remarks.push(`Report saved to ${safeText(files.save('reports', name, printed.text))}`)
    }
    if (rollup) remarks.push(await keepRollups(printed.span, read, files, system))
    return { isKept: true, remarks: remarks.map((remark) => `${remark}\n`).join('') }
  } catch (error) {
    if (error instanceof NotSaved) return { isKept: false, remarks: `ai-costs: ${safeText(error.message)}\n` }
    throw error
  }
}

/** `report-2025-12-15` for a day's report, `report-model-2025-12-01-to-2025-12-31` for others. */
function fileName({ name }: Report, span: DaySpan, { usage }: UsageRead): string {
  const days = spanText(span, usage.calendar).replaceAll(' ', '-')
  return name === 'daily' ? `report-${days}` : `report-${name}-${days}`
}

/** One JSON file for each day on which there is anything. Throws `NotSaved`. */
async function keepRollups(
  span: DaySpan,
  { usage, asOf, qualityIn }: UsageRead,
  files: ReportFiles,
  system: Pick<System, 'terminal'>,
): Promise<string> {
  const print = await REPORT_FORMATS.json.load()
  const page = { ...system.terminal.page(), calendar: usage.calendar }
  let kept = 0
  for (const { day, report } of dayRollups(select(usage, span, EVERYTHING), asOf, qualityIn)) {
    files.save('daily', `${day}.json`, wholeText(print(report, page)))
    kept++
  }
  return `${countOf(kept, 'day')} kept in daily/`
}
