import { join } from 'node:path'
import type { Finding } from '../core/finding.ts'
import { formatInstant } from '../core/timestamp.ts'
import { bytesText, countOf, thousands } from '../formats/count.ts'
import { Unreadable } from '../system/file-system.ts'
import type { Examination } from './doctor-finding.ts'
import { strangeTranscripts, unreadableTranscripts } from './doctor-transcripts.ts'
import type { SourceFiles } from './import-request.ts'
import { directoriesOf, findAll, knownSources } from './import-sources.ts'
import { Importer } from './importer.ts'
import { PROGRAM } from './program.ts'

/** For each tool: where its transcripts would be, what there is of them, and what of that is not imported yet. */
export async function sourceFindings(examination: Examination): Promise<readonly Finding[]> {
  const { accounts, system } = examination
  const canReadDatabases = await system.transcripts.loadDatabases()
  const { sources: settings } = accounts.settings
  // What has no place of its own comes through a pipe.
  const placed = knownSources(settings).filter(
    (source) => directoriesOf(source, settings, system.environment).length > 0,
  )
  const importer = importerOf(examination)
  return placed.flatMap((source) => {
    const directories = directoriesOf(source, settings, system.environment)
    const [found] = findAll([source], settings, system)
    return found === undefined ? [] : findingsOf(found, directories, importer, canReadDatabases, examination)
  })
}

/** As `import` would ask, without options. */
function importerOf({ call, accounts, system }: Examination): Importer {
  const { projectDirectory } = call.place
  const project = projectDirectory === null ? null : system.transcripts.realPath(projectDirectory)
  const request = {
    ledger: call.place,
    scope: { program: PROGRAM, project, since: null },
    dryRun: true,
    isLive: false,
    labels: { taskId: '', enhancement: '' },
  }
  return new Importer(request, accounts, system)
}

function findingsOf(
  found: SourceFiles,
  directories: readonly string[],
  importer: Importer,
  canReadDatabases: boolean,
  { call, accounts, system }: Examination,
): readonly Finding[] {
  const { source, files, warnings } = found
  const looked = directories.map((path) => ({ path, found: system.files.exists(path) }))
  const topic = source.title
  const troubles = warnings.map(({ path, message }): Finding => ({
    topic,
    health: 'attention',
    message: `${path} ${message}`,
    fix: '',
    facts: { source: source.name, path },
  }))
  if (files.length === 0) {
    const facts = { source: source.name, directories: looked, transcripts: 0 }
    return [...troubles, { topic, health: 'absent', message: absenceText(looked), fix: '', facts }]
  }
  const pending = pendingOf(found, importer)
  const newest = Math.max(...files.map(({ mtime }) => mtime))
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const imported = system.files.changed(join(call.place.directory, 'state', 'imported'))
  const facts = {
    source: source.name,
    directories: looked,
    transcripts: files.length,
    bytes,
    newest: formatInstant(Math.floor(newest)),
    imported: imported === -Infinity ? null : formatInstant(Math.floor(imported)),
    pending: pending?.length ?? null,
  }
  const holds = `${countOf(files.length, 'transcript')}, ${bytesText(bytes)}, the newest of ${minuteOf(newest)}, in ${foundText(looked)}`
  const news = pending?.length ?? null
  const isDone = news === null || news === 0 || accounts.settings.collect.includes(source.name)
  return [
    ...troubles,
    ...unreadableTranscripts(source, pending ?? files, canReadDatabases, system),
    ...(pending === null ? [] : strangeTranscripts(source, importer.strange([found]))),
    {
      topic,
      health: isDone ? 'fine' : 'attention',
      message: `${holds}; ${importedText(news, imported)}`,
      fix: isDone ? '' : `ai-costs import ${source.name}`,
      facts,
    },
  ]
}

interface LookedAt {
  readonly path: string
  readonly found: boolean
}

function foundText(looked: readonly LookedAt[]): string {
  return looked.flatMap(({ path, found }) => (found ? [path] : [])).join(', ')
}

/** Some tools have a dozen places where they might be. */
function absenceText(looked: readonly LookedAt[]): string {
  const found = foundText(looked)
  if (found !== '') return `no transcripts in ${found}`
  const others = looked.length - 1
  return `there is no ${looked[0]?.path}${others === 0 ? '' : `, nor ${countOf(others, 'other place')}`}`
}

/** The transcripts that have something new; null where the ledger itself cannot be read. */
function pendingOf(found: SourceFiles, importer: Importer): SourceFiles['files'] | null {
  try {
    return importer.pending([found]).map(({ file }) => file)
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
}

function importedText(pending: number | null, imported: number): string {
  if (imported === -Infinity) return 'never imported here'
  const last = `last import ${minuteOf(imported)}`
  return pending === null || pending === 0
    ? `${last}, nothing new`
    : `${last}, ${thousands(pending)} with news`
}

function minuteOf(instant: number): string {
  return `${formatInstant(Math.floor(instant)).slice(0, 16).replace('T', ' ')} UTC`
}
