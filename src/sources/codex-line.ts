import { type Fields, fieldsOf, instantOf, parseFields } from './fields.ts'

/** A line that matters, taken apart. */
export interface CodexLine {
  /** `session_meta`, `token_count` … of the event itself where the line wraps one. */
  readonly type: string
  readonly timestamp: number | null
  /** Its place in the session; null in lines of older versions. */
  readonly ordinal: number | null
  readonly payload: Fields
}

/** What tells one kind of line from another stands near its beginning: lines can have 20 MB, few are of interest. */
const HEAD_BYTES = 512

/** A line without a type at its beginning is read only when that costs nothing. */
const SMALL_BYTES = 65_536

const TYPE = /"type"\s*:\s*"([\w.]*)"/

/** Whether a line may hold one of `types`, so that it is worth parsing. */
export function mayHold(types: ReadonlySet<string>, bytes: Buffer, start: number, end: number): boolean {
  const head = bytes.toString('latin1', start, Math.min(end, start + HEAD_BYTES))
  const own = TYPE.exec(head)
  if (own?.[1] !== EVENT) return own === null ? end - start <= SMALL_BYTES : types.has(own[1] ?? '')
  const inner = TYPE.exec(head.slice(own.index + own[0].length))
  return inner === null ? end - start <= SMALL_BYTES : types.has(inner[1] ?? '')
}

const EVENT = 'event_msg'

/** The parts of a line; null when it is torn or no JSON object. */
export function parseCodexLine(bytes: Buffer, start: number, end: number): CodexLine | null {
  const line = parseFields(bytes.toString('utf8', start, end))
  if (line === null) return null
  const payload = fieldsOf(line['payload']) ?? {}
  const type = line['type'] === EVENT ? payload['type'] : line['type']
  return {
    type: typeof type === 'string' ? type : '',
    timestamp: instantOf(line['timestamp']),
    ordinal: typeof line['ordinal'] === 'number' ? line['ordinal'] : null,
    payload,
  }
}

/** When a line was written, without reading the line; null when it does not begin with that. */
export function headTimestamp(bytes: Buffer, start: number, end: number): number | null {
  const head = bytes.toString('latin1', start, Math.min(end, start + 64))
  return instantOf(/^\s*\{\s*"timestamp"\s*:\s*"([^"]*)"/.exec(head)?.[1])
}
