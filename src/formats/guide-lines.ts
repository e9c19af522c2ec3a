import type { Dashboard } from '../core/dashboard.ts'
import { glyphsOf } from './glyphs.ts'
import { type Line, span } from './line.ts'
import { nameText } from './name.ts'
import { cutEnd, cutStart } from './pad.ts'
import { innerColumns, type Page } from './page.ts'

// As wide as the titles of gauges and the blank after them, so that both share a column.
const FACT = 11

/** What a newcomer sees while there is no ledger: where it looks, what it waits for, what to type next. */
export function guideLines({ ledgerPath }: Dashboard, page: Page): Line[] {
  const { ellipsis } = glyphsOf(page.ascii)
  const columns = innerColumns(page) - FACT
  const fact = (name: string, text: string): Line => [
    span(name.padEnd(FACT), 'quiet'),
    span(cutEnd(text, columns, ellipsis)),
  ]
  return [
    [span('Nothing recorded yet', 'title')],
    [
      span('looks at'.padEnd(FACT), 'quiet'),
      span(cutStart(nameText(ledgerPath, page.ascii), columns, ellipsis)),
    ],
    fact('waits for', 'its first record; the numbers then appear by themselves'),
    fact('next', 'ai-costs log MODEL IN OUT   records what a session used'),
    fact('or', 'ai-costs demo               shows a simulated day'),
  ]
}
