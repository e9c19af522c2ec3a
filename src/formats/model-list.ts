import type { PriceLayer } from '../core/price-catalog.ts'
import type { Price } from '../core/price.ts'
import { formatInstant } from '../core/timestamp.ts'
import { glyphsOf } from './glyphs.ts'
import { type Span, lineText, span } from './line.ts'
import { nameText } from './name.ts'
import type { Page } from './page.ts'
import { rateText, sinceText } from './rate-text.ts'
import { type Column, tableLines } from './table.ts'

/** A model with the price that holds now, or that will hold first. */
export interface ListedModel {
  readonly model: string
  readonly price: Price
  readonly layer: PriceLayer
  readonly isDefault: boolean
}

/** The table of models and a line about it. Ends with a line feed. */
export function modelListText(
  models: readonly ListedModel[],
  now: number,
  page: Pick<Page, 'columns' | 'ascii'>,
): string {
  const { ellipsis, dot } = glyphsOf(page.ascii)
  const name = ({ model, isDefault }: ListedModel): string =>
    `${nameText(model, page.ascii)}${isDefault ? ' (default)' : ''}`
  const since = ({ price }: ListedModel): string =>
    `${price.from > now ? 'from ' : ''}${sinceText(price.from)}`
  const table: readonly Column[] = [
    { ...column('model', models, name), align: 'left', least: 20, most: 60 },
    column('input', models, ({ price }) => rateText(price.rates.input)),
    column('output', models, ({ price }) => rateText(price.rates.output)),
    { ...column('read', models, ({ price }) => rateText(price.rates.cacheRead)), expendable: 1 },
    { ...column('write', models, ({ price }) => rateText(price.rates.cacheWrite)), expendable: 2 },
    { ...column('write 1h', models, ({ price }) => rateText(price.rates.cacheWrite1h)), expendable: 4 },
    { ...column('since', models, since), align: 'left', expendable: 5 },
    { ...column('price of', models, ({ layer }) => layer), align: 'left', expendable: 3 },
  ]
  const count = `${models.length} ${models.length === 1 ? 'model' : 'models'}`
  const footer = `${count} as of ${formatInstant(now).slice(0, 10)} ${dot} US dollars per million tokens ${dot} tiers, factors and history: models show ID`
  const rows = models.length === 0 ? [] : tableLines(table, Math.max(30, page.columns), ellipsis)
  return [...rows.map((row) => lineText(row).trimEnd()), footer, ''].join('\n')
}

function column(title: string, models: readonly ListedModel[], text: (model: ListedModel) => string): Column {
  const cells: readonly Span[] = [span(title, 'quiet'), ...models.map((model) => span(text(model)))]
  const widest = Math.max(...cells.map((cell) => cell.text.length))
  return { cells, align: 'right', least: widest, most: widest }
}
