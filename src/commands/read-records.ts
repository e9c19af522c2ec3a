import { troubleText } from '../core/answers/check-text.ts'
import type { Fold } from '../core/fold.ts'
import { judgeQuality, unpricedIn } from '../core/judge-quality.ts'
import type { Quality } from '../core/quality.ts'
import type { UsageRecord } from '../core/record.ts'
import { cannotTell, type Result } from '../core/result.ts'
import type { DaySpan } from '../reports/day-span.ts'
import { Unreadable } from '../system/file-system.ts'
import type { MakeFold } from '../system/ledger-reader.ts'
import type { Accounts } from './accounts.ts'
import type { Call, JudgingSystem } from './desk.ts'
import { notesOf } from './ledger-notes.ts'
import { troubleOf } from './trouble.ts'

/** A ledger that has been read and can be gone through once more, record by record. */
export interface RecordsRead {
  readonly fold: Fold
  readonly hasLedger: boolean
  /** Hands on each record that counts, once, all its lines merged, in the order of the ledger: valid during the call. */
  readonly each: (take: (record: UsageRecord) => void) => void
  /** What there is to say about the records of some days. */
  readonly qualityIn: (span: DaySpan) => Quality
}

/** Reads the whole ledger for whoever wants its records one by one. Throws `Unreadable`. */
export async function readRecords<Answer>(
  makeFold: MakeFold,
  asOf: number,
  accounts: Accounts,
  { place }: Call,
  { ledger }: JudgingSystem,
  answer: (read: RecordsRead) => Answer | Promise<Answer>,
): Promise<Answer> {
  // Without its recipe nobody helps to read: who does has other numbers for records.
  const reader = ledger.reader(place.directory, (lineAt) => makeFold(lineAt))
  try {
    const look = reader.look()
    const { fold } = look.doubtful ? reader.look() : look
    const notes = [...accounts.read.notices, ...notesOf(reader)]
    return await answer({
      fold,
      hasLedger: reader.hasFiles,
      each(take) {
        for (const _ of reader.records(take));
      },
      qualityIn: ({ first, next }) => ({
        ...judgeQuality(fold.rollup, fold.findings, accounts.calendar, asOf, notes),
        unpriced: unpricedIn(fold.rollup, first, next),
      }),
    })
  } finally {
    reader.close()
  }
}

/** What it answers, or why nothing can be told, with exit 3. */
export async function orCannotTell(answer: () => Promise<Result>): Promise<Result> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return cannotTell(troubleText([troubleOf(error)]))
  }
}
