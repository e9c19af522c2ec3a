import { jsonLine } from './json.ts'
import { fieldsOf, textOf } from './line-fields.ts'
import { looksSecret } from './secrets.ts'
import { formatInstant, parseTimestamp } from './timestamp.ts'

/** A turn that a provider ended: no more requests for now, an unpaid bill. What it was about is not in here. */
export interface Stop {
  readonly id: string
  /** Epoch milliseconds. */
  readonly timestamp: number
  readonly sessionId: string | null
  readonly tool: string
  /** The agent's word for it, such as `rate_limit`; `other` when that was no word. */
  readonly kind: string
}

/** The line of a stop, without its line feed. */
export function stopLine({ id, timestamp, sessionId, tool, kind }: Stop): string {
  return jsonLine({
    v: 1,
    id,
    timestamp: formatInstant(timestamp),
    session_id: sessionId === null || looksSecret(sessionId) ? undefined : sessionId,
    tool,
    kind: stopKind(kind),
  })
}

/** The stops in the text of the file, from an instant on and before another, in their order. Damaged lines are passed over. */
export function stopsOf(text: string, from: number, to: number): readonly Stop[] {
  return text
    .split('\n')
    .flatMap((line) => parseStopLine(line) ?? [])
    .filter(({ timestamp }) => timestamp >= from && timestamp < to)
}

/** `3 turns were stopped by providers today (2 rate_limit, 1 billing_error)`; null when none was. */
export function stopsText(stops: readonly Stop[]): string | null {
  if (stops.length === 0) return null
  const counts = new Map<string, number>()
  for (const { kind } of stops) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const kinds = [...counts].toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
  const detail = kinds.map(([kind, count]) => `${count} ${kind}`).join(', ')
  return `${stops.length} turn${stops.length === 1 ? ' was' : 's were'} stopped by providers today (${detail})`
}

function parseStopLine(line: string): Stop | null {
  const fields = line === '' ? null : fieldsOf(line)
  const id = textOf(fields?.['id'])
  const timestamp = parseTimestamp(textOf(fields?.['timestamp']) ?? '')
  const kind = textOf(fields?.['kind'])
  if (fields === null || id === null || timestamp === null || kind === null) return null
  const tool = textOf(fields['tool']) ?? ''
  return { id, timestamp, sessionId: textOf(fields['session_id']), tool, kind: stopKind(kind) }
}

/** A label, and nothing else: an error could quote what was asked. */
function stopKind(reason: string): string {
  return /^[a-z][a-z0-9_]{0,39}$/.test(reason) ? reason : 'other'
}
