/** What can be taken from the lines of a log that a user described: nothing else of them is ever looked at. */
export const MAPPED_FIELDS = [
  'timestamp',
  'id',
  'session_id',
  'project',
  'cwd',
  'model',
  'input_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'output_tokens',
  'cost_usd',
] as const
export type MappedField = (typeof MAPPED_FIELDS)[number]

/** The fields that say something was spent: a mapping without any of them would find nothing. */
export const SPEND_FIELDS = [
  'input_tokens',
  'output_tokens',
  'cost_usd',
] as const satisfies readonly MappedField[]

/** Where the lines of a log that we do not know hold what we need. */
export interface FieldMapping {
  /** Which files are logs: their name, or their path below the directory where it has a `/`; `*` stands for anything. */
  readonly files: string
  /** By field: the keys that lead to it in the object of a line, from the outside in. */
  readonly fields: ReadonlyMap<MappedField, readonly string[]>
  /** Whether the input counts what was read from the cache, as OpenAI's does, and not only what was not. */
  readonly inputIncludesCached: boolean
}
