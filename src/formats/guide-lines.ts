import type { Dashboard } from '../core/dashboard.ts'
import { glyphsOf } from './glyphs.ts'
import { type Line, span } from './line.ts'
import { nameText } from './name.ts'
import { cutEnd, cutStart } from './pad.ts'
import { innerColumns, type Page } from './page.ts'

/** In the order in which they are read; not all of them find a row everywhere. */
export type GuideLines = Readonly<Record<'title' | 'where' | 'what' | 'next' | 'log' | 'demo', Line>>

// As wide as the titles of gauges and the blank after them, so that both share a column.
const FACT = 11

/** What a newcomer sees while there is no ledger: where it looks, what it waits for, what to type next. */
export function guideLines({ ledgerPath }: Dashboard, page: Page): GuideLines {
  const { ellipsis } = glyphsOf(page.ascii)
  const columns = innerColumns(page) - FACT
  const fact = (name: string, ...texts: readonly string[]): Line => [
    span(name.padEnd(FACT), 'quiet'),
    span(texts.find((text) => text.length <= columns) ?? cutEnd(texts.at(-1) ?? '', columns, ellipsis)),
  ]
  return {
    title: [span('Nothing recorded yet', 'title')],
    where: [
      span('looks at'.padEnd(FACT), 'quiet'),
      span(cutStart(nameText(ledgerPath, page.ascii), columns, ellipsis)),
    ],
    what: fact('waits for', 'its first record; the numbers then appear by themselves', 'its first record'),
    next: fact(
      'next',
      'ai-costs import             brings in what your agents have noted',
      'ai-costs import',
    ),
    log: fact('or', `${LOG}   records what a session used`, LOG, 'ai-costs help log'),
    demo: fact('or', 'ai-costs demo               shows a simulated day', 'ai-costs demo'),
  }
}

const LOG = 'ai-costs log MODEL IN OUT'
