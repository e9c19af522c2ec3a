import type { Budget } from './budget.ts'
import { LONGEST_DURATION } from './duration-text.ts'
import { type Json, jsonLine } from './json.ts'
import { type LineFields, fieldsOf, numberText, textOf } from './line-fields.ts'
import { type Money, parseMoney, picodollarsOf, plus } from './money.ts'
import { formatInstant, parseTimestamp } from './timestamp.ts'

/** What every override has. Instants are epoch milliseconds. */
interface Overriding {
  readonly id: string
  /** From when on it holds. */
  readonly timestamp: number
  /** When it is over; not included. */
  readonly until: number
}

/** Hooks let pass what they would block. */
export interface Allow extends Overriding {
  readonly kind: 'allow'
  /** Null for every session. */
  readonly sessionId: string | null
  readonly why: string | null
}

/** A limit is higher for a while. */
export interface Raise extends Overriding {
  readonly kind: 'raise'
  /** The id of the budget. */
  readonly budget: string
  /** Above zero. */
  readonly by: Money
  readonly why: string | null
}

/** Alerts go on record, and disturb nobody. */
export interface Snooze extends Overriding {
  readonly kind: 'snooze'
}

/** Another override is over before its time. */
export interface End {
  readonly kind: 'end'
  readonly id: string
  readonly timestamp: number
  /** The id of that override. */
  readonly ends: string
}

export type Override = Allow | Raise | Snooze | End

/** What holds at an instant. */
export interface ActiveOverrides {
  readonly allows: readonly Allow[]
  readonly raises: readonly Raise[]
  /** When alerts disturb again; null while they do. */
  readonly snoozedUntil: number | null
}

export const NO_OVERRIDES: ActiveOverrides = { allows: [], raises: [], snoozedUntil: null }

/** Every override in the text of the file, in its order. Damaged lines, and what nobody may ask for, are passed over. */
export function parseOverrides(text: string): readonly Override[] {
  return text === '' ? [] : text.split('\n').flatMap((line) => parseLine(line) ?? [])
}

/** What holds at an instant: has begun, is not over, and was not ended. */
export function activeOverrides(overrides: readonly Override[], asOf: number): ActiveOverrides {
  if (overrides.length === 0) return NO_OVERRIDES
  const begun = overrides.filter(({ timestamp }) => timestamp <= asOf)
  const ended = endedAmong(begun)
  const [allows, raises]: [Allow[], Raise[]] = [[], []]
  let snoozedUntil: number | null = null
  for (const one of begun) {
    if (one.kind === 'end' || one.until <= asOf || ended.has(one.id)) continue
    if (one.kind === 'allow') allows.push(one)
    else if (one.kind === 'raise') raises.push(one)
    else snoozedUntil = Math.max(snoozedUntil ?? one.until, one.until)
  }
  return { allows, raises, snoozedUntil }
}

/** The ids of the overrides that were ended before their time. */
export function endedAmong(overrides: readonly Override[]): ReadonlySet<string> {
  return new Set(overrides.flatMap((one) => (one.kind === 'end' ? [one.ends] : [])))
}

/** Whether an answer is another than it would be by the settings alone: one of them must not be kept for the other. */
export function changesAnswers({ allows, raises }: ActiveOverrides): boolean {
  return allows.length > 0 || raises.length > 0
}

/** The budgets with the limits that hold under these raises. */
export function withRaises(budgets: readonly Budget[], raises: readonly Raise[]): readonly Budget[] {
  if (raises.length === 0) return budgets
  return budgets.map((budget) => {
    const raised = raisedOf(raises, budget.id)
    return raised === null ? budget : { ...budget, limit: plus(budget.limit, raised.by) }
  })
}

/** By how much a limit is raised, and until when at least it stays so; the reasons are those that were given. */
export interface Raised {
  readonly by: Money
  readonly until: number
  readonly whys: readonly string[]
}

/** Null for a budget that is not raised. */
export function raisedOf(raises: readonly Raise[], budgetId: string): Raised | null {
  const own = raises.filter(({ budget }) => budget === budgetId)
  if (own.length === 0) return null
  return {
    by: own.reduce((sum, { by }) => plus(sum, by), picodollarsOf(0n)),
    until: Math.min(...own.map(({ until }) => until)),
    whys: own.flatMap(({ why }) => why ?? []),
  }
}

/** What lets a session pass: of several, what lasts longest. A session that nobody knows passes only with all others. */
export function isAllowed({ allows }: ActiveOverrides, sessionId: string | null): Allow | null {
  const own = allows.filter((allow) => allow.sessionId === null || allow.sessionId === sessionId)
  return own.reduce<Allow | null>((last, one) => (last === null || one.until > last.until ? one : last), null)
}

/** The line of an override, without its line feed. */
export function overrideLine(override: Override): string {
  return jsonLine({ v: 1, ...overrideJson(override) })
}

export function overrideJson(override: Override): { readonly [key: string]: Json | undefined } {
  const { id, kind } = override
  return { id, timestamp: formatInstant(override.timestamp), kind, ...detailsOf(override) }
}

function detailsOf(override: Override) {
  if (override.kind === 'end') return { ends: override.ends }
  const until = formatInstant(override.until)
  if (override.kind === 'snooze') return { until }
  const why = override.why ?? undefined
  if (override.kind === 'allow') return { session_id: override.sessionId ?? undefined, until, why }
  return { budget: override.budget, by_usd: override.by, until, why }
}

function parseLine(line: string): Override | null {
  const fields = line === '' ? null : fieldsOf(line)
  const id = textOf(fields?.['id'])
  const timestamp = instantOf(fields?.['timestamp'])
  if (fields === null || id === null || timestamp === null) return null
  if (fields['kind'] === 'end') {
    const ends = textOf(fields['ends'])
    return ends === null ? null : { kind: 'end', id, timestamp, ends }
  }
  const until = instantOf(fields['until'])
  if (until === null || until <= timestamp || until > timestamp + LONGEST_SPAN) return null
  return lastingOverride(fields, { id, timestamp, until })
}

/**
 * A month, and the hour by which clocks may be set back in it. The file may have come with a cloned repository: what it
 * allows must not last.
 */
const LONGEST_SPAN = LONGEST_DURATION + 3_600_000

function lastingOverride(fields: LineFields, span: Overriding): Override | null {
  const why = textOf(fields['why'])
  switch (fields['kind']) {
    case 'allow':
      return allowOf(fields['session_id'], span, why)
    case 'raise': {
      const budget = textOf(fields['budget'])
      const by = parseMoney(numberText(fields['by_usd']))
      return budget === null || by === null || !isRaise(by)
        ? null
        : { kind: 'raise', ...span, budget, by, why }
    }
    case 'snooze':
      return { kind: 'snooze', ...span }
    default:
      return null
  }
}

/** A session that cannot be read must not become all of them. */
function allowOf(session: unknown, span: Overriding, why: string | null): Allow | null {
  if (session === undefined || session === null) return { kind: 'allow', ...span, sessionId: null, why }
  return typeof session === 'string' ? { kind: 'allow', ...span, sessionId: session, why } : null
}

/** Beyond a trillion dollars it is a slip of the keyboard, as for a limit. */
export function isRaise(by: Money): boolean {
  return by > 0n && by <= 10n ** 24n
}

function instantOf(value: unknown): number | null {
  return typeof value === 'string' ? parseTimestamp(value) : null
}
