import { isAbsolute } from 'node:path'
import type { FailureEvent, TurnEvent } from '../agents/hook-event.ts'
import { hashText } from '../core/hash-index.ts'
import { codex, sessionOfFile } from '../sources/codex.ts'
import type { Source } from '../sources/source.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import type { Invocation } from './command.ts'
import { type CurrentTask, currentTask } from './current-task.ts'
import { CLAIMS } from './import-for-hook.ts'
import { placeWords } from './place-words.ts'

type ImportingSystem = Pick<
  System,
  'background' | 'claims' | 'environment' | 'files' | 'ledger' | 'transcripts'
>

/**
 * Starts an import of what an event says has grown, in a process that nobody waits for. One at a time sets out to read a
 * transcript: a second one would find what the first has not read yet. `system` is that of the folder where the agent
 * works. Throws `NotSaved`, and system errors.
 */
export function importSoon(
  event: TurnEvent | FailureEvent,
  invocation: Invocation,
  { directory }: LedgerPlace,
  system: ImportingSystem,
): void {
  const named = event.transcripts.length === 0 ? transcriptsOfThread(event, system) : event.transcripts
  // Where nobody knows which transcript has grown, all of them are meant.
  const meant = named.length === 0 ? [event.agent] : named.filter(isThere(system))
  // The last word of a session may come after its transcript is gone.
  if (meant.length === 0) return
  system.ledger.createDirectory(directory)
  const claims = system.claims(directory)
  const claimed = meant.filter((what) => claims.take(claimOn(what)))
  if (claimed.length === 0) return
  // Among all transcripts are those of other tasks.
  const labels = named.length === 0 ? [] : labelWords(currentTask(system.environment.variables))
  const words = [
    'import',
    `--${CLAIMS}=${claimed.map(claimOn).join(',')}`,
    ...labels,
    ...placeWords(invocation),
    ...new Set([event.agent, ...claimed]),
  ]
  let isStarted = false
  try {
    isStarted = system.background.start(words, system.environment.workingDirectory)
  } finally {
    if (!isStarted) for (const what of claimed) claims.giveUp(claimOn(what))
  }
  if (!isStarted) throw new Error('no import could be started in the background: run ai-costs import')
}

function labelWords({ taskId, enhancement }: CurrentTask): readonly string[] {
  return [
    ...(taskId === '' ? [] : [`--task-id=${taskId}`]),
    ...(enhancement === '' ? [] : [`--enhancement=${enhancement}`]),
  ]
}

/** The transcript of the thread that an event of Codex names, which does not say where that lies. */
function transcriptsOfThread(
  { agent, sessionId }: TurnEvent | FailureEvent,
  { transcripts, environment }: Pick<System, 'transcripts' | 'environment'>,
): readonly string[] {
  if (agent !== codex.name || sessionId === '') return []
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
