import { Fold, type FoldOptions } from '../../src/core/fold.ts'
import { RecordScanner } from '../../src/core/record-scanner.ts'
import type { Cursor } from '../../src/core/line-reader.ts'

const DAY = 86_400_000
const utf8 = new TextEncoder()

/** A ledger that lives in memory, and the fold that reads it. */
export interface MemoryLedger {
  readonly fold: Fold
  readonly cursor: Cursor
  /** Appends, and reads what is new as the real reader would. */
  append(more: string | Uint8Array): void
  /** As `append`, in pieces that end at the given offsets into `more`. */
  appendAt(more: string | Uint8Array, cuts: readonly number[]): void
}

export function aLedger(options: Partial<FoldOptions> = {}): MemoryLedger {
  let bytes: Uint8Array = new Uint8Array(0)
  const cursor: Cursor = { name: 'sessions.jsonl', base: 0, offset: 0, lines: 0, skipping: false }
  const fold = new Fold({
    dayOf: (instant) => Math.floor(instant / DAY),
    detailFrom: -Infinity,
    sessionBudgets: [],
    costOf: ({ costUsd }) => costUsd,
    lineAt: (location) => bytes.subarray(location),
    until: null,
    asOf: Date.UTC(2025, 11, 15, 18),
    // A batch of few rows is full more often, which is what matters here.
    scanner: (size = 5) => new RecordScanner(size),
    coldBytes: 0,
    ...options,
  })
  const append = (more: string | Uint8Array): void => {
    bytes = joined(bytes, bytesOf(more))
    const unread = bytes.slice(cursor.offset)
    fold.feed(cursor, unread, unread.length, true)
  }
  const appendAt = (more: string | Uint8Array, cuts: readonly number[]): void => {
    const whole = bytesOf(more)
    const ends = [...new Set([...cuts.filter((cut) => cut < whole.length), whole.length])].toSorted(
      (a, b) => a - b,
    )
    ends.forEach((end, nth) => append(whole.slice(nth === 0 ? 0 : ends[nth - 1], end)))
  }
  return { fold, cursor, append, appendAt }
}

/** The fold of a whole ledger. */
export function foldOf(ledger: string | Uint8Array, options: Partial<FoldOptions> = {}): Fold {
  const memory = aLedger(options)
  memory.append(ledger)
  return memory.fold
}

/** Every total that a fold holds, by name instead of row, so that two folds can be compared. */
export function totalsOf({ rollup, findings }: Fold) {
  const { cells, groups, sessions } = rollup
  return {
    cells: rows(cells.size)
      .map((row) => ({
        key: JSON.stringify([cells.day[row], groups.at(cells.group[row]!)]),
        records: cells.records[row]!,
        usd: cells.usd.at(row),
        tokens: [cells.inputTokens, cells.outputTokens, cells.cacheReadTokens, cells.cacheWriteTokens].map(
          (column) => column[row]!,
        ),
        unpriced: [cells.unpricedRecords[row]!, cells.unpricedTokens[row]!],
        rejected: cells.rejected[row]!,
      }))
      .filter(({ records, rejected }) => records !== 0 || rejected !== 0)
      .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    sessions: rows(sessions.size)
      .map((row) => ({
        id: sessions.id.at(row),
        usd: sessions.usd.at(row),
        uncertain: sessions.uncertain[row]!,
        first: sessions.first[row]!,
        last: sessions.last[row]!,
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    undated: findings.undated,
    ahead: [...findings.ahead].toSorted((a, b) => a - b),
  }
}

function rows(size: number): number[] {
  return Array.from({ length: size }, (_, row) => row)
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** What slices say that are overwritten one by the next. */
export function allOf(slices: Iterable<Uint8Array>): Uint8Array {
  return joined(...Array.from(slices, (slice) => slice.slice()))
}

export function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? utf8.encode(text) : text
}
