import type { ImportReport, SourceReport } from '../core/import-report.ts'
import { jsonText } from '../core/json.ts'

/** What an import came to, for programs. */
export function importJson(report: ImportReport): string {
  return `${jsonText({
    schema: 1,
    ledger: report.ledgerPath,
    dry_run: report.dryRun,
    sources: report.sources.map(sourceJson),
    unpriced: report.unpriced.map(({ model, responses, tokens }) => ({ model, responses, tokens })),
    warnings: report.warnings.map(({ path, message }) => ({ path, message })),
  })}\n`
}

function sourceJson(source: SourceReport) {
  const { strange, damaged, synthetic, repeated, forked, placeholder, estimated } = source.tally.counts()
  return {
    source: source.name,
    files: source.files,
    files_read: source.filesRead,
    bytes_read: source.bytesRead,
    tellings: source.tellings,
    responses: source.responses,
    updated: source.updated,
    cost_usd: source.costUsd,
    naive_usd: source.naiveUsd,
    repeated: source.repeated,
    unchanged_counters: repeated,
    retold: source.retold,
    forked,
    retries: source.retries,
    synthetic,
    unfinished: source.unfinished + placeholder,
    estimated,
    elsewhere: source.elsewhere,
    earlier: source.earlier,
    copies: source.copies,
    withdrawn: source.withdrawn,
    withdrawn_usd: source.withdrawnUsd,
    damaged,
    strange,
  }
}
