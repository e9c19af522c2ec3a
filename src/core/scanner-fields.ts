/** How the scanner reads a value: pooled name, one-of-a-kind string, whole number, instant, dollars or `true`. */
export type ValueKind = 'name' | 'unique' | 'count' | 'timestamp' | 'cost' | 'true'

/** The keys of a plain record. A key that is not here sends the line to the careful reader. */
const FIELDS = {
  timestamp: 'timestamp',
  session_id: 'name',
  project: 'name',
  model: 'name',
  tool: 'name',
  input_tokens: 'count',
  output_tokens: 'count',
  cache_read_tokens: 'count',
  cache_write_tokens: 'count',
  cost_usd: 'cost',
  task_type: 'name',
  duration_seconds: 'count',
  v: 'count',
  id: 'unique',
  cost_source: 'name',
  cache_write_1h_tokens: 'count',
  web_search_requests: 'count',
  service_tier: 'name',
  speed: 'name',
  inference_geo: 'name',
  aggregate: 'true',
  branch: 'name',
  task_id: 'name',
  enhancement: 'name',
  project_code: 'name',
  note: 'unique',
  machine: 'name',
} as const satisfies Record<string, ValueKind>

export type FieldKey = keyof typeof FIELDS

const KEYS = Object.keys(FIELDS) as FieldKey[]
const PREFIXES = KEYS.map((key) => new TextEncoder().encode(`"${key}":`))

export const FIELD_COUNT = KEYS.length
export const KINDS: readonly ValueKind[] = Object.values(FIELDS)

/** Bytes of each key as it stands in a line, with its quotes and colon: at least four. */
export const KEY_LENGTHS = Int32Array.from(PREFIXES, ({ length }) => length)
export const WORDS_PER_KEY = Math.ceil(Math.max(...KEY_LENGTHS) / 4)

/** Those bytes four at a time, little-endian; the last word of a key overlaps the one before it. */
export const KEY_WORDS = new Int32Array(FIELD_COUNT * WORDS_PER_KEY)

PREFIXES.forEach((prefix, field) => {
  const view = new DataView(prefix.buffer)
  for (let word = 0; word * 4 < prefix.length; word++) {
    KEY_WORDS[field * WORDS_PER_KEY + word] = view.getInt32(Math.min(word * 4, prefix.length - 4), true)
  }
})

export function fieldIndex(key: FieldKey): number {
  return KEYS.indexOf(key)
}

/** There are fewer than 31 fields, so a set of them is one small integer. */
export function fieldBit(key: FieldKey): number {
  return 1 << fieldIndex(key)
}
