import type { Judgement, Trouble } from '../judgement.ts'
import { displayMoney, percentOf } from '../money.ts'
import { safeText } from '../safe-text.ts'
import { shortIds } from '../short-ids.ts'
import { type Level, type Verdict, bySeverity, worstLevel } from '../verdict.ts'
import { asOfText } from './as-of.ts'
import { overrideRemarks } from './override-remarks.ts'
import { type Review, reviewHeadline, reviewLines, warns } from './review.ts'

/** More sessions than these in a table help nobody; the JSON has all. */
const SHOWN_SESSIONS = 5

const WORDS: Record<Level, string> = {
  ok: 'OK',
  warning: 'WARNING',
  unknown: 'UNKNOWN',
  critical: 'CRITICAL',
}

/** One line that says it all, and the table behind it. */
export function checkText(
  judgement: Judgement,
  verdicts: readonly Verdict[],
  level: Level,
  review: Review | null = null,
): string {
  const names = sessionNames(judgement)
  // Where no budget is the matter, what the review found is.
  const isAboutReview = warns(review) && worstLevel(verdicts) === 'ok'
  const lines = [
    review?.kind === 'reviewed' && isAboutReview
      ? `${WORDS[level]} ${reviewHeadline(review.advice)}`
      : headline(judgement, verdicts, level, names),
    ...table(verdicts, names),
    ...(review === null ? [] : reviewLines(review).map((line) => `  ${line}`)),
    ...remarks(judgement, verdicts, names),
  ]
  return `${lines.join('\n')}\n`
}

/** What could not be read, priced or dated, one sentence a line. */
export function qualityRemarks({ snapshot: { quality } }: Judgement): string {
  const lines = [
    ...quality.unpriced.map(
      ({ model, records, fix }) =>
        `${plural(records, 'record')} of ${model} unpriced, totals are lower bounds: ${fix}`,
    ),
    ...counted(
      quality.undated,
      'record',
      'without a usable timestamp, counted in all-time only: mend the line',
    ),
    ...counted(quality.rejected, 'record', 'rejected for impossible numbers: mend or delete the line'),
    ...counted(
      quality.future,
      'record',
      'dated more than five minutes ahead: look at the clock that wrote it',
    ),
    ...quality.notes,
  ]
  return lines.map((line) => `ai-costs: ${safeText(line)}\n`).join('')
}

export function troubleText(troubles: readonly Trouble[]): string {
  return troubles
    .map(({ file, line, column, message, fix }) => {
      const place = file === null ? '' : [file, line, column].filter((part) => part !== null).join(':') + ': '
      return `ai-costs: ${safeText(`${place}${message} — ${fix}`)}\n`
    })
    .join('')
}

function headline(
  judgement: Judgement,
  verdicts: readonly Verdict[],
  level: Level,
  names: SessionNames,
): string {
  const worst = worstOf(verdicts)
  const { badLines, rejected } = judgement.snapshot.quality
  if (judgement.allRecords === 0 && badLines + rejected > 0) {
    const unread = plural(badLines + rejected, 'line')
    return `${WORDS[level]} nothing could be counted: ${unread} of ${safeText(judgement.ledgerPath)} unreadable`
  }
  if (judgement.allRecords === 0) {
    const where = judgement.hasLedger
      ? `no usable record in ${safeText(judgement.ledgerPath)}`
      : `no ledger at ${safeText(judgement.ledgerPath)}`
    return `${WORDS[level]} no cost data yet: ${where}`
  }
  if (worst === undefined) return `${WORDS[level]} no budgets to judge`
  const percent = percentText(worst)
  return `${WORDS[level]} ${labelOf(worst, names)} ${spentText(worst)} of ${displayMoney(worst.budget.limit)} (${percent})`
}

/** The first among equals. */
function worstOf(verdicts: readonly Verdict[]): Verdict | undefined {
  let worst = verdicts[0]
  for (const one of verdicts) if (worst !== undefined && bySeverity(one, worst) < 0) worst = one
  return worst
}

function table(verdicts: readonly Verdict[], names: SessionNames): string[] {
  const sessions = verdicts.filter(({ sessionId }) => sessionId !== null).toSorted(bySeverity)
  const shown = [
    ...verdicts.filter(({ sessionId }) => sessionId === null),
    ...sessions.slice(0, SHOWN_SESSIONS),
  ]
  const rows = shown.map((verdict) => [
    labelOf(verdict, names),
    spentText(verdict),
    displayMoney(verdict.budget.limit),
    percentText(verdict),
    verdict.exceeded && verdict.level === 'critical' ? 'over' : verdict.level,
  ])
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lines = rows.map(
    ([label, spent, limit, percent, word]) =>
      `  ${label!.padEnd(widths[0]!)}  ${spent!.padStart(widths[1]!)} / ${limit!.padStart(widths[2]!)}  ${percent!.padStart(widths[3]!)}  ${word}`,
  )
  const hidden = sessions.length - SHOWN_SESSIONS
  return hidden > 0 ? [...lines, `  and ${plural(hidden, 'more session')} below`] : lines
}

function remarks(
  { builtInLimits, snapshot, overrides }: Judgement,
  verdicts: readonly Verdict[],
  names: SessionNames,
): string[] {
  const held = overrideRemarks(verdicts, overrides, (id) => names.get(id) ?? safeText(id))
  const zone = `${asOfText(snapshot.asOf)}, days in ${snapshot.zone}`
  const builtIn = builtInLimits
    ? ['built-in limits: no cost-limits.yaml found (write one with: ai-costs init)']
    : []
  return [...held, zone, ...builtIn].map((remark) => `  ${remark}`)
}

type SessionNames = ReadonlyMap<string, string>

/** By the sessions of the whole day, not only by those in the table: so a session is called the same in the pane. */
function sessionNames({ snapshot }: Judgement): SessionNames {
  return shortIds(snapshot.sessions.map(({ id }) => id))
}

function labelOf({ budget, sessionId }: Verdict, names: SessionNames): string {
  const id = safeText(budget.id)
  return sessionId === null ? id : `${id} ${names.get(sessionId) ?? safeText(sessionId)}`
}

function spentText({ spent, lowerBound }: Verdict): string {
  return `${lowerBound ? '≥ ' : ''}${displayMoney(spent)}`
}

/** Floored, so that 99.99 % never reads 100 %. */
function percentText({ spent, budget, exceeded }: Verdict): string {
  const percent = percentOf(spent, budget.limit)
  if (percent === null) return exceeded ? 'over' : '0%'
  return `${percent}%`
}

function counted(count: number, noun: string, rest: string): readonly string[] {
  return count === 0 ? [] : [`${plural(count, noun)} ${rest}`]
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
