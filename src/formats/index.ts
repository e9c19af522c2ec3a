// Every format of reports; adding one is one file and one line here.
import type { ReportFormat } from './report-format.ts'

export const REPORT_FORMATS = {
  text: format('txt', 'read', async () => (await import('./report-text.ts')).reportText),
  json: format('json', 'data', async () => (await import('./report-json.ts')).reportJsonPieces),
  csv: format('csv', 'data', async () => (await import('./report-csv.ts')).reportCsvPieces),
  markdown: format('md', 'read', async () => (await import('./report-markdown.ts')).reportMarkdown),
  html: format('html', 'read', async () => (await import('./report-html.ts')).reportHtml),
} as const satisfies Record<string, ReportFormat>

function format(ending: string, use: 'read' | 'data', load: ReportFormat['load']): ReportFormat {
  return { ending, isData: use === 'data', load }
}
