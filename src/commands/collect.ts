import { safeText } from '../core/safe-text.ts'
import { settingsForCheck } from '../settings/resolution.ts'
import type { Settings } from '../settings/settings.ts'
import { Unreadable } from '../system/file-system.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { Accounts, readOf } from './accounts.ts'
import { Collector, TREE_MS } from './collector.ts'
import type { ImportRequest } from './import-request.ts'
import { directoriesOf, findAll, knownSources } from './import-sources.ts'
import { Importer } from './importer.ts'
import { loadSettings, settingsStamp } from './load-settings.ts'
import { ownPlace } from './own-place.ts'
import { PROGRAM } from './program.ts'
import type { SettingsPlace } from './settings-places.ts'

/** What `--collect` follows when the settings name nothing. */
const USUAL_SOURCES = ['claude-code', 'codex']

export interface CollectOptions {
  /** Whether the call asks for it; else the settings decide. */
  readonly isAsked: boolean
  /** The ledger into which it goes: another one may begin nearer by. */
  readonly place: () => LedgerPlace
  /** Says why something is not collected; null when all is well again. */
  readonly onTrouble: (trouble: string | null) => void
}

/**
 * Follows the transcripts that the settings name, and begins anew when the settings, the prices or the ledger change;
 * the answer ends it. Broken settings leave it as it was: others say what is wrong with them.
 */
export function collect(
  settingsPlaces: readonly SettingsPlace[],
  options: CollectOptions,
  system: System,
): () => void {
  let known = ''
  let isLoading = false
  let isOver = false
  let hasFailed = false
  let end = nothingToEnd
  const say = (trouble: string | null): void => {
    if (!isOver) options.onTrouble(trouble)
  }
  const begin = async (stamp: string): Promise<void> => {
    isLoading = true
    try {
      const start = await beginning(settingsPlaces, { ...options, onTrouble: say }, system)
      if (start === null || isOver) return
      end()
      if (hasFailed) say(null)
      hasFailed = false
      end = start()
    } catch (error) {
      hasFailed = true
      say(sentenceOf(error))
    } finally {
      isLoading = false
      known = stamp
    }
  }
  const look = (): void => {
    const stamps = [settingsStamp(settingsPlaces, system.files), system.prices.updatedStamp()]
    const stamp = [options.place().directory, ...stamps].join('|')
    if (stamp !== known && !isLoading) void begin(stamp)
  }
  const stopLooking = system.scheduler.every(TREE_MS, look)
  look()
  return () => {
    isOver = true
    stopLooking()
    end()
  }
}

/** What begins to collect by the settings as they are now; null while they are broken. */
async function beginning(
  settingsPlaces: readonly SettingsPlace[],
  options: CollectOptions,
  system: System,
): Promise<(() => () => void) | null> {
  const resolution = await loadSettings(settingsPlaces, system.environment, system.files)
  const settings = settingsForCheck(resolution)
  if (settings.kind === 'broken') return null
  const { collect: named, sources: described } = settings.value
  const names = named.length === 0 && options.isAsked ? USUAL_SOURCES : named
  const sources = knownSources(described).filter(({ name }) => names.includes(name))
  if (sources.some(({ reading }) => reading.kind === 'database')) await system.transcripts.loadDatabases()
  const accounts = new Accounts(settings.value, readOf(resolution), system.environment.zone, system.prices)
  const place = ownPlace(options.place(), system)
  const unknown = unknownName(names, settings.value)
  return () => {
    if (unknown !== null) options.onTrouble(unknown)
    if (sources.length === 0) return nothingToEnd
    const collector = new Collector(
      {
        importer: new Importer(requestFor(place, system), accounts, system),
        find: () => findAll(sources, described, system),
        roots: sources.flatMap((source) => directoriesOf(source, described, system.environment)),
        ledgerDirectory: place.directory,
        onTrouble: (trouble) => options.onTrouble(trouble ?? unknown),
      },
      system,
    )
    return collector.start()
  }
}

function nothingToEnd(): void {}

function requestFor(place: LedgerPlace, { transcripts }: System): ImportRequest {
  const { projectDirectory } = place
  return {
    ledger: place,
    scope: {
      program: PROGRAM,
      project: projectDirectory === null ? null : transcripts.realPath(projectDirectory),
      since: null,
    },
    dryRun: false,
    isLive: true,
    labels: { taskId: '', enhancement: '' },
  }
}

function unknownName(names: readonly string[], { sources }: Pick<Settings, 'sources'>): string | null {
  const known = new Set(knownSources(sources).map(({ name }) => name))
  const unknown = names.find((name) => !known.has(name))
  if (unknown === undefined) return null
  return safeText(`collect: there is no source "${unknown}": use ${USUAL_SOURCES.join(', ')} or another tool`)
}

/** Throws what is no trouble of the user's, but a fault of ours. */
function sentenceOf(error: unknown): string {
  if (error instanceof Unreadable) return safeText(`${error.path} ${error.message}: ${error.fix}`)
  if (error instanceof NotSaved) return safeText(error.message)
  throw error
}
