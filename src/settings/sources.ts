import { type FieldMapping, MAPPED_FIELDS, type MappedField, SPEND_FIELDS } from '../core/field-mapping.ts'
import type { Problem } from './problem.ts'
import type { SourceSettings } from './settings.ts'
import type { WrittenMappedSource, WrittenSources } from './sources-schema.ts'
import type { YamlTree } from './yaml-tree.ts'

const USUAL_FILES = '*.jsonl'

/** The sources as written; undefined when the file says nothing of any. */
export function sourcesOf(sources: WrittenSources): ReadonlyMap<string, SourceSettings> | undefined {
  if (!sources) return undefined
  return new Map(
    Object.entries(sources).map(([name, source]) => [
      name,
      'paths' in source
        ? { directories: source.paths, mapping: mappingOf(source) }
        : { directories: source, mapping: null },
    ]),
  )
}

/** Sources that could never find any spend, because nothing says where a line has it. */
export function emptyMappings(tree: YamlTree, sources: WrittenSources): Problem[] {
  return Object.entries(sources ?? {}).flatMap(([name, source]) => {
    if (!('paths' in source) || SPEND_FIELDS.some((field) => source.fields[field] !== undefined)) return []
    const path = ['sources', name, 'fields']
    return [
      tree.problemAt(
        path,
        'these fields say nothing of what was spent',
        `add one of ${SPEND_FIELDS.join(', ')}, with the keys that lead to it`,
        'key',
      ),
    ]
  })
}

function mappingOf({ files, fields, input_includes_cached }: WrittenMappedSource): FieldMapping {
  const paths = MAPPED_FIELDS.flatMap((field): [MappedField, readonly string[]][] => {
    const path = fields[field]
    return path === undefined ? [] : [[field, path]]
  })
  return {
    files: files ?? USUAL_FILES,
    fields: new Map(paths),
    inputIncludesCached: input_includes_cached ?? false,
  }
}
