import { type Json, jsonLine } from './json.ts'
import { type LineFields, fieldsOf, numberText, textOf } from './line-fields.ts'
import { type Money, type Share, decimalText, parseMoney, parseShare, picodollarsOf } from './money.ts'
import { formatInstant, parseTimestamp } from './timestamp.ts'

/** A downgrade, as it was decided. */
export interface Decision {
  readonly id: string
  /** Epoch milliseconds. */
  readonly timestamp: number
  readonly from: string
  readonly to: string
  /** What made the pressure, and how it stood; null when only the session's earlier step did. */
  readonly pressure: {
    readonly budget: string
    readonly spent: Money
    readonly limit: Money
  } | null
  /** The step that held. */
  readonly step: Share
  readonly reason: string
  /** Which rule spoke, in its own words. Never anything of the prompt. */
  readonly taskType: string
  readonly sessionId: string | null
  readonly tool: string | null
}

/** What somebody learned from a decision, later. */
export interface DecisionNote {
  /** The decision that it completes. */
  readonly id: string
  readonly timestamp: number
  readonly outcome: string | null
  readonly lesson: string | null
}

/** What a line of the file says. */
export type DecisionEntry =
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'note'; readonly note: DecisionNote }

/** The line of a decision, without its line feed. */
export function decisionLine(decision: Decision): string {
  return jsonLine({ v: 1, ...decisionJson(decision) })
}

export function decisionJson(decision: Decision): { readonly [key: string]: Json | undefined } {
  const { pressure } = decision
  return {
    id: decision.id,
    timestamp: formatInstant(decision.timestamp),
    from: decision.from,
    to: decision.to,
    budget: pressure === null ? null : pressure.budget,
    spent_usd: pressure === null ? null : pressure.spent,
    limit_usd: pressure === null ? null : pressure.limit,
    step: shareAmount(decision.step),
    reason: decision.reason,
    task_type: decision.taskType,
    session_id: decision.sessionId ?? undefined,
    tool: decision.tool ?? undefined,
  }
}

export function noteLine({ id, timestamp, outcome, lesson }: DecisionNote): string {
  return jsonLine({
    v: 1,
    id,
    kind: 'note',
    timestamp: formatInstant(timestamp),
    outcome: outcome ?? undefined,
    lesson: lesson ?? undefined,
  })
}

/** What a line says; null for one that is damaged, or of somebody else's making. */
export function parseDecisionLine(line: string): DecisionEntry | null {
  const fields = fieldsOf(line)
  if (fields === null) return null
  const id = textOf(fields['id'])
  const timestamp = parseTimestamp(textOf(fields['timestamp']) ?? '')
  if (id === null || id === '' || timestamp === null) return null
  if (fields['kind'] === 'note') {
    const note = { id, timestamp, outcome: textOf(fields['outcome']), lesson: textOf(fields['lesson']) }
    return { kind: 'note', note }
  }
  const [from, to] = [textOf(fields['from']), textOf(fields['to'])]
  const step = parseShare(numberText(fields['step']))
  if (from === null || to === null || step === null) return null
  const decision: Decision = {
    id,
    timestamp,
    from,
    to,
    pressure: pressureOf(fields),
    step,
    reason: textOf(fields['reason']) ?? '',
    taskType: textOf(fields['task_type']) ?? '',
    sessionId: textOf(fields['session_id']),
    tool: textOf(fields['tool']),
  }
  return { kind: 'decision', decision }
}

/** A share as JSON writes a number: millionths of one are to it what picodollars are to a dollar, six digits on. */
export function shareAmount(share: Share): Money {
  return picodollarsOf(share * 1_000_000n)
}

/** `80%`, `12.5%`. */
export function shareText(share: Share): string {
  return `${decimalText(picodollarsOf(share * 100_000_000n))}%`
}

function pressureOf(fields: LineFields): Decision['pressure'] {
  const budget = textOf(fields['budget'])
  const [spent, limit] = [
    parseMoney(numberText(fields['spent_usd'])),
    parseMoney(numberText(fields['limit_usd'])),
  ]
  return budget === null || spent === null || limit === null ? null : { budget, spent, limit }
}
