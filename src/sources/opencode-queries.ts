import type { DatabaseQuery } from './source.ts'

// Version 1.2 wrote answers to `message`, version 2 writes them to `session_message`, where it also put older ones with
// their ids: once, so that what a 1.x wrote later is in the older table only. Both are read, and equal ids are one.
// Only numbers, ids and names leave the database: the rest of a row is what was asked and answered.

/** Columns of an answer; JSON functions refuse what is no JSON, and with it the whole query. */
const COUNTS = `
  json_extract(json, '$.tokens.input') AS input,
  json_extract(json, '$.tokens.output') AS output,
  json_extract(json, '$.tokens.reasoning') AS reasoning,
  json_extract(json, '$.tokens.cache.read') AS cache_read,
  json_extract(json, '$.tokens.cache.write') AS cache_write,
  json_extract(json, '$.tokens.total') AS total,
  json_extract(json, '$.cost') AS cost,
  json_extract(json, '$.time.created') AS created,
  json_extract(json, '$.time.completed') AS completed`

const JSON_OR_NOTHING = `json_valid(data) AS is_json, CASE WHEN json_valid(data) THEN data ELSE '{}' END AS json`

const FIRST_GENERATION = `
SELECT id, session_id, is_json,
  json_extract(json, '$.modelID') AS model,
  coalesce(json_extract(json, '$.path.cwd'), json_extract(json, '$.path.root')) AS cwd,${COUNTS}
FROM (SELECT id, session_id, ${JSON_OR_NOTHING} FROM message)
WHERE is_json = 0 OR json_extract(json, '$.role') = 'assistant'`

const secondGeneration = (sessions: string): string => `
SELECT answer.id AS id, answer.session_id AS session_id, is_json,
  json_extract(json, '$.model.id') AS model,
  ${sessions}.directory AS cwd,${COUNTS}
FROM (SELECT id, session_id, ${JSON_OR_NOTHING} FROM session_message WHERE type = 'assistant') AS answer
LEFT JOIN ${sessions} ON ${sessions}.id = answer.session_id`

/** From the newest layout to the oldest; the first that a database can answer leaves nothing out. */
export const OPENCODE_QUERIES: readonly DatabaseQuery[] = [
  { table: 'session_v2', sql: `${secondGeneration('session_v2')}\nUNION ALL${FIRST_GENERATION}` },
  { table: 'session_v2', sql: secondGeneration('session_v2') },
  { table: 'session_message', sql: `${secondGeneration('session')}\nUNION ALL${FIRST_GENERATION}` },
  { table: 'session_message', sql: secondGeneration('session') },
  { table: 'message', sql: FIRST_GENERATION },
]
