import { type JsonObject, isObject, parseObject } from './json-object.ts'

/** The agents whose hooks we answer, by the names of the sources that read their transcripts. */
export const HOOK_AGENTS = ['claude-code', 'codex', 'gemini-cli', 'opencode'] as const
export type HookAgent = (typeof HOOK_AGENTS)[number]

/** What an agent says when it calls a hook: the few members that concern us, whichever agent it is. */
export type HookEvent = AskingEvent | TurnEvent | FailureEvent

interface Called {
  readonly agent: HookAgent
  /** As the agent calls it, e.g. `SessionEnd`. */
  readonly name: string
  /** `''` when it does not say. */
  readonly sessionId: string
  /** Where the agent works; `''` when it does not say. */
  readonly cwd: string
}

/** The agent waits to hear whether, and by which model, it may go on. */
export interface AskingEvent extends Called {
  readonly kind: 'ask'
  /** Before a tool is used, before a prompt is sent, at the start of a session, before each request to a model. */
  readonly moment: 'tool' | 'prompt' | 'start' | 'request'
  /** The model at work; null when the agent does not say. */
  readonly model: string | null
  /** What may still be asked of another model; null where the agent does not let us choose. */
  readonly request: ModelRequest | null
}

/** A request to a model that has not been sent yet. */
export interface ModelRequest {
  readonly model: string
  /** Who is asked, as OpenCode calls it; null where only one can be. */
  readonly provider: string | null
  /** What is asked, to be matched and never kept; null when the agent does not say. */
  readonly prompt: string | null
}

/** A turn or a session is over. */
export interface TurnEvent extends Called {
  readonly kind: 'over'
  /** Transcripts that may have grown; none when the agent does not say. */
  readonly transcripts: readonly string[]
}

/** A turn was ended by the provider: no more requests for now, an unpaid bill. */
export interface FailureEvent extends Called {
  readonly kind: 'failure'
  readonly transcripts: readonly string[]
  /** In the agent's word for it. */
  readonly reason: string
}

/**
 * Reads the event of an agent: JSON on standard input, or of Codex, whose `notify` hands it over as an argument. `agent`
 * is who calls; null to tell from the event. Null for what is no event, or none that concerns us. What was asked and
 * answered is in there too, and stays there.
 */
export function readHookEvent(text: string, agent: HookAgent | null = null): HookEvent | null {
  const event = parseObject(text)
  if (event === null) return null
  if (event['type'] === CODEX_TURN) return codexTurn(event)
  const name = idOf(event['hook_event_name']) || idOf(event['event'])
  const called: Called = {
    agent: agent ?? agentOf(name, event),
    name,
    sessionId: idOf(event['session_id']) || idOf(event['sessionID']),
    cwd: pathOf(event['cwd']) || pathOf(event['directory']),
  }
  if (name === STOP_FAILURE) {
    return { ...called, kind: 'failure', transcripts: transcriptsOf(event), reason: idOf(event['error']) }
  }
  if (IMPORTING_EVENTS.has(name)) return { ...called, kind: 'over', transcripts: transcriptsOf(event) }
  const moment = MOMENTS.get(name)
  // The session goes on, and was told already.
  if (moment === undefined || (moment === 'start' && event['source'] === 'compact')) return null
  const request = requestOf(event)
  return { ...called, kind: 'ask', moment, model: request?.model ?? (idOf(event['model']) || null), request }
}

const CODEX_TURN = 'agent-turn-complete'
const STOP_FAILURE = 'StopFailure'

/** After these the transcript has something new. */
export const IMPORTING_EVENTS: ReadonlySet<string> = new Set([
  'Stop',
  'SubagentStop',
  'SessionEnd',
  STOP_FAILURE,
  'AfterAgent',
  'session.idle',
  CODEX_TURN,
])

/** What the agents call the moments at which they wait for us. */
const MOMENTS: ReadonlyMap<string, AskingEvent['moment']> = new Map([
  ['PreToolUse', 'tool'],
  ['UserPromptSubmit', 'prompt'],
  ['SessionStart', 'start'],
  ['BeforeTool', 'tool'],
  ['BeforeAgent', 'prompt'],
  ['BeforeModel', 'request'],
  ['tool.execute.before', 'tool'],
  ['chat.message', 'prompt'],
])

const GEMINI_ONLY: ReadonlySet<string> = new Set(['BeforeTool', 'BeforeAgent', 'BeforeModel', 'AfterAgent'])

/** Each agent leaves its mark: Gemini CLI an instant, Codex a turn, or a transcript that is named its way or not at all. */
function agentOf(name: string, event: JsonObject): HookAgent {
  if (event['hook_event_name'] === undefined) return 'opencode'
  if (GEMINI_ONLY.has(name) || typeof event['timestamp'] === 'string') return 'gemini-cli'
  const transcript = event['transcript_path']
  const isCodex =
    event['turn_id'] !== undefined ||
    transcript === null ||
    (typeof transcript === 'string' && /[/\\]rollout-[^/\\]*$/.test(transcript))
  return isCodex ? 'codex' : 'claude-code'
}

function codexTurn(event: JsonObject): TurnEvent {
  return {
    kind: 'over',
    agent: 'codex',
    name: CODEX_TURN,
    sessionId: idOf(event['thread-id']),
    cwd: pathOf(event['cwd']),
    transcripts: [],
  }
}

function transcriptsOf(event: JsonObject): readonly string[] {
  return [event['transcript_path'], event['agent_transcript_path']].map(pathOf).filter((path) => path !== '')
}

/** Gemini CLI hands over the request itself, the plugin of OpenCode the model that was chosen. */
function requestOf(event: JsonObject): ModelRequest | null {
  const { llm_request: request, model: chosen } = event
  if (isObject(request)) {
    const model = idOf(request['model'])
    return model === '' ? null : { model, provider: null, prompt: lastSaid(request['messages']) }
  }
  if (!isObject(chosen)) return null
  const [model, provider] = [idOf(chosen['modelID']), idOf(chosen['providerID'])]
  const { prompt } = event
  return model === '' ? null : { model, provider, prompt: typeof prompt === 'string' ? prompt : null }
}

/** What the user said last, in a conversation as Gemini CLI hands it over. */
function lastSaid(messages: unknown): string | null {
  if (!Array.isArray(messages)) return null
  const said: unknown = messages.findLast((one: unknown) => isObject(one) && one['role'] === 'user')
  const content = isObject(said) ? said['content'] : null
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return null
  const texts = content.map((part: unknown) => (isObject(part) ? part['text'] : null))
  return texts.filter((part) => typeof part === 'string').join('\n')
}

/** As long as a path can be. */
const LONGEST_PATH = 4096
/** Longer labels no ledger takes. */
const LONGEST_ID = 512

function pathOf(value: unknown): string {
  return typeof value === 'string' && value.length <= LONGEST_PATH ? value : ''
}

function idOf(value: unknown): string {
  return typeof value === 'string' && value.length <= LONGEST_ID ? value : ''
}
