import { troubleText } from '../core/answers/check-text.ts'
import { isGlobal, type PeriodKind } from '../core/budget.ts'
import type { Calendar } from '../core/calendar.ts'
import type { Fold } from '../core/fold.ts'
import { judgeQuality, unpricedIn } from '../core/judge-quality.ts'
import type { Money } from '../core/money.ts'
import type { Quality } from '../core/quality.ts'
import { cannotTell, type Result } from '../core/result.ts'
import type { SessionCellOptions } from '../core/session-cells.ts'
import type { DaySpan } from '../reports/day-span.ts'
import type { Usage } from '../reports/usage.ts'
import { Unreadable } from '../system/file-system.ts'
import type { Accounts } from './accounts.ts'
import { type Call, type JudgingSystem, open } from './desk.ts'
import { notesOf } from './ledger-notes.ts'
import { troubleOf } from './trouble.ts'

/** The ledger as reports see it, and the settings that say how. */
export interface UsageRead {
  readonly usage: Usage
  readonly accounts: Accounts
  readonly asOf: number
  /** False while there is no ledger file yet. */
  readonly hasLedger: boolean
  /** What there is to say about the records of some days. */
  readonly qualityIn: (span: DaySpan) => Quality
}

/** What is asked about, and what it takes to answer. */
interface Subject {
  readonly sessionCells: SessionCellOptions
}

/**
 * Loads the settings, lets `subjectOf` say which days matter, reads the whole ledger and hands it on. What stands in
 * the way of that is told, with exit 3. Throws what `subjectOf` and `answer` throw.
 */
export async function readUsage<Asked extends Subject>(
  call: Call,
  system: JudgingSystem,
  subjectOf: (calendar: Calendar, today: number) => Asked,
  answer: (read: UsageRead, asked: Asked) => Result | Promise<Result>,
): Promise<Result> {
  try {
    const opened = await open(call, system)
    if (opened.kind === 'trouble') return cannotTell(troubleText(opened.troubles))
    const { accounts } = opened
    opened.reader.close()
    const asOf = call.clock.now()
    const asked = subjectOf(accounts.calendar, accounts.calendar.dayOf(asOf))
    const read = readFrom(asked.sessionCells, asOf, accounts, call, system)
    return await answer(read, asked)
  } catch (error) {
    if (error instanceof Unreadable) return cannotTell(troubleText([troubleOf(error)]))
    throw error
  }
}

/** The limit for everything of each kind of period, the project's own where both layers name one. */
export function globalLimits({ settings }: Accounts): Readonly<Record<PeriodKind, Money | null>> {
  const limitOf = (kind: PeriodKind): Money | null =>
    settings.budgets.findLast((budget) => budget.kind === kind && isGlobal(budget))?.limit ?? null
  return { daily: limitOf('daily'), weekly: limitOf('weekly'), monthly: limitOf('monthly') }
}

function readFrom(
  sessionCells: SessionCellOptions,
  asOf: number,
  accounts: Accounts,
  { place, until }: Call,
  { ledger }: JudgingSystem,
): UsageRead {
  const reader = ledger.reader(place.directory, accounts.reportFoldAt(asOf, until, sessionCells))
  try {
    // A file that seems shorter for a moment is looked at twice.
    const look = reader.look()
    const { fold } = look.doubtful ? reader.look() : look
    const notes = [...accounts.read.notices, ...notesOf(reader)]
    const usage = usageOf(fold, accounts.calendar)
    return {
      usage,
      accounts,
      asOf,
      hasLedger: reader.hasFiles,
      qualityIn: ({ first, next }) => ({
        ...judgeQuality(fold.rollup, fold.findings, accounts.calendar, asOf, notes),
        unpriced: unpricedIn(fold.rollup, first, next),
      }),
    }
  } finally {
    reader.close()
  }
}

/** What a fold that keeps sums for reports has counted. */
export function usageOf({ rollup }: Fold, calendar: Calendar): Usage {
  const { sessionCells: cells, groups, sessions } = rollup
  if (cells === null) throw new Error('the fold of a report keeps no sums by session')
  return { cells, groups, sessions, calendar }
}
