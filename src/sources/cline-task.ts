import { UNKNOWN } from '../core/record.ts'
import { type Fields, countOf, fieldsOf, instantOf, nameOf, parseFields } from './fields.ts'
import { folderName } from './path-parts.ts'
import { reportedCost } from './reported-cost.ts'
import type { SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'
import { uncachedInput } from './uncached-input.ts'
import { type TokenCounts, usedRecords } from './used-records.ts'

/**
 * What `<task>/ui_messages.json` says: an array of messages, of which `api_req_started` carry, as JSON in their text,
 * what a request used. They have no counts until its answer is complete. `wholeInputSince`: see the variants.
 */
export function readClineTask(
  tool: string,
  text: string,
  path: string,
  wholeInputSince: number | null,
  tally: Tally,
): readonly SourceRecord[] {
  const messages = parseArray(text)
  if (messages === null) {
    tally.count('damaged')
    return []
  }
  const sessionId = folderName(path) || UNKNOWN
  let model: Fields = {}
  return messages.flatMap((value, nth) => {
    const message = fieldsOf(value) ?? {}
    model = fieldsOf(message['modelInfo']) ?? model
    if (message['say'] !== 'api_req_started') return []
    const request = parseFields(typeof message['text'] === 'string' ? message['text'] : '')
    if (request === null) {
      tally.count('damaged')
      return []
    }
    const timestamp = instantOf(message['ts'])
    const fields = {
      id: `${tool}:${sessionId}:${timestamp ?? nth}`,
      timestamp,
      sessionId,
      model: nameOf(model['modelId']) || UNKNOWN,
      tool,
      ...countsOf(request, hasWholeInput(request, model, timestamp, wholeInputSince)),
      ...reportedCost(request['cost']),
    }
    return usedRecords(fields, '', tally)
  })
}

function countsOf(request: Fields, isWhole: boolean): TokenCounts {
  const input = countOf(request['tokensIn'])
  const cacheReadTokens = countOf(request['cacheReads'])
  const cacheWriteTokens = countOf(request['cacheWrites'])
  return {
    inputTokens: isWhole ? uncachedInput(input, cacheReadTokens, cacheWriteTokens) : input,
    outputTokens: countOf(request['tokensOut']),
    cacheReadTokens,
    cacheWriteTokens,
  }
}

/**
 * Whether the input of a request has cached tokens in it. Where a variant does not always put them there, it passes on
 * what the provider said: Anthropic leaves them out, OpenAI has them in.
 */
function hasWholeInput(
  request: Fields,
  model: Fields,
  timestamp: number | null,
  since: number | null,
): boolean {
  if (since === null) return WHOLE_INPUT.has(nameOf(model['providerId']))
  return request['apiProtocol'] === 'openai' || timestamp === null || timestamp >= since
}

/** Providers whose input Cline passes on as it comes, with cached tokens in it. */
const WHOLE_INPUT: ReadonlySet<string> = new Set([
  'openai',
  'litellm',
  'doubao',
  'fireworks',
  'hicap',
  'lmstudio',
  'qwen',
  'xai',
  'zai',
])

function parseArray(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
