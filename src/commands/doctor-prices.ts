import type { Finding } from '../core/finding.ts'
import { DAY_MS, formatInstant } from '../core/timestamp.ts'
import { updatedPricesFile } from '../system/environment.ts'
import { Unreadable } from '../system/file-system.ts'
import { type Examination, unreadableFinding } from './doctor-finding.ts'

const TOPIC = 'prices'

/** Prices change: after so long they are worth an update. */
const OLD_DAYS = 120

/** How old the price tables are. */
export function priceFindings({ call, accounts, system }: Examination): readonly Finding[] {
  const { prices, files, environment } = system
  const path = updatedPricesFile(environment)
  try {
    const catalog = accounts.catalog()
    const madeOn = prices.shippedOn()
    const isUpdated = prices.updatedStamp() !== ''
    const updatedAt = isUpdated ? files.changed(path) : null
    const newest = Math.max(Date.parse(madeOn) || 0, updatedAt ?? 0)
    const days = Math.floor((call.clock.now() - newest) / DAY_MS)
    const models = catalog.models().length
    const facts = {
      models,
      shipped: madeOn,
      updated: updatedAt === null ? null : formatInstant(Math.floor(updatedAt)),
    }
    const update =
      updatedAt === null ? 'not updated since' : `${path} of ${formatInstant(updatedAt).slice(0, 10)}`
    return [
      {
        topic: TOPIC,
        health: days > OLD_DAYS ? 'attention' : 'fine',
        message: `${models} models, the table that came with the program is of ${madeOn}, ${update}`,
        fix: days > OLD_DAYS ? 'ai-costs models update --dry-run shows what has changed' : '',
        facts,
      },
    ]
  } catch (error) {
    if (error instanceof Unreadable) return [unreadableFinding(TOPIC, error)]
    throw error
  }
}
