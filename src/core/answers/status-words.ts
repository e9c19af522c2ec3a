import { durationText } from '../duration.ts'
import { displayMoney, percentOf } from '../money.ts'
import { safeText } from '../safe-text.ts'
import type { Standing } from '../standing.ts'
import type { PlanWindow } from '../status-event.ts'
import type { Verdict } from '../verdict.ts'
import type { Amount } from './status-facts.ts'

/** What a piece of a status line says beside its words: a standing, or how much it matters. */
export type Tone = Standing | 'plain' | 'quiet'

export interface StatusSpan {
  readonly text: string
  readonly tone: Tone
}

/** The signs of a status line; ASCII where the locale knows no others. */
export interface Signs {
  readonly isAscii: boolean
  readonly separator: string
  readonly atLeast: string
  readonly ellipsis: string
  /** Stands for what is not known. */
  readonly none: string
}

export function signsFor(isAscii: boolean): Signs {
  return isAscii
    ? { isAscii, separator: ' | ', atLeast: '>=', ellipsis: '~', none: '-' }
    : { isAscii, separator: ' · ', atLeast: '≥', ellipsis: '…', none: '–' }
}

/** `$3.10`, `≥$3.10`, and `~$0.42` for what only the agent says. */
export function amountText({ usd, sureness }: Amount, { atLeast }: Signs): string {
  const sign = sureness === 'exact' ? '' : sureness === 'about' ? '~' : atLeast
  return sign + displayMoney(usd)
}

/** `$10` rather than `$10.00`: a limit is a round number, and the line is short. */
export function limitText({ budget }: Verdict): string {
  return displayMoney(budget.limit).replace(/\.00$/, '')
}

/** Whole percent, floored; `''` for a limit of zero. */
export function usedText({ spent, budget }: Verdict): string {
  const percent = percentOf(spent, budget.limit)
  if (percent === null) return ''
  return percent > MOST_PERCENT ? `>${MOST_PERCENT}%` : `${percent}%`
}

/** A ratio between two counts as whole percent, floored. */
export function ratioText(ratio: number): string {
  // The small addend keeps 0.29 × 100 = 28.999999999999996 from reading 28 %.
  return percentText(ratio * 100 + 1e-9)
}

export function percentText(percent: number): string {
  return `${Math.floor(percent)}%`
}

/** How long until a window begins anew: `2h10m`; null when that is not known, or past. */
export function resetText({ resetsAt }: PlanWindow, asOf: number): string | null {
  return resetsAt === null || resetsAt <= asOf ? null : durationText(resetsAt - asOf)
}

/** More of a foreign name has no place in one line. */
const LONGEST_NAME = 32

/** A foreign name, harmless and short. */
export function nameText(name: string, { isAscii, ellipsis }: Signs): string {
  const safe = safeText(name)
  const shown = isAscii ? safe.replace(/[^\x20-\x7e]/gu, '?') : safe
  const characters = [...shown]
  if (characters.length <= LONGEST_NAME) return shown
  return characters.slice(0, LONGEST_NAME - 1).join('') + ellipsis
}

const MOST_PERCENT = 999
