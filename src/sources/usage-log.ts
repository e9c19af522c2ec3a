import type { MappedField } from '../core/field-mapping.ts'
import { contentId } from './content-id.ts'
import { type Fields, parseFields } from './fields.ts'
import { type MappedLog, mappedRecord } from './mapped-record.ts'
import type { Source, SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'

const FILE = '.claude_usage_log.jsonl'

/**
 * The log that small scripts keep of what they asked: one JSON object per line, of which only `cost` is certain. A line
 * has no id, so it is known by its text: lines which are alike in every character, their timestamp too, count once.
 */
export const usageLog: Source = {
  name: 'usage-log',
  title: 'Usage log',
  directories: ({ home }) => [`${home}/${FILE}`],
  isTranscript: (name) => name.slice(name.lastIndexOf('/') + 1) === FILE,
  recognizes: (text) => {
    const first = parseFields(text.split('\n', 1)[0] ?? '')
    return first !== null && Object.hasOwn(first, 'cost') && valueOf(first, 'timestamp') !== undefined
  },
  reading: {
    kind: 'lines',
    open: (_transcript, _state, tally) => ({
      line: (bytes, start, end) => readText(bytes.toString('utf8', start, end), tally),
      state: () => null,
    }),
  },
}

const LOG: MappedLog = { name: 'usage-log', inputIncludesCached: false, aggregate: false }

function readText(text: string, tally: Tally): readonly SourceRecord[] {
  const line = parseFields(text)
  if (line !== null) return mappedRecord(LOG, (field) => valueOf(line, field), contentId(text.trim()), tally)
  if (text.trim() !== '') tally.count('damaged')
  return []
}

/** The names that scripts give to a field; the first that a line has counts. */
const KEYS: Readonly<Record<MappedField, readonly string[]>> = {
  timestamp: ['timestamp', 'time', 'date', 'ts'],
  id: [],
  session_id: ['session_id', 'session'],
  project: ['project'],
  cwd: ['cwd'],
  model: ['model'],
  input_tokens: ['input_tokens', 'input'],
  cached_tokens: ['cache_read_tokens', 'cache_read_input_tokens'],
  cache_write_tokens: ['cache_write_tokens', 'cache_creation_input_tokens'],
  output_tokens: ['output_tokens', 'output'],
  cost_usd: ['cost', 'cost_usd', 'total_cost'],
}

function valueOf(line: Fields, field: MappedField): unknown {
  const key = KEYS[field].find((name) => Object.hasOwn(line, name) && line[name] !== null)
  return key === undefined ? undefined : line[key]
}
