import { type Money, displayMoney, minus, picodollarsOf } from '../core/money.ts'
import { safeText } from '../core/safe-text.ts'
import type { ImportReport, SourceReport } from '../core/import-report.ts'
import { priceFix } from '../core/judge-quality.ts'
import { bytesText, countOf, thousands } from './count.ts'

/** What an import came to, for people: what came in, what was left out and by which rule, and what to look at. */
export function importText(report: ImportReport): string {
  const used = report.sources.filter(({ files }) => files > 0)
  if (used.length === 0) return `No transcripts found: see ai-costs doctor for where they are looked for\n`
  const lines = used.flatMap(sourceLines)
  return `${[headline(report), ...lines].join('\n')}\n`
}

/** What the user should look at, as remarks: never "0 imported" without a reason. */
export function importRemarks(report: ImportReport): string {
  const unread = report.sources.filter(isSuspicious)
  return [
    ...report.warnings.map(({ path, message }) => `${path} ${message}`),
    ...unread.map(
      ({ title, filesRead, bytesRead }) =>
        `${title}: ${countOf(filesRead, 'file')} (${bytesText(bytesRead)}) and no usage in them: their form may have changed, please report it`,
    ),
    ...report.unpriced.map(
      ({ model, responses, tokens }) =>
        `${model} has no price: ${countOf(responses, 'response')}, ${thousands(tokens)} tokens: ${priceFix(model)}`,
    ),
  ]
    .map((remark) => `ai-costs: ${safeText(remark)}\n`)
    .join('')
}

/** So much was read and nothing of it told of any usage. */
const SUSPICIOUS_BYTES = 64 << 10

function isSuspicious({ bytesRead, tellings, tally }: SourceReport): boolean {
  const { strange, synthetic } = tally.counts()
  return bytesRead > SUSPICIOUS_BYTES && tellings + strange + synthetic === 0
}

function headline({ sources, dryRun, ledgerPath }: ImportReport): string {
  const responses = sources.reduce((sum, source) => sum + source.responses, 0)
  const updated = sources.reduce((sum, source) => sum + source.updated, 0)
  if (responses + updated === 0) return `Nothing new for ${safeText(ledgerPath)}`
  const usd = displayMoney(sumOf(sources, ({ costUsd }) => costUsd))
  const verb = dryRun ? 'Would import' : 'Imported'
  return `${verb} ${countOf(responses, 'response')}, ${usd}, into ${safeText(ledgerPath)}`
}

function sourceLines(source: SourceReport): string[] {
  const { title, files, filesRead, bytesRead, responses, costUsd, naiveUsd, tellings } = source
  const read = filesRead === 0 ? 'unchanged' : `${thousands(filesRead)} read, ${bytesText(bytesRead)}`
  const head = `  ${safeText(title)}: ${countOf(files, 'file')}, ${read}`
  if (filesRead === 0) return [head]
  const found = `    ${countOf(tellings, 'telling')} of ${countOf(responses, 'new response')}, ${displayMoney(costUsd)}`
  const naive = minus(naiveUsd, costUsd) > 0n ? `; each telling counted: ${displayMoney(naiveUsd)}` : ''
  const notes = notesOf(source)
  return [head, found + naive, ...(notes.length === 0 ? [] : [`    ${notes.join(', ')}`])]
}

/** What was left out, and by which rule. */
function notesOf(source: SourceReport): string[] {
  const { strange, damaged, synthetic, repeated, forked, placeholder, estimated } = source.tally.counts()
  const facts: readonly (readonly [number, string])[] = [
    [source.updated, 'updated'],
    [source.repeated, 'repeated'],
    [repeated, 'counters without change'],
    [source.retold, 'replayed under another id'],
    [forked, 'copied by a fork'],
    [source.retries, 'retried requests (each was paid)'],
    [synthetic, 'synthetic'],
    [source.unfinished + placeholder, 'without a final count (the truth may be more)'],
    [estimated, 'of an assumed model'],
    [source.elsewhere, 'of other projects (--all takes them)'],
    [source.earlier, 'older'],
    [source.copies, 'printed of sessions whose transcripts are in the ledger'],
    [
      source.withdrawn,
      `printed earlier (${displayMoney(source.withdrawnUsd)}) and counted no more, because these transcripts tell of them`,
    ],
    [damaged, 'damaged lines'],
    [strange, 'of a form that is not known'],
  ]
  return facts.filter(([count]) => count > 0).map(([count, what]) => `${thousands(count)} ${what}`)
}

function sumOf(sources: readonly SourceReport[], amountOf: (source: SourceReport) => bigint): Money {
  return picodollarsOf(sources.reduce((sum, source) => sum + amountOf(source), 0n))
}
