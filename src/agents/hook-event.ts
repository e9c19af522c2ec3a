import { parseObject } from './json-object.ts'

/** What an agent says when it calls a hook: the few members that concern us, whichever agent it is. */
export interface HookEvent {
  /** As the agent calls it, e.g. `SessionEnd`. */
  readonly name: string
  /** Name of the source that reads the agent's transcripts. */
  readonly source: string
  readonly sessionId: string
  /** Where the agent works; `''` when it does not say. */
  readonly cwd: string
  /** Transcripts that may have grown. */
  readonly transcripts: readonly string[]
}

/**
 * Reads the event of Claude Code, which comes as JSON on standard input, and of Codex, whose `notify` hands it over as an
 * argument. Null for anything else. What was asked and answered is in there too, and stays there.
 */
export function readHookEvent(text: string): HookEvent | null {
  const event = parseObject(text)
  if (event === null) return null
  const cwd = textOf(event['cwd'])
  const name = textOf(event['hook_event_name'])
  if (name !== '') {
    const paths = [textOf(event['transcript_path']), textOf(event['agent_transcript_path'])]
    const transcripts = paths.filter((path) => path !== '')
    return { name, source: 'claude-code', sessionId: textOf(event['session_id']), cwd, transcripts }
  }
  if (textOf(event['type']) !== CODEX_TURN) return null
  return { name: CODEX_TURN, source: 'codex', sessionId: textOf(event['thread-id']), cwd, transcripts: [] }
}

const CODEX_TURN = 'agent-turn-complete'

/** After these the transcript has something new. */
export const IMPORTING_EVENTS: ReadonlySet<string> = new Set([
  'Stop',
  'SubagentStop',
  'SessionEnd',
  CODEX_TURN,
])

/** As long as a path can be. */
const LONGEST = 4096

function textOf(value: unknown): string {
  return typeof value === 'string' && value.length <= LONGEST ? value : ''
}
