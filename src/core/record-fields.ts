import type { MutableRecord } from './record.ts'

type FieldsOf<Type> = {
  [Key in keyof MutableRecord]-?: MutableRecord[Key] extends Type ? Key : never
}[keyof MutableRecord]

/** The names every record has; missing ones read `(unknown)`. */
export const NAME_FIELDS = {
  session_id: 'sessionId',
  project: 'project',
  model: 'model',
  tool: 'tool',
  task_type: 'taskType',
} as const satisfies Record<string, FieldsOf<string>>

/** The labels a record may have; missing ones read `''`. */
export const LABEL_FIELDS = {
  id: 'id',
  corrects: 'corrects',
  service_tier: 'serviceTier',
  speed: 'speed',
  inference_geo: 'inferenceGeo',
  branch: 'branch',
  task_id: 'taskId',
  enhancement: 'enhancement',
  project_code: 'projectCode',
  note: 'note',
  machine: 'machine',
} as const satisfies Record<string, FieldsOf<string>>

/** The whole counts, zero when missing. */
export const COUNT_FIELDS = {
  input_tokens: 'inputTokens',
  output_tokens: 'outputTokens',
  cache_read_tokens: 'cacheReadTokens',
  cache_write_tokens: 'cacheWriteTokens',
  cache_write_1h_tokens: 'cacheWrite1hTokens',
  web_search_requests: 'webSearchRequests',
} as const satisfies Record<string, FieldsOf<number>>
