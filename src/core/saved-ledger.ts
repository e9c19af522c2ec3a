import type { Action, Budget, BudgetKind, Scope, UnpricedRule } from './budget.ts'
import type { CostMode } from './cost.ts'
import type { DayTable } from './day-table.ts'
import { type Share, picodollarsOf } from './money.ts'
import type { Period } from './period.ts'
import type { AnswerRules, FirstStep } from './save-answer.ts'
import type { SavedAnswer } from './saved-answer.ts'
import type { SavedFold } from './saved-fold.ts'
import type { SavedPrice } from './saved-price.ts'
import type { SavedJudgement } from './saved-judgement.ts'

/** Two 32-bit numbers that tell one state of something from every other. */
export type Stamp = readonly [number, number]

/** What the cache holds: how far a ledger was read, what came of it, and under which rules. Plain JSON. */
export interface SavedLedger extends SavedHead, SavedDay {
  readonly fold: SavedFold
  readonly days: DayTable
}

/** As much of it as answers most calls when nothing is new. */
export interface SavedHead {
  /** The program that wrote it: another one may read, price or add up differently. */
  readonly program: string
  /** The settings that decide how records are folded. */
  readonly terms: Stamp
  /** Of this reading: the day beside it has the same. */
  readonly reading: Stamp
  /** Of the reading that the fold beside it was made of: this one, or an earlier one of the same day. */
  readonly folded: Stamp
  /** Bytes that were read since that. */
  readonly behind: number
  /** Of the indexes that go with it. */
  readonly indexes: Stamp
  readonly files: readonly SavedFile[]
  /** Records ahead of the clock, which it may have reached by now. */
  readonly ahead: number
  /** When it was written: an earlier clock may see as ahead of it what was not. Epoch milliseconds. */
  readonly asOf: number
  /** The day that it judges. */
  readonly today: Period
  /** Null when it was not judged, or would not last. */
  readonly answer: SavedAnswer | null
  /** Null when the settings have something to say, which names their files. */
  readonly settings: SavedSettings | null
}

/** As much of it as answers any call about the day of its writing. */
export interface SavedDay {
  /** What was judged then; null without settings. */
  readonly judged: SavedJudgement | null
  /** Whether the fold keeps sessions that are not of this day. */
  readonly keepsOthers: boolean
  /** Of the models of these days, for the day of its writing. */
  readonly prices: readonly SavedPrice[]
  /** Lines read since the indexes were made: hash of the identity and location, in turn. */
  readonly lines: readonly number[]
}

/** A file of the ledger, as far as it was read. */
export interface SavedFile {
  readonly name: string
  /** Its number in locations. */
  readonly index: number
  /** Decimal text: they may exceed what a number holds. */
  readonly dev: string
  readonly ino: string
  readonly mtime: string
  readonly ctime: string
  readonly size: number
  readonly offset: number
  readonly lines: number
  readonly skipping: boolean
  /** Lengths and checksums of the bytes that prove it is still the same file. */
  readonly head: readonly [length: number, checksum: number]
  readonly tail: readonly [length: number, checksum: number]
}

/** What a judgement needs of the settings; never a path, an address or anything else that is the user's alone. */
export interface SavedSettings {
  /** Of the files that they were read from. */
  readonly stamp: Stamp
  readonly budgets: readonly SavedBudget[]
  readonly builtInLimits: boolean
  readonly onUnpriced: UnpricedRule
  readonly costMode: CostMode
  /** Whether sessions are reviewed, which takes their records. */
  readonly hasGuardian: boolean
  /** In millionths of a limit, as decimal text. */
  readonly marks: readonly string[]
  readonly firstStep: SavedFirstStep | null
}

type SavedFirstStep = Omit<FirstStep, 'at'> & { readonly at: string }

/** A budget with its limit in picodollars and its thresholds in millionths, as decimal text. */
export interface SavedBudget {
  readonly id: string
  readonly name: string
  readonly kind: BudgetKind
  readonly scope: Scope
  readonly limit: string
  readonly thresholdWarning: string
  readonly thresholdCritical: string
  readonly action: Action
}

export function saveBudget(budget: Budget): SavedBudget {
  const { limit, thresholdWarning, thresholdCritical } = budget
  return {
    ...budget,
    limit: String(limit),
    thresholdWarning: String(thresholdWarning),
    thresholdCritical: String(thresholdCritical),
  }
}

export function restoreRules({
  budgets,
  builtInLimits,
  onUnpriced,
  marks,
  firstStep,
}: SavedSettings): AnswerRules {
  return {
    budgets: budgets.map(restoreBudget),
    builtInLimits,
    onUnpriced,
    marks: restoreMarks({ marks }),
    firstStep: firstStep && { ...firstStep, at: share(firstStep.at) },
  }
}

export function restoreMarks({ marks }: Pick<SavedSettings, 'marks'>): readonly Share[] {
  return marks.map(share)
}

function share(millionths: string): Share {
  return BigInt(millionths) as Share
}

function restoreBudget(saved: SavedBudget): Budget {
  return {
    ...saved,
    limit: picodollarsOf(BigInt(saved.limit)),
    thresholdWarning: share(saved.thresholdWarning),
    thresholdCritical: share(saved.thresholdCritical),
  }
}

/** What says with the head from which program and reading it is: each lies in a file of its own. */
type Sealed<Part> = Part & Pick<SavedHead, 'program' | 'reading'>
export type SealedDay = Sealed<SavedDay>
export type SealedRest = Sealed<Pick<SavedLedger, 'fold' | 'days' | 'files' | 'lines'>>

/** The cache's content, if it was written by this very program: then it has the shape that this program gives it. */
export function savedHead(content: unknown, program: string): SavedHead | null {
  return isOf(program, content) ? (content as SavedHead) : null
}

/** The day that goes with a head; null when they are not of one reading. */
export function savedDay({ program, reading }: SavedHead, content: unknown): SavedDay | null {
  return isOfReading(program, reading, content) ? (content as SealedDay) : null
}

/** The fold that goes with a head, as far as it has read, with what does not depend on that; null when it is another. */
export function savedLedger(head: SavedHead, day: SavedDay | null, content: unknown): SavedLedger | null {
  const { program, folded } = head
  if (day === null || !isOfReading(program, folded, content)) return null
  const { fold, days, files, lines } = content as SealedRest
  return { ...head, ...day, fold, days, files, lines }
}

function isOfReading(program: string, reading: Stamp, content: unknown): boolean {
  return isOf(program, content) && sameStamp((content as Sealed<unknown>).reading, reading)
}

function isOf(program: string, content: unknown): boolean {
  return (
    typeof content === 'object' && content !== null && 'program' in content && content.program === program
  )
}

export function sameStamp(a: Stamp, b: Stamp): boolean {
  return a[0] === b[0] && a[1] === b[1]
}

/** The stamp of a text: two hashes of 32 bits that have nothing to do with one another. */
export function stampOf(text: string): Stamp {
  let one = 0x811c9dc5
  let other = 0x9e3779b9 ^ text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul((other << 5) | (other >>> 27), 0x85ebca6b) + code
  }
  return [one >>> 0, Math.imul(other ^ (other >>> 15), 0xc2b2ae35) >>> 0]
}
