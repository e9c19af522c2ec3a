import {
  type Figures,
  type Report,
  type Section,
  type Series,
  type Table,
  type Value,
} from '../core/report.ts'
import { barChart } from './bar-chart.ts'
import { countOf } from './count.ts'
import { type Markup, markup } from './markup.ts'
import { aboutParts, qualityTexts } from './report-head.ts'
import type { ReportPage } from './report-format.ts'
import { REPORT_STYLE } from './report-style.ts'
import { isNumeric, valueText } from './value-text.ts'

/**
 * A report as one page that needs nothing else: no script, no network, charts drawn. It is light or dark as its reader
 * likes, and prints in black on white.
 */
export function reportHtml(report: Report, page: ReportPage): string {
  const unicode = { ...page, ascii: false }
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${report.title}</title>
        <style>
          ${{ html: REPORT_STYLE }}
        </style>
      </head>
      <body>
        <header>
          <h1>${report.title}</h1>
          <p>${aboutParts(report, unicode).join(' · ')}</p>
        </header>
        <main>
          ${report.sections.map((section) => sectionHtml(section, unicode))}
          <section id="data-quality">
            <h2>Data quality</h2>
            <ul>
              ${qualityTexts(report, Infinity, false).map((text) => markup`<li>${text}</li>`)}
            </ul>
          </section>
        </main>
      </body>
    </html>
`.html
}

function sectionHtml(section: Section, page: ReportPage): Markup {
  return markup`<section id="${section.key.replaceAll('_', '-')}">
    <h2>${section.title}</h2>
    ${bodyOf(section, page)}
  </section>
`
}

function bodyOf(section: Section, page: ReportPage): Markup {
  switch (section.kind) {
    case 'figures':
      return figuresHtml(section, page)
    case 'table':
      return tableHtml(section, page)
    case 'series':
      return seriesHtml(section)
  }
}

function figuresHtml({ figures }: Figures, page: ReportPage): Markup {
  const items = figures.map(
    ({ label, value }) => markup`<div><dt>${label}</dt><dd>${valueText(value, page)}</dd></div>`,
  )
  return markup`<dl>${items}</dl>`
}

function tableHtml({ columns, rows: all, total, left }: Table, page: ReportPage): Markup {
  const rows = [...all]
  if (rows.length === 0) return markup`<p>nothing</p>`
  const kinds = columns.map(({ expendable = 0 }, nth) => {
    const kind = rows.every((row) => isNumeric(row[nth]!)) ? 'number' : 'text'
    return expendable < SPARE ? kind : `${kind} spare`
  })
  const head = columns.map(({ title }, nth) => markup`<th scope="col" class="${kinds[nth]!}">${title}</th>`)
  const line = (row: readonly Value[]): Markup =>
    markup`<tr>${row.map((value, nth) => markup`<td class="${kinds[nth]!}">${cellHtml(value, page)}</td>`)}</tr>
`
  const foot = total === null ? markup`` : markup`<tfoot>${line(total)}</tfoot>`
  const others =
    left === 0
      ? markup``
      : markup`<p>and ${countOf(left, 'other')}${total === null ? '' : ', in the total'}</p>`
  return markup`<div class="wide"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.map(line)}</tbody>
${foot}</table></div>${others}`
}

/** Columns that are this expendable are seen where there is room for them, and are never printed. */
const SPARE = 8

/** A share has a bar behind it, so that rows compare at a glance. */
function cellHtml(value: Value, page: ReportPage): Markup {
  const text = valueText(value, page)
  if (value.kind !== 'share' || value.share === null) return markup`${text}`
  const percent = Math.round(Math.max(0, Math.min(1, value.share)) * 100)
  return markup`<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${percent}" height="8"/></svg>${text}`
}

function seriesHtml(series: Series): Markup {
  return series.points.length === 0 ? markup`<p>nothing</p>` : barChart(series)
}
