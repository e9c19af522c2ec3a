import { IMPORTING_EVENTS, type HookEvent, readHookEvent } from '../agents/hook-event.ts'
import { hashText } from '../core/hash-index.ts'
import { type Result, success } from '../core/result.ts'
import type { System } from '../system/system.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation } from './command.ts'
import { placeOf } from './place.ts'

export const grammar: Grammar = {
  name: 'hook',
  summary: "what agents call after a turn: brings in the transcript's new records, in the background",
  arguments: [
    { name: '[EVENT]', summary: "Codex's notify JSON; other agents write theirs to standard input" },
  ],
  options: { dir: COMMON_OPTIONS.dir, config: COMMON_OPTIONS.config },
  examples: ['ai-costs hook < event.json'],
  usageExit: 0,
}

/** An event is small; whatever is larger is none. */
const LARGEST_EVENT = 4 << 20

/** Never blocks the agent, whatever happens: it has nothing to print and always ends well. */
export function run(invocation: Invocation, system: System): Result {
  try {
    const text = invocation.arguments[0] ?? system.standardInput.read(LARGEST_EVENT)
    const event = text === null ? null : readHookEvent(text)
    if (event !== null && IMPORTING_EVENTS.has(event.name)) importSoon(event, invocation, system)
  } catch (error) {
    system.errors(placeOf(invocation, system).directory, error)
  }
  return success('')
}

/** One process at a time sets out to read a transcript: a second one would find what the first has not read yet. */
function importSoon(event: HookEvent, invocation: Invocation, system: System): void {
  const { environment } = system
  const transcripts = event.transcripts.filter((path) => system.transcripts.at(path).length > 0)
  // The last word of a session may come after its transcript is gone.
  if (transcripts.length === 0 && event.source === 'claude-code') return
  const folder = system.files.isDirectory(event.cwd) ? event.cwd : environment.workingDirectory
  const place = placeOf(invocation, { ...system, environment: { ...environment, workingDirectory: folder } })
  const claim = `import-${hashText([event.source, ...transcripts].join('\n')) >>> 0}`
  system.ledger.createDirectory(place.directory)
  if (!system.claims(place.directory).take(claim)) return
  const task = environment.variables['CMAT_CURRENT_TASK_ID'] ?? ''
  const labels = task === '' ? [] : ['--task-id', task]
  const { dir, config } = invocation.options
  const places = [
    ...(typeof dir === 'string' ? ['--dir', dir] : []),
    ...(typeof config === 'string' ? ['--config', config] : []),
  ]
  system.background.start(
    ['import', '--claim', claim, ...labels, ...places, event.source, ...transcripts],
    folder,
  )
}
