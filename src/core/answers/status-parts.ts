import type { BudgetKind } from '../budget.ts'
import { isGlobal } from '../budget.ts'
import { badgeText, standingOf } from '../standing.ts'
import type { PlanWindow } from '../status-event.ts'
import type { Verdict } from '../verdict.ts'
import { type StatusFacts, amountOf } from './status-facts.ts'
import {
  type Signs,
  type StatusSpan,
  amountText,
  limitText,
  nameText,
  percentText,
  ratioText,
  resetText,
  usedText,
} from './status-words.ts'

/**
 * The parts of a status line without a template, the most important first: `today $3.10/$10 31%`, `session $0.42`,
 * `cache 71%`, `5h 42% resets 2h10m`.
 */
export function statusParts(facts: StatusFacts, signs: Signs): readonly StatusSpan[] {
  const { event, stops, cacheHitRatio, asOf } = facts
  const windows = [windowText('5h', event?.fiveHour, asOf), windowText('7d', event?.sevenDay, asOf)]
  return [
    ...leadParts(facts, signs),
    ...sessionPart(facts, signs),
    ...(stops === null || stops === 0 ? [] : [warned(`${stops} stopped turn${stops === 1 ? '' : 's'}`)]),
    ...(cacheHitRatio === null ? [] : [plain(`cache ${ratioText(cacheHitRatio)}`)]),
    ...windows.flatMap((text) => (text === null ? [] : [plain(text)])),
  ]
}

/** The budget that stands worst, where it is not well, and the first of day, week and month. */
function leadParts(facts: StatusFacts, signs: Signs): readonly StatusSpan[] {
  if (!facts.hasData) return [{ text: 'no data', tone: 'quiet' }]
  const lead = facts.daily ?? facts.weekly ?? facts.monthly
  const worst = facts.verdicts.find(({ sessionId }) => sessionId === null)
  const isNews = worst !== undefined && worst !== lead && worst.level !== 'ok'
  const rest = lead === null ? plain(`today ${amountText(facts.today, signs)}`) : budgetPart(lead, signs)
  return [...(isNews ? [budgetPart(worst, signs)] : []), rest]
}

function sessionPart({ session }: StatusFacts, signs: Signs): readonly StatusSpan[] {
  if (session === null) return []
  const { verdict } = session
  if (verdict !== null && verdict.level !== 'ok') return [standingPart('session', verdict, signs)]
  return [plain(`session ${amountText(session, signs)}`)]
}

const NAMES: Record<BudgetKind, string> = {
  daily: 'today',
  weekly: 'week',
  monthly: 'month',
  per_session: 'session',
}

function budgetPart(verdict: Verdict, signs: Signs): StatusSpan {
  const { budget } = verdict
  return standingPart(isGlobal(budget) ? NAMES[budget.kind] : nameText(budget.id, signs), verdict, signs)
}

/** `today $8.10/$10 81% ▲ warning`: what is not well says so in words, too. */
function standingPart(name: string, verdict: Verdict, signs: Signs): StatusSpan {
  const used = `${name} ${amountText(amountOf(verdict), signs)}/${limitText(verdict)} ${usedText(verdict)}`
  if (verdict.level === 'ok') return plain(used.trimEnd())
  const standing = standingOf(verdict)
  return { text: `${used.trimEnd()} ${badgeText(standing, signs.isAscii)}`, tone: standing }
}

function windowText(name: string, window: PlanWindow | null | undefined, asOf: number): string | null {
  if (window === null || window === undefined) return null
  const reset = resetText(window, asOf)
  return `${name} ${percentText(window.usedPercent)}${reset === null ? '' : ` resets ${reset}`}`
}

function plain(text: string): StatusSpan {
  return { text, tone: 'plain' }
}

function warned(text: string): StatusSpan {
  return { text, tone: 'warning' }
}
