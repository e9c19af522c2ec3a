import type { AlertCause } from './alert.ts'
import { shareAmount } from './decision.ts'
import { type Json, jsonLine } from './json.ts'
import { type LineFields, fieldsOf, textOf } from './line-fields.ts'
import { safeText } from './safe-text.ts'
import { formatInstant, parseTimestamp } from './timestamp.ts'

/** Why an alert went on record and disturbed nobody. */
export type Silence = 'quiet' | 'snoozed'

/** An alert that was raised. */
export interface Alert {
  readonly id: string
  /** Epoch milliseconds. */
  readonly timestamp: number
  readonly cause: AlertCause
  /** One harmless line. */
  readonly message: string
  /** Null for one that disturbs. */
  readonly silence: Silence | null
}

/** A way to tell somebody who does not look at a terminal. */
export type Channel = 'desktop' | 'webhook'

/** A message that did not arrive. */
export interface Undelivered {
  readonly id: string
  readonly timestamp: number
  readonly channel: Channel
  /** Why, as a sentence that ends with the fix. */
  readonly message: string
}

/** What a line of the log says; `fields` are those of the line. */
export interface LoggedEntry {
  readonly id: string
  readonly timestamp: number
  /** `threshold`, `mark`, `runaway`, `undelivered`, or what a later version wrote. */
  readonly kind: string
  readonly message: string
  readonly fields: LineFields
}

const LONGEST_MESSAGE = 500

/** The line of an alert, without its line feed. */
export function alertLine({ id, timestamp, cause, message, silence }: Alert): string {
  return jsonLine({
    v: 1,
    id,
    timestamp: formatInstant(timestamp),
    kind: cause.kind,
    ...aboutCause(cause),
    silence: silence ?? undefined,
    claim: cause.claim,
    message,
  })
}

/** The line of a message that did not arrive, without its line feed. */
export function undeliveredLine({ id, timestamp, channel, message }: Undelivered): string {
  return jsonLine({ v: 1, id, timestamp: formatInstant(timestamp), kind: 'undelivered', channel, message })
}

/** Every entry in the text of the log, the newest first. Damaged lines are passed over. */
export function loggedEntries(text: string): readonly LoggedEntry[] {
  return text
    .split('\n')
    .flatMap((line) => loggedEntry(line) ?? [])
    .toReversed()
}

/** What a line says; null for one that is damaged, or of somebody else's making. */
export function loggedEntry(line: string): LoggedEntry | null {
  const fields = line === '' ? null : fieldsOf(line)
  if (fields === null) return null
  const [id, kind, message] = [textOf(fields['id']), textOf(fields['kind']), textOf(fields['message'])]
  const timestamp = parseTimestamp(textOf(fields['timestamp']) ?? '')
  if (id === null || kind === null || message === null || timestamp === null) return null
  // Whoever can write beside the ledger can write this, too.
  return { id, timestamp, kind, message: safeText(message).slice(0, LONGEST_MESSAGE), fields }
}

function aboutCause(cause: AlertCause): { readonly [key: string]: Json | undefined } {
  if (cause.kind === 'runaway') return { level: 'warning', session_id: cause.sessionId }
  const { verdict, share, level } = cause
  const { budget, period, sessionId, spent, lowerBound, ratio, exceeded } = verdict
  return {
    level,
    threshold: shareAmount(share),
    budget: budget.id,
    scope: { ...budget.scope },
    session_id: sessionId,
    period:
      period === null
        ? null
        : { kind: period.kind, start: formatInstant(period.start), end: formatInstant(period.end) },
    spent_usd: spent,
    limit_usd: budget.limit,
    lower_bound: lowerBound,
    ratio,
    exceeded,
  }
}
