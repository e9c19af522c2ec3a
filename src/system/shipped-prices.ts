import { readFileSync } from 'node:fs'
import { dayOf, parsePrices } from '../core/price-file.ts'
import type { Price } from '../core/price.ts'
import { parseUpdatedPrices } from '../core/updated-prices.ts'
import { systemEnvironment, updatedPricesFile } from './environment.ts'
import { Unreadable, systemFiles } from './file-system.ts'
import { packageFile } from './package-file.ts'

/** The prices that nobody has to write: the table that comes with the program, and what was updated since. */
export interface PriceSource {
  /** Read when the first record without a cost asks for it, because parsing takes a fifth of a Node start. */
  readonly shipped: () => readonly Price[]
  /** The day on which that table was made, `2026-11-22`; `''` where it does not say. */
  readonly shippedOn: () => string
  /** What `models update` wrote; none without it. Throws `Unreadable`. */
  readonly updated: () => readonly Price[]
  /** What tells one state of the update from the next; `''` without any. */
  readonly updatedStamp: () => string
}

export const systemPrices: PriceSource = { shipped, shippedOn, updated, updatedStamp }

/** More than any table that was ever published. */
const MAX_BYTES = 8 << 20

let table: unknown = null
let prices: readonly Price[] | null = null
let latest: { readonly stamp: string; readonly prices: readonly Price[] } | null = null

function shipped(): readonly Price[] {
  return (prices ??= parsePrices(shippedTable()))
}

function shippedOn(): string {
  return dayOf(shippedTable())
}

function shippedTable(): unknown {
  return (table ??= JSON.parse(readFileSync(packageFile('config/prices.json'), 'utf8')))
}

/** A pane may be open while somebody updates. */
function updated(): readonly Price[] {
  const stamp = updatedStamp()
  // No stamp may mean a link that leads nowhere, which is not the same as no file.
  if (stamp === '' || latest?.stamp !== stamp) latest = { stamp, prices: readUpdated(updatedPlace()) }
  return latest.prices
}

function updatedStamp(): string {
  return systemFiles.stamp(updatedPlace())
}

function updatedPlace(): string {
  return updatedPricesFile(systemEnvironment())
}

function readUpdated(path: string): readonly Price[] {
  const text = systemFiles.readText(path, MAX_BYTES, 'follow')
  if (text === undefined) return []
  try {
    return parseUpdatedPrices(text)
  } catch {
    throw new Unreadable(
      path,
      'is no price table of ours',
      'remove it, and run ai-costs models update if you want it again',
    )
  }
}
