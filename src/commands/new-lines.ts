import { costOf } from '../core/cost.ts'
import type { NewRecord } from '../core/count-news.ts'
import { decodeRecord } from '../core/decode.ts'
import { AHEAD_MS } from '../core/findings.ts'
import { hashText } from '../core/hash-index.ts'
import { hashOfLine } from '../core/line-hash.ts'
import { isIn } from '../core/period.ts'
import type { PriceTable } from '../core/price-table.ts'
import { type UsageRecord, UNKNOWN } from '../core/record.ts'
import { restorePrices } from '../core/saved-price.ts'
import type { KnownLines } from '../system/known-lines.ts'
import type { Growth } from '../system/ledger-growth.ts'
import { WHOLE_TABLE } from './hand-over.ts'
import type { OpenDay } from './open-day.ts'

/** A new record and its line. */
export interface NewLine extends NewRecord {
  /** Of its identity. */
  readonly hash: number
  readonly location: number
}

/**
 * The lines of a growth, when each is one plain record of this day, priced, and told from every other by its hash
 * alone; else null. Throws `HandOver` and `LedgerChanged`.
 */
export function newLines(
  { bytes, location }: Growth,
  { saved, settings, prices, asOf }: OpenDay,
  known: KnownLines,
): readonly NewLine[] | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  // Where a line ends decides what a broken character becomes.
  if (text.includes('\ufffd')) return null
  const { start, end } = saved.today
  // Nearly every record says itself what it cost.
  let restored: PriceTable | null = null
  const table: PriceTable = {
    priceOf: (model, at) => (restored ??= restorePrices(prices, start, end, WHOLE_TABLE)).priceOf(model, at),
  }
  const identityOf = identities()
  const hashes = new Set<number>()
  const news: NewLine[] = []
  let at = 0
  for (const line of text.slice(0, -1).split('\n')) {
    const record = plainRecord(line)
    const timestamp = record?.timestamp ?? null
    if (record === null || timestamp === null) return null
    if (!isIn(saved.today, timestamp) || timestamp > asOf + AHEAD_MS) return null
    if (record.id === '' && record.sessionId === UNKNOWN) return null
    const hash = identityOf(record)
    if (hashes.has(hash) || known.lines(hash).length > 0) return null
    hashes.add(hash)
    const cost = costOf(record, table, settings.costMode)
    if (cost === null) return null
    news.push({ record: { ...record, timestamp }, cost, hash, location: location + at })
    at = bytes.indexOf(NEWLINE, at) + 1
  }
  return news
}

const NEWLINE = 0x0a

/** Null for a line that is anything but one record. */
function plainRecord(line: string): UsageRecord | null {
  if (!line.startsWith('{')) return null
  try {
    const decoded = decodeRecord(JSON.parse(line))
    return decoded.kind === 'record' ? decoded.record : null
  } catch {
    return null
  }
}

/** Hashes identities as a fold does. Neighbours mostly share a session. */
function identities(): (record: UsageRecord) => number {
  let session = ''
  let sessionHash = hashText('')
  return (record) => {
    if (record.id !== '') return hashText(record.id)
    if (record.sessionId !== session) {
      session = record.sessionId
      sessionHash = hashText(session)
    }
    return hashOfLine(record, sessionHash)
  }
}
