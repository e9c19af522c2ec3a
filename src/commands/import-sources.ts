import { resolve } from 'node:path'
import { SOURCES } from '../sources/index.ts'
import { mappedSource } from '../sources/mapped.ts'
import type { Source } from '../sources/source.ts'
import type { SourceSettings } from '../settings/settings.ts'
import type { Environment } from '../system/environment.ts'
import { Unreadable } from '../system/file-system.ts'
import type { FoundTranscripts, TranscriptFile } from '../system/transcript-files.ts'
import type { System } from '../system/system.ts'
import { UsageError } from './command.ts'
import type { ImportWarning } from '../core/import-report.ts'
import type { SourceFiles } from './import-request.ts'

type FindingSystem = Pick<System, 'transcripts' | 'environment' | 'files'>
type SourcesSettings = ReadonlyMap<string, SourceSettings>

/** The sources that come with the program, and those that the settings describe. */
export function knownSources(settings: SourcesSettings): readonly Source[] {
  const described = [...settings].flatMap(([name, { mapping }]) =>
    mapping === null ? [] : [mappedSource(name, mapping)],
  )
  return [...SOURCES.filter(({ name }) => !described.some((one) => one.name === name)), ...described]
}

/** Where the transcripts of a source may lie: where the tool puts them, and where the settings say. */
export function directoriesOf(
  source: Source,
  settings: SourcesSettings,
  environment: Environment,
): readonly string[] {
  const { home, variables, platform } = environment
  const further = settings.get(source.name)?.directories ?? []
  return [
    ...source.directories({ home, variables, platform }),
    ...further.map((path) => expanded(path, environment)),
  ]
}

/** The transcripts of sources in all their places. */
export function findAll(
  sources: readonly Source[],
  settings: SourcesSettings,
  { transcripts, environment }: FindingSystem,
): readonly SourceFiles[] {
  return saidOnce(
    sources.map((source) =>
      sourceFiles(source, transcripts.find(source, directoriesOf(source, settings, environment))),
    ),
  )
}

/**
 * What the words of a call mean: names of sources, and paths of transcripts or of folders with transcripts, which belong to
 * the one source that was named, or to whichever knows their form. Throws `UsageError`.
 */
export function findNamed(
  words: readonly string[],
  settings: SourcesSettings,
  system: FindingSystem,
): readonly SourceFiles[] {
  const known = knownSources(settings)
  const named = known.filter(({ name }) => words.includes(name))
  const paths = words.filter((word) => !known.some(({ name }) => name === word))
  if (paths.length === 0) return findAll(named.length === 0 ? known : named, settings, system)
  const candidates = named.length === 0 ? known : named
  const found = new Map<Source, { files: TranscriptFile[]; warnings: ImportWarning[] }>()
  for (const word of paths) {
    const path = pathNamed(word, system.environment)
    for (const [source, { files, unreadable }] of transcriptsAt(
      path,
      word,
      candidates,
      named.length > 0,
      system,
    )) {
      const of = found.get(source) ?? { files: [], warnings: [] }
      of.files.push(...files)
      of.warnings.push(...warningsOf(unreadable))
      found.set(source, of)
    }
  }
  return saidOnce(
    [...found].map(([source, { files, warnings }]) => ({ source, files, folders: [], warnings })),
  )
}

/** Where the path leads that a word of a call is. */
export function pathNamed(word: string, environment: Environment): string {
  return resolve(environment.workingDirectory, expanded(word, environment))
}

/** The source whose form a text has. */
export function recognizedSource(text: string, candidates: readonly Source[]): Source | undefined {
  return candidates.find((source) => source.recognizes(text))
}

function* transcriptsAt(
  path: string,
  word: string,
  candidates: readonly Source[],
  isNamed: boolean,
  { transcripts, files }: FindingSystem,
): Generator<readonly [Source, FoundTranscripts]> {
  if (files.isDirectory(path)) {
    let count = 0
    for (const source of candidates) {
      const found = transcripts.find(source, [path])
      const own = isNamed
        ? found.files
        : found.files.filter((file) => isOf(source, file, candidates, transcripts))
      count += own.length
      if (own.length + found.unreadable.length > 0) yield [source, { ...found, files: own }]
    }
    if (count === 0)
      throw new UsageError(`there is no transcript below ${path}: name its source too, e.g. codex`)
    return
  }
  const [file] = transcripts.at(path)
  if (file === undefined) {
    throw new UsageError(
      `there is neither a source nor a file "${word}": sources are ${candidates.map(({ name }) => name).join(', ')}`,
    )
  }
  const source =
    isNamed && candidates.length === 1
      ? candidates[0]
      : recognizedSource(headOf(path, transcripts), candidates)
  if (source === undefined) {
    throw new UsageError(
      `${path} has a form that no source knows: name the source before it, e.g. codex ${word}`,
    )
  }
  yield [source, { files: [file], folders: [], unreadable: [] }]
}

function isOf(
  source: Source,
  { path }: TranscriptFile,
  candidates: readonly Source[],
  transcripts: FindingSystem['transcripts'],
): boolean {
  return recognizedSource(headOf(path, transcripts), candidates) === source
}

function headOf(path: string, transcripts: FindingSystem['transcripts']): string {
  try {
    return transcripts.head(path)
  } catch (error) {
    if (error instanceof Unreadable) return ''
    throw error
  }
}

function sourceFiles(source: Source, { files, folders, unreadable }: FoundTranscripts): SourceFiles {
  return { source, files, folders, warnings: warningsOf(unreadable) }
}

/** Each source looks into each folder for itself: what none of them may read is said by the first. */
function saidOnce(sources: readonly SourceFiles[]): readonly SourceFiles[] {
  const said = new Set<string>()
  return sources.map(({ warnings, ...rest }) => ({
    ...rest,
    warnings: warnings.filter(({ path }) => !said.has(path) && said.add(path)),
  }))
}

function warningsOf(unreadable: FoundTranscripts['unreadable']): ImportWarning[] {
  return unreadable.map(({ path, errno }) => ({
    path,
    message: `cannot be read (${errno}): give this user the right to read it`,
  }))
}

function expanded(path: string, { home }: Environment): string {
  return path === '~' || path.startsWith('~/') ? home + path.slice(1) : path
}
