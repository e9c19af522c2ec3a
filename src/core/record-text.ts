import { escapeNonPrinting } from './json.ts'
import { decimalText } from './money.ts'
import type { UsageRecord } from './record.ts'
import { UNKNOWN } from './record.ts'
import { formatInstant } from './timestamp.ts'

/**
 * The line that says a record, without a newline. It begins `{"v":1,"id":"`, by which a reader finds it behind a
 * torn fragment, and holds a whitelist of fields: nothing that was typed to an agent ever gets here.
 */
export function recordText(record: UsageRecord): string {
  const { costUsd: cost } = record
  // JSON.stringify is five times faster than walking the fields, but refuses money, which is exact.
  const text = JSON.stringify(withoutCost(record))
  return escapeNonPrinting(cost === null ? text : `${text.slice(0, -1)},"cost_usd":${decimalText(cost)}}`)
}

/** The same as data. */
export function recordJson(record: UsageRecord) {
  return { ...withoutCost(record), cost_usd: record.costUsd ?? undefined }
}

/** One literal, because an import makes a hundred thousand: a spread in it would take as long as all the rest. */
function withoutCost(record: UsageRecord) {
  return {
    v: 1,
    id: record.id,
    kind: record.adjustment ? 'adjustment' : undefined,
    corrects: record.adjustment ? record.corrects : undefined,
    timestamp: record.timestamp === null ? undefined : formatInstant(record.timestamp),
    session_id: named(record.sessionId),
    project: named(record.project),
    model: named(record.model),
    tool: named(record.tool),
    input_tokens: record.inputTokens,
    output_tokens: record.outputTokens,
    cache_read_tokens: record.cacheReadTokens,
    cache_write_tokens: record.cacheWriteTokens,
    cache_write_1h_tokens: record.cacheWrite1hTokens || undefined,
    web_search_requests: record.webSearchRequests || undefined,
    cost_source: record.costUsd === null ? undefined : (record.costSource ?? undefined),
    task_type: named(record.taskType),
    duration_seconds: record.durationSeconds ?? undefined,
    service_tier: record.serviceTier || undefined,
    speed: record.speed || undefined,
    inference_geo: record.inferenceGeo || undefined,
    aggregate: record.aggregate || undefined,
    branch: record.branch || undefined,
    task_id: record.taskId || undefined,
    enhancement: record.enhancement || undefined,
    project_code: record.projectCode || undefined,
    note: record.note || undefined,
    machine: record.machine || undefined,
  }
}

function named(name: string): string | undefined {
  return name === UNKNOWN || name === '' ? undefined : name
}
