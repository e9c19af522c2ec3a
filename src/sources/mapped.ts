import type { FieldMapping, MappedField } from '../core/field-mapping.ts'
import { matchesGlob } from '../core/glob.ts'
import { contentId } from './content-id.ts'
import { type Fields, fieldsOf, parseFields } from './fields.ts'
import { type MappedLog, mappedRecord } from './mapped-record.ts'
import type { Source, SourceRecord } from './source.ts'
import { Tally } from '../core/tally.ts'

/**
 * A source for logs of one JSON object per line, which a user described: `mapping` says where each field is. Its
 * directories come from the settings, like the mapping. A line without an id is known by its text, so that lines
 * which are alike in every character count once.
 */
export function mappedSource(name: string, mapping: FieldMapping): Source {
  const log: MappedLog = { name, inputIncludesCached: mapping.inputIncludesCached, aggregate: false }
  const readText = (text: string, tally: Tally): readonly SourceRecord[] => {
    const line = parseFields(text)
    if (line === null) {
      if (text.trim() !== '') tally.count('damaged')
      return []
    }
    const valueOf = (field: MappedField) => valueAt(line, mapping.fields.get(field) ?? [])
    return mappedRecord(log, valueOf, contentId(text.trim()), tally)
  }
  return {
    name,
    title: name,
    directories: () => [],
    isTranscript: (file) => matchesGlob(mapping.files, mapping.files.includes('/') ? file : basename(file)),
    recognizes: (text) =>
      text
        .split('\n', LINES_TO_TRY)
        .some((line) => readText(line, new Tally()).some(({ record }) => record.timestamp !== null)),
    reading: {
      kind: 'lines',
      open: (_transcript, _state, tally) => ({
        line: (bytes, start, end) => readText(bytes.toString('utf8', start, end), tally),
        state: () => null,
      }),
    },
  }
}

/** The first lines of a log may be of another kind. */
const LINES_TO_TRY = 20

/** What the keys lead to; only what the line itself says: nothing has a `constructor` that it did not write. */
function valueAt(line: Fields, keys: readonly string[]): unknown {
  if (keys.length === 0) return undefined
  return keys.reduce<unknown>((value, key) => {
    if (Array.isArray(value))
      return /^\d{1,9}$/.test(key) ? (value as readonly unknown[])[Number(key)] : undefined
    const fields = fieldsOf(value)
    return fields !== null && Object.hasOwn(fields, key) ? fields[key] : undefined
  }, line)
}

function basename(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1)
}
