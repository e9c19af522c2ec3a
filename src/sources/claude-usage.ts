import { type MutableRecord, UNKNOWN } from '../core/record.ts'
import { type Fields, countOf, fieldsOf, nameOf } from './fields.ts'

/** Whether it counts anything that we know. */
export function isKnownUsage(usage: Fields): boolean {
  return 'output_tokens' in usage || 'input_tokens' in usage
}

/** Fills in what was used. An impossible count makes the sum of them NaN. */
export function readUsage(record: MutableRecord, usage: Fields): MutableRecord {
  record.inputTokens = countOf(usage['input_tokens'])
  record.outputTokens = countOf(usage['output_tokens'])
  record.cacheReadTokens = countOf(usage['cache_read_input_tokens'])
  const parts = fieldsOf(usage['cache_creation'])
  const hour = countOf(parts?.['ephemeral_1h_input_tokens'])
  const both = hour + countOf(parts?.['ephemeral_5m_input_tokens'])
  // Some versions write only the sum, some only its parts; without parts all of it is for five minutes.
  record.cacheWriteTokens = Math.max(countOf(usage['cache_creation_input_tokens']), both)
  record.cacheWrite1hTokens = hour
  record.webSearchRequests = countOf(fieldsOf(usage['server_tool_use'])?.['web_search_requests'])
  record.serviceTier = unlessUsual(usage['service_tier'])
  record.speed = unlessUsual(usage['speed'])
  record.inferenceGeo = unlessUsual(usage['inference_geo'])
  return record
}

/** `not_available` is what requests to Anthropic itself say of their place: nothing special. */
export function unlessUsual(value: unknown): string {
  const name = nameOf(value)
  return name === 'standard' || name === 'not_available' || name === 'global' ? '' : name
}

const NO_RECORDS: readonly MutableRecord[] = []

/**
 * An advisor is another model that was asked on the way; the usage of the response leaves it out. It is told again
 * wherever the response is, and so it is one under the same request or none.
 */
export function advisorRecords(
  record: MutableRecord,
  response: string,
  usage: Fields,
): readonly MutableRecord[] {
  const iterations: unknown = usage['iterations']
  if (!Array.isArray(iterations)) return NO_RECORDS
  return iterations.flatMap((iteration: unknown, nth) => {
    const fields = fieldsOf(iteration)
    const own = fieldsOf(fields?.['usage']) ?? fields
    if (fields?.['type'] !== 'advisor_message' || own === null) return []
    const id = `${response}/advisor-${nth}${record.id.slice(response.length)}`
    return [readUsage({ ...record, id, model: nameOf(fields['model']) || UNKNOWN }, own)]
  })
}

/** A count that can be none makes the sum NaN. */
export function isPossible(record: MutableRecord): boolean {
  return !Number.isNaN(
    record.inputTokens +
      record.outputTokens +
      record.cacheReadTokens +
      record.cacheWriteTokens +
      record.cacheWrite1hTokens +
      record.webSearchRequests,
  )
}
