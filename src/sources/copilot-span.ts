import { UNKNOWN } from '../core/record.ts'
import { type Fields, countOf, fieldsOf, instantOf, nameOf } from './fields.ts'
import type { SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'
import { uncachedInput } from './uncached-input.ts'
import { usedRecords } from './used-records.ts'

/**
 * The request that a line of exported telemetry tells of. A request may have a chat span and an inference log: both
 * have its id. Turns and agents only sum what their requests say, so they are no news.
 */
export function readSpan(line: Fields, tally: Tally): readonly SourceRecord[] {
  const attributes = fieldsOf(line['attributes']) ?? {}
  if (!isRequest(line, attributes)) return []
  const asked = nameOf(attributes['gen_ai.request.model'])
  const answered = nameOf(attributes['gen_ai.response.model'])
  const sessionId = sessionOf(line, attributes)
  const timestamp = timestampOf(line)
  // As the sums at the end of a session name it.
  const response = `copilot-cli:${sessionId}:${asked || answered}`
  const cacheReadTokens = countOf(attributes['gen_ai.usage.cache_read.input_tokens'])
  const cacheWriteTokens = countOf(
    attributes['gen_ai.usage.cache_creation.input_tokens'] ??
      attributes['gen_ai.usage.cache_write.input_tokens'],
  )
  const fields = {
    id: `${response}#${requestOf(line, attributes) || `${timestamp ?? ''}`}`,
    timestamp,
    sessionId,
    model: answered || asked || UNKNOWN,
    tool: 'copilot-cli',
    inputTokens: uncachedInput(
      countOf(attributes['gen_ai.usage.input_tokens']),
      cacheReadTokens,
      cacheWriteTokens,
    ),
    outputTokens: countOf(attributes['gen_ai.usage.output_tokens']),
    cacheReadTokens,
    cacheWriteTokens,
  }
  return usedRecords(fields, '', tally).map((told) => ({ ...told, response }))
}

function isRequest(line: Fields, attributes: Fields): boolean {
  const event = attributes['event.name']
  if (event !== undefined) return event === 'gen_ai.client.inference.operation.details'
  const operation = attributes['gen_ai.operation.name']
  return operation === undefined ? nameOf(line['name']).startsWith('chat ') : operation === 'chat'
}

function sessionOf(line: Fields, attributes: Fields): string {
  return (
    nameOf(attributes['gen_ai.conversation.id']) ||
    nameOf(attributes['session.id']) ||
    nameOf(attributes['copilot_chat.session_id']) ||
    traceOf(line) ||
    UNKNOWN
  )
}

function requestOf(line: Fields, attributes: Fields): string {
  const span = nameOf(line['spanId']) || nameOf(fieldsOf(line['spanContext'])?.['spanId'])
  return nameOf(attributes['gen_ai.response.id']) || (span === '' ? '' : `${traceOf(line)}:${span}`)
}

function traceOf(line: Fields): string {
  return nameOf(line['traceId']) || nameOf(fieldsOf(line['spanContext'])?.['traceId'])
}

function timestampOf(line: Fields): number | null {
  for (const name of ['endTime', 'hrTime', 'startTime', 'timestamp']) {
    const instant = instantOfPair(line[name]) ?? instantOf(line[name])
    if (instant !== null) return instant
  }
  return null
}

/** Instants of OpenTelemetry in JavaScript are pairs of seconds and nanoseconds. */
function instantOfPair(value: unknown): number | null {
  if (!Array.isArray(value)) return null
  const [seconds, nanoseconds]: readonly unknown[] = value
  if (typeof seconds !== 'number' || typeof nanoseconds !== 'number') return null
  return instantOf(seconds * 1000 + Math.floor(nanoseconds / 1e6))
}
