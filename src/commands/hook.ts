import { isAbsolute } from 'node:path'
import { IMPORTING_EVENTS, type HookEvent, readHookEvent } from '../agents/hook-event.ts'
import { hashText } from '../core/hash-index.ts'
import { type Result, success } from '../core/result.ts'
import { codex, sessionOfFile } from '../sources/codex.ts'
import type { Source } from '../sources/source.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation } from './command.ts'
import { CURRENT_TASK } from './current-task.ts'
import { CLAIMS } from './import-for-hook.ts'
import { ownPlace } from './own-place.ts'
import { placeOf } from './place.ts'

export const grammar: Grammar = {
  name: 'hook',
  summary: "what agents call after a turn: brings in the transcript's new records, in the background",
  arguments: [
    { name: '[EVENT]', summary: "Codex's notify JSON; other agents write theirs to standard input" },
  ],
  options: COMMON_OPTIONS,
  examples: ['ai-costs hook < event.json'],
  usageExit: 0,
}

/** An event is small; whatever is larger is none. */
const LARGEST_EVENT = 4 << 20

/** Never blocks the agent, whatever happens: it has nothing to print and always ends well. */
export function run(invocation: Invocation, system: System): Result {
  // As of some other instant nothing is written.
  if (invocation.options['now'] !== undefined) return success('')
  let place: LedgerPlace | null = null
  try {
    const text = invocation.arguments[0] ?? system.standardInput.read(LARGEST_EVENT)
    const event = text === null ? null : readHookEvent(text)
    if (event !== null && IMPORTING_EVENTS.has(event.name)) {
      const folder = system.files.isDirectory(event.cwd) ? event.cwd : system.environment.workingDirectory
      const environment = { ...system.environment, workingDirectory: folder }
      place = placeOf(invocation, { ...system, environment })
      importSoon(event, invocation, folder, ownPlace(place, system), system)
    }
  } catch (error) {
    // Without a place there is nowhere to tell.
    if (place !== null) system.errors(place.directory, error)
  }
  return success('')
}

/** One process at a time sets out to read a transcript: a second one would find what the first has not read yet. */
function importSoon(
  event: HookEvent,
  invocation: Invocation,
  folder: string,
  { directory }: LedgerPlace,
  system: System,
): void {
  const named = event.transcripts.length === 0 ? transcriptsOfThread(event, system) : event.transcripts
  // Where nobody knows which transcript has grown, all of them are meant.
  const meant = named.length === 0 ? [event.source] : named.filter(isThere(system))
  // The last word of a session may come after its transcript is gone.
  if (meant.length === 0) return
  system.ledger.createDirectory(directory)
  const claims = system.claims(directory)
  const claimed = meant.filter((what) => claims.take(claimOn(what)))
  if (claimed.length === 0) return
  const task = system.environment.variables[CURRENT_TASK] ?? ''
  // Among all transcripts are those of other tasks.
  const labels = task === '' || named.length === 0 ? [] : [`--task-id=${task}`]
  const words = [
    'import',
    `--${CLAIMS}=${claimed.map(claimOn).join(',')}`,
    ...labels,
    ...placesOf(invocation),
    ...new Set([event.source, ...claimed]),
  ]
  let isStarted = false
  try {
    isStarted = system.background.start(words, folder)
  } finally {
    if (!isStarted) for (const what of claimed) claims.giveUp(claimOn(what))
  }
  if (!isStarted) throw new Error('no import could be started in the background: run ai-costs import')
}

/** The transcript of the thread that an event of Codex names, which does not say where that lies. */
function transcriptsOfThread(
  { source, sessionId }: HookEvent,
  { transcripts, environment }: Pick<System, 'transcripts' | 'environment'>,
): readonly string[] {
  if (source !== codex.name || sessionId === '') return []
  const ofThread: Source = {
    ...codex,
    isTranscript: (name) => codex.isTranscript(name) && sessionOfFile(name) === sessionId,
  }
  return transcripts.find(ofThread, codex.directories(environment)).files.map(({ path }) => path)
}

const isThere =
  ({ transcripts }: Pick<System, 'transcripts'>) =>
  (path: string): boolean =>
    isAbsolute(path) && transcripts.at(path).length > 0

function claimOn(what: string): string {
  return `import-${hashText(what) >>> 0}`
}

function placesOf({ options: { dir, config } }: Invocation): readonly string[] {
  return [
    ...(typeof dir === 'string' ? [`--dir=${dir}`] : []),
    ...(typeof config === 'string' ? [`--config=${config}`] : []),
  ]
}
