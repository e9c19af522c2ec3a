/** How a value is read: a name that repeats, a whole number, dollars, an instant, a string of its own, or `true`. */
export const NAME = 0
export const COUNT = 1
export const COST = 2
export const TIMESTAMP = 3
export const UNIQUE = 4
export const FLAG = 5

/** The keys of a plain record. A key that is not here sends the line to the careful reader. */
const FIELDS = {
  timestamp: TIMESTAMP,
  session_id: NAME,
  project: NAME,
  model: NAME,
  tool: NAME,
  input_tokens: COUNT,
  output_tokens: COUNT,
  cache_read_tokens: COUNT,
  cache_write_tokens: COUNT,
  cost_usd: COST,
  task_type: NAME,
  duration_seconds: COUNT,
  v: COUNT,
  id: UNIQUE,
  cost_source: NAME,
  cache_write_1h_tokens: COUNT,
  web_search_requests: COUNT,
  service_tier: NAME,
  speed: NAME,
  inference_geo: NAME,
  aggregate: FLAG,
  branch: NAME,
  task_id: NAME,
  enhancement: NAME,
  project_code: NAME,
  note: UNIQUE,
  machine: NAME,
} as const satisfies Record<string, number>

type FieldKey = keyof typeof FIELDS

const KEYS = Object.keys(FIELDS) as FieldKey[]
const PREFIXES = KEYS.map((key) => new TextEncoder().encode(`"${key}":`))

export const FIELD_COUNT = KEYS.length
export const KINDS = Uint8Array.from(Object.values(FIELDS))

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

/** Whether the field's key stands at `at`. */
export function isKey(field: number, view: DataView, at: number, limit: number): boolean {
  const last = at + KEY_LENGTHS[field]! - 4
  if (last + 4 > limit) return false
  let word = field * WORDS_PER_KEY
  for (let i = at; i < last; i += 4) if (view.getInt32(i, true) !== KEY_WORDS[word++]) return false
  return view.getInt32(last, true) === KEY_WORDS[word]
}

/** Each key's field number. */
export const FIELD = numbered((field) => field)

/** Each key's bit: there are fewer than 31 fields, so a set of them is one small integer. */
export const BIT = numbered((field) => 1 << field)

function numbered(numberOf: (field: number) => number): Readonly<Record<FieldKey, number>> {
  return Object.fromEntries(KEYS.map((key, field) => [key, numberOf(field)])) as Record<FieldKey, number>
}
