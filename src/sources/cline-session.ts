import { UNKNOWN } from '../core/record.ts'
import { type Fields, countOf, fieldsOf, instantOf, nameOf, parseFields } from './fields.ts'
import { fileStem, folderName } from './path-parts.ts'
import { reportedCost } from './reported-cost.ts'
import type { SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'
import { uncachedInput } from './uncached-input.ts'
import { type TokenCounts, usedRecords } from './used-records.ts'

/** What `<session>/<agent>.messages.json` says, as Cline writes since 4.1: each answer with its own metrics. */
export function readClineSession(
  tool: string,
  text: string,
  path: string,
  tally: Tally,
): readonly SourceRecord[] {
  const document = parseFields(text)
  const messages: unknown = document?.['messages']
  if (document === null || !Array.isArray(messages)) {
    tally.count(document === null ? 'damaged' : 'strange')
    return []
  }
  const agent = fileStem(path)
  const sessionId = folderName(path) || nameOf(document['sessionId']) || agent || UNKNOWN
  let model = UNKNOWN
  return messages.flatMap((value: unknown, nth) => {
    const message = fieldsOf(value) ?? {}
    model = nameOf(fieldsOf(message['modelInfo'])?.['id']) || model
    const metrics = fieldsOf(message['metrics'])
    if (message['role'] !== 'assistant' || metrics === null) return []
    const fields = {
      id: `${tool}:${sessionId}:${agent}:${nameOf(message['id']) || nth}`,
      timestamp: instantOf(message['ts']),
      sessionId,
      model,
      tool,
      ...countsOf(metrics),
      ...reportedCost(metrics['cost']),
    }
    return usedRecords(fields, '', tally)
  })
}

/** Here the input has both cache counts in it, whatever the provider. */
function countsOf(metrics: Fields): TokenCounts {
  const cacheReadTokens = countOf(metrics['cacheReadTokens'])
  const cacheWriteTokens = countOf(metrics['cacheWriteTokens'])
  return {
    inputTokens: uncachedInput(countOf(metrics['inputTokens']), cacheReadTokens, cacheWriteTokens),
    outputTokens: countOf(metrics['outputTokens']),
    cacheReadTokens,
    cacheWriteTokens,
  }
}
