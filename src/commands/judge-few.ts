import { costOf } from '../core/cost.ts'
import { type NewRecord, countNews } from '../core/count-news.ts'
import { decodeRecord } from '../core/decode.ts'
import { AHEAD_MS } from '../core/findings.ts'
import { hashText } from '../core/hash-index.ts'
import { judgeSnapshot } from '../core/judge-snapshot.ts'
import type { Judgement } from '../core/judgement.ts'
import { LedgerChanged } from '../core/ledger-changed.ts'
import { hashOfLine } from '../core/line-hash.ts'
import { isIn } from '../core/period.ts'
import { type UsageRecord, UNKNOWN } from '../core/record.ts'
import { restorePrices } from '../core/saved-price.ts'
import type { Snapshot } from '../core/snapshot.ts'
import { Unreadable } from '../system/file-system.ts'
import { KnownLines } from '../system/known-lines.ts'
import { WORTH_SAVING } from '../system/ledger-cache.ts'
import { type GrownFile, readGrowth } from '../system/ledger-growth.ts'
import { HandOver, WHOLE_TABLE } from './hand-over.ts'
import type { OpenDay } from './open-day.ts'

/**
 * Judges when a few plain records of this day were appended, which is what happens between two calls: they are counted
 * on top of what was judged before. Null when there is anything else among them (an odd line, a repetition, another
 * day, no price), which takes a fold.
 */
export function judgeFew({ path, file }: GrownFile, snapshot: Snapshot, day: OpenDay): Judgement | null {
  const known = new KnownLines(day.files, day.saved.indexes, day.lines)
  try {
    const bytes = readGrowth(path, file, WORTH_SAVING)
    const records = bytes === null ? null : plainRecords(bytes)
    const news = records === null ? null : newRecords(records, day, known)
    if (news === null) return null
    const session = day.keepsOthers ? () => undefined : known.session
    const counted = countNews(snapshot, news, day.rules.budgets, { session })
    const allRecords = day.judged.allRecords + news.length
    const about = { ...day.names, hasLedger: true, allRecords }
    return counted === null ? null : judgeSnapshot(counted, day.rules, about)
  } catch (error) {
    if (EXPECTED.some((kind) => error instanceof kind)) return null
    throw error
  } finally {
    known.close()
  }
}

const EXPECTED = [HandOver, LedgerChanged, Unreadable]

/** The records of whole lines; null when any line is not just one record. */
function plainRecords(bytes: Uint8Array): readonly UsageRecord[] | null {
  const text = utf8.decode(bytes)
  // Where a line ends decides what a broken character becomes.
  if (text.includes('\ufffd')) return null
  const records: UsageRecord[] = []
  for (const line of text.slice(0, -1).split('\n')) {
    const decoded = line.startsWith('{') ? decodeRecord(parsed(line)) : null
    if (decoded?.kind !== 'record') return null
    records.push(decoded.record)
  }
  return records
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** The records with their costs; null unless each is of this day, priced, and told from all others by its hash alone. */
function newRecords(
  records: readonly UsageRecord[],
  { saved, settings, prices, asOf }: OpenDay,
  known: KnownLines,
): readonly NewRecord[] | null {
  const { start, end } = saved.today
  const table = restorePrices(prices, start, end, WHOLE_TABLE)
  const hashes = new Set<number>()
  const news: NewRecord[] = []
  let session = ''
  let sessionHash = 0
  for (const record of records) {
    const { id, sessionId, timestamp } = record
    if (timestamp === null || !isIn(saved.today, timestamp) || timestamp > asOf + AHEAD_MS) return null
    if (id === '' && sessionId === UNKNOWN) return null
    if (sessionId !== session) {
      session = sessionId
      sessionHash = hashText(sessionId)
    }
    const hash = id === '' ? hashOfLine(record, sessionHash) : hashText(id)
    if (hashes.has(hash) || known.lines(hash).length > 0) return null
    hashes.add(hash)
    const cost = costOf(record, table, settings.costMode)
    if (cost === null) return null
    news.push({ record: { ...record, timestamp }, cost })
  }
  return news
}
