import { SOURCES } from '../sources/index.ts'
import type { Settings } from '../settings/settings.ts'
import { settingsForCheck } from '../settings/resolution.ts'
import type { System } from '../system/system.ts'
import { Accounts, readOf } from './accounts.ts'
import { Collector } from './collector.ts'
import type { Call } from './desk.ts'
import { directoriesOf, findAll, knownSources } from './import-sources.ts'
import { Importer } from './importer.ts'
import { loadSettings } from './load-settings.ts'
import { PROGRAM } from './program.ts'

/** What `--collect` follows when the settings name nothing. */
const USUAL_SOURCES = ['claude-code', 'codex']

export interface CollectOptions {
  /** Whether the call asks for it; else the settings decide. */
  readonly isAsked: boolean
  readonly onTrouble: (trouble: string | null) => void
}

/**
 * Follows the transcripts that the settings name, into the ledger of a call; the answer ends it. Null when nothing is to
 * be followed, or the settings are broken, which others say.
 */
export async function collect(
  { place, settingsPlaces }: Call,
  { isAsked, onTrouble }: CollectOptions,
  system: System,
): Promise<(() => void) | null> {
  const resolution = await loadSettings(settingsPlaces, system.environment, system.files)
  const settings = settingsForCheck(resolution)
  if (settings.kind === 'broken') return null
  const names = namesOf(settings.value, isAsked)
  const known = knownSources(settings.value.sources)
  const unknown = names.find((name) => !known.some((source) => source.name === name))
  if (unknown !== undefined)
    onTrouble(`collect: there is no source "${unknown}": use ${SOURCES[0]?.name}, codex, …`)
  const sources = known.filter(({ name }) => names.includes(name))
  if (sources.length === 0) return null
  if (sources.some(({ reading }) => reading.kind === 'database')) await system.transcripts.loadDatabases()
  const accounts = new Accounts(settings.value, readOf(resolution), system.environment.zone, system.prices)
  const { projectDirectory } = place
  const request = {
    ledger: place,
    scope: {
      program: PROGRAM,
      project: projectDirectory === null ? null : system.transcripts.realPath(projectDirectory),
      since: null,
    },
    dryRun: false,
    isLive: true,
    labels: { taskId: '', enhancement: '' },
  }
  system.ledger.createDirectory(place.directory)
  const collector = new Collector(
    {
      importer: new Importer(request, accounts, system),
      find: () => findAll(sources, settings.value.sources, system),
      roots: sources.flatMap((source) => directoriesOf(source, settings.value.sources, system.environment)),
      ledgerDirectory: place.directory,
      onTrouble,
    },
    system,
  )
  return collector.start()
}

function namesOf({ collect: named }: Pick<Settings, 'collect'>, isAsked: boolean): readonly string[] {
  return named.length === 0 && isAsked ? USUAL_SOURCES : named
}
