import { jsonText } from '../core/json.ts'
import type { RepriceReport } from '../core/reprice-report.ts'

/** What new prices came to, for programs. */
export function repriceJson(report: RepriceReport): string {
  return `${jsonText({
    schema: 1,
    ledger: report.ledgerPath,
    dry_run: report.dryRun,
    cost_mode: report.costMode,
    priced: report.priced,
    repriced: report.repriced,
    more_usd: report.moreUsd,
    less_usd: report.lessUsd,
    live: report.live,
    typed: report.typed,
    without_id: report.nameless,
    unpriced: report.unpriced.map(({ model, responses, tokens }) => ({ model, responses, tokens })),
  })}\n`
}
