import { type Standing, standingOf } from '../standing.ts'
import type { PlanWindow } from '../status-event.ts'
import type { Verdict } from '../verdict.ts'
import { type Amount, type StatusFacts, amountOf } from './status-facts.ts'
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

/** What a template may name in braces. */
export const STATUS_NAMES = [
  'today',
  'limit',
  'percent',
  'level',
  'session',
  'cache',
  '5h',
  '5h_resets',
  '7d',
  '7d_resets',
  'week',
  'month',
  'model',
  'project',
  'context',
  'stops',
] as const
export type StatusName = (typeof STATUS_NAMES)[number]

export type TemplatePiece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'value'; readonly name: StatusName }

export type Template =
  | { readonly kind: 'template'; readonly pieces: readonly TemplatePiece[] }
  /** `stray` is a brace by itself, or braces around what is no name. */
  | { readonly kind: 'wrong'; readonly stray: string }

/** Reads `today {today}, {{this}} in braces`: a name in braces stands for its value, a doubled brace for itself. */
export function parseTemplate(text: string): Template {
  const pieces: TemplatePiece[] = []
  for (const [word] of text.matchAll(/\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+/g)) {
    if (word === '{{' || word === '}}') pieces.push({ kind: 'literal', text: word.charAt(0) })
    else if (!/[{}]/.test(word)) pieces.push({ kind: 'literal', text: word })
    else {
      const name = STATUS_NAMES.find((one) => `{${one}}` === word)
      if (name === undefined) return { kind: 'wrong', stray: word }
      pieces.push({ kind: 'value', name })
    }
  }
  return { kind: 'template', pieces }
}

/** What a name stands for; a dash where that is not known. */
export function statusValue(name: StatusName, facts: StatusFacts, signs: Signs): StatusSpan {
  const text = valueText(name, facts, signs)
  return { text: text ?? signs.none, tone: text === null ? 'quiet' : toneOf(name, facts) }
}

function valueText(name: StatusName, facts: StatusFacts, signs: Signs): string | null {
  const { daily, session, cacheHitRatio, event, stops, hasData, asOf } = facts
  switch (name) {
    case 'today':
      return hasData ? amountText(facts.today, signs) : null
    case 'limit':
      return daily === null ? null : limitText(daily)
    case 'percent':
      return daily === null || !hasData ? null : usedText(daily) || null
    case 'level':
      return standing(facts)
    case 'session':
      return amountOrNull(session, signs)
    case 'cache':
      return cacheHitRatio === null ? null : ratioText(cacheHitRatio)
    case '5h':
      return usedOf(event?.fiveHour)
    case '5h_resets':
      return resetOf(event?.fiveHour, asOf)
    case '7d':
      return usedOf(event?.sevenDay)
    case '7d_resets':
      return resetOf(event?.sevenDay, asOf)
    case 'week':
      return hasData ? spentOf(facts.weekly, signs) : null
    case 'month':
      return hasData ? spentOf(facts.monthly, signs) : null
    case 'model':
      return nameOrNull(facts.model, signs)
    case 'project':
      return nameOrNull(facts.project, signs)
    case 'context':
      return event === null || event.contextPercent === null ? null : percentText(event.contextPercent)
    case 'stops':
      return stops === null ? null : String(stops)
  }
}

function toneOf(name: StatusName, facts: StatusFacts): StatusSpan['tone'] {
  switch (name) {
    case 'today':
    case 'percent':
      return toneOfVerdict(facts.daily)
    case 'week':
      return toneOfVerdict(facts.weekly)
    case 'month':
      return toneOfVerdict(facts.monthly)
    case 'session':
      return toneOfVerdict(facts.session?.verdict ?? null)
    case 'level':
      return standing(facts)
    default:
      return 'plain'
  }
}

/** Where nothing is wrong nothing is coloured. */
function toneOfVerdict(verdict: Verdict | null): StatusSpan['tone'] {
  return verdict === null || verdict.level === 'ok' ? 'plain' : standingOf(verdict)
}

function standing({ verdicts: [worst] }: StatusFacts): Standing {
  return worst === undefined ? 'ok' : standingOf(worst)
}

function spentOf(verdict: Verdict | null, signs: Signs): string | null {
  return verdict === null ? null : amountText(amountOf(verdict), signs)
}

function amountOrNull(amount: Amount | null, signs: Signs): string | null {
  return amount === null ? null : amountText(amount, signs)
}

function nameOrNull(name: string | null, signs: Signs): string | null {
  return name === null ? null : nameText(name, signs)
}

function usedOf(window: PlanWindow | null | undefined): string | null {
  return window === null || window === undefined ? null : percentText(window.usedPercent)
}

function resetOf(window: PlanWindow | null | undefined, asOf: number): string | null {
  return window === null || window === undefined ? null : resetText(window, asOf)
}
