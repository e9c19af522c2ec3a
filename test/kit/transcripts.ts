import { type Random, random } from '../bench/kit/random.ts'
import { CANARY } from '../sources/told.ts'

/** One response of a model, as an agent was told it. */
export interface AResponse {
  readonly message: string
  readonly request: string
  readonly session: string
  readonly cwd: string
  readonly model: string
  /** Epoch milliseconds of its first line. */
  readonly at: number
  readonly input: number
  readonly output: number
  readonly read: number
  readonly written5m: number
  readonly written1h: number
}

/** A response with round numbers, unless told otherwise. */
export function aResponse(change: Partial<AResponse> = {}): AResponse {
  return {
    message: 'msg_1',
    request: 'req_1',
    session: 's-1',
    cwd: '/home/u/app',
    model: 'claude-sonnet-4-5-20250929',
    at: Date.UTC(2025, 11, 15, 10),
    input: 10,
    output: 400,
    read: 20_000,
    written5m: 1000,
    written1h: 200,
    ...change,
  }
}

/**
 * The lines that Claude Code writes of a response: one for each block, with the same ids and input, a few output tokens
 * at first and all of them on the last.
 */
export function responseLines(response: AResponse, blocks = 1, isSidechain = false): string[] {
  return Array.from({ length: blocks }, (_, nth) =>
    responseLine(response, nth, nth === blocks - 1, isSidechain),
  )
}

function responseLine(response: AResponse, nth: number, isLast: boolean, isSidechain: boolean): string {
  const { message, request, session, cwd, model, at, input, output, read, written5m, written1h } = response
  const usage = {
    input_tokens: input,
    cache_creation_input_tokens: written5m + written1h,
    cache_read_input_tokens: read,
    cache_creation: { ephemeral_5m_input_tokens: written5m, ephemeral_1h_input_tokens: written1h },
    output_tokens: isLast ? output : Math.min(output, 1 + nth),
    service_tier: 'standard',
  }
  return JSON.stringify({
    parentUuid: null,
    isSidechain,
    cwd,
    sessionId: session,
    version: '2.0.42',
    gitBranch: 'main',
    message: {
      model,
      id: message,
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: `${CANARY} {"usage":{"output_tokens":999999}}` }],
      stop_reason: isLast ? 'end_turn' : null,
      stop_sequence: null,
      usage,
    },
    requestId: request,
    type: 'assistant',
    uuid: `${message}-${request}-${nth}`,
    timestamp: new Date(at + nth * 900).toISOString(),
  })
}

/** A line that says what a tool answered; that of a Task repeats the usage of its subagent. */
export function resultLine({ session, cwd, at }: AResponse): string {
  return JSON.stringify({
    type: 'user',
    sessionId: session,
    cwd,
    message: { role: 'user', content: [{ type: 'tool_result', content: CANARY }] },
    timestamp: new Date(at).toISOString(),
    toolUseResult: { prompt: CANARY, usage: { input_tokens: 4, output_tokens: 900 }, totalTokens: 904 },
  })
}

/** What Claude Code writes in the name of a model when the service failed. */
function syntheticLine({ session, cwd, at }: AResponse): string {
  const usage = { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0 }
  const message = { id: `synthetic-${at}`, model: '<synthetic>', role: 'assistant', usage }
  return JSON.stringify({
    type: 'assistant',
    sessionId: session,
    cwd,
    timestamp: new Date(at).toISOString(),
    message,
    isApiErrorMessage: true,
  })
}

/** A folder of transcripts, and what they truly tell. */
export interface TranscriptTree {
  /** Texts by their paths below the folder. */
  readonly files: ReadonlyMap<string, string>
  /** Each response once, as it ended. */
  readonly responses: readonly AResponse[]
  /** Lines that tell of a response, replays and copies included. */
  readonly tellings: number
}

const MODELS = [
  { name: 'claude-sonnet-4-5-20250929', weight: 6 },
  { name: 'claude-opus-4-1-20250805', weight: 2 },
  { name: 'claude-haiku-4-5-20251001', weight: 2 },
]

/**
 * Transcripts as a busy month leaves them: responses on one to four lines, subagents in files of their own and within
 * their session's, side questions that replay messages under a new request, resumed sessions that begin with a copy of
 * another, errors in the name of a model, torn last lines. The same for the same seed.
 */
export function transcriptTree(seed: number, sessions: number, cwds: readonly string[]): TranscriptTree {
  const writer = new TreeWriter(random(seed))
  for (let nth = 0; nth < sessions; nth++) writer.session(`session-${nth}`, cwds[nth % cwds.length]!)
  return writer
}

class TreeWriter implements TranscriptTree {
  readonly files = new Map<string, string>()
  readonly responses: AResponse[] = []
  readonly #random: Random
  /** What a later session may resume. */
  #resumable = ''

  constructor(draw: Random) {
    this.#random = draw
  }

  get tellings(): number {
    const rows = [...this.files.values()].flatMap((text) => text.split('\n'))
    return rows.filter((row) => row.includes('"requestId":') && row.endsWith('}')).length
  }

  session(session: string, cwd: string): void {
    const { chance, integer } = this.#draws()
    const folder = cwd.replace(/[^A-Za-z0-9]/g, '-')
    const lines: string[] = [JSON.stringify({ type: 'summary', summary: CANARY, leafUuid: session })]
    const own: AResponse[] = []
    for (let turn = integer(3, 30); turn > 0; turn--) {
      const response = this.#respond(session, cwd)
      own.push(response)
      lines.push(...this.#tell(response, false), resultLine(response))
      if (chance(0.1)) lines.push(...this.#tell(this.#respond(session, cwd), true))
      if (chance(0.03)) lines.push(syntheticLine(response))
      if (chance(0.08)) this.#subagent(`${folder}/${session}/subagents/agent-${turn}.jsonl`, response, own)
    }
    const text = `${lines.join('\n')}\n`
    const copied = chance(0.2) ? this.#resumable : ''
    this.#resumable = text
    const torn = chance(0.1) ? this.#tornLine(session, cwd) : ''
    this.files.set(`${folder}/${session}.jsonl`, resumed(copied, session) + text + torn)
  }

  /** Subagents have responses of their own; side questions replay those of their session first. */
  #subagent(path: string, { session, cwd }: AResponse, earlier: readonly AResponse[]): void {
    const { chance, integer } = this.#draws()
    const replayed = chance(0.5) ? [this.#random.pick(earlier)] : []
    const again = replayed.map((one) => ({ ...one, request: `req_${this.#random.uuid()}` }))
    const own = Array.from({ length: integer(1, 6) }, () => this.#respond(session, cwd))
    const lines = [...again, ...own].flatMap((response) => this.#tell(response, true))
    this.files.set(path, `${lines.join('\n')}\n`)
  }

  #respond(session: string, cwd: string): AResponse {
    const { integer } = this.#draws()
    const { name: model } = this.#random.weighted(MODELS)
    const written = integer(80, 4000)
    const isHour = integer(1, 6) === 1
    const response: AResponse = {
      message: `msg_${this.#random.uuid()}`,
      request: `req_${this.#random.uuid()}`,
      session,
      cwd,
      model,
      at: Date.UTC(2025, 11, integer(1, 14), 12) + integer(0, 3_600_000),
      input: integer(1, 40),
      output: integer(30, 2600),
      read: integer(12_000, 120_000),
      written5m: isHour ? 0 : written,
      written1h: isHour ? written : 0,
    }
    this.responses.push(response)
    return response
  }

  #tell(response: AResponse, isSidechain: boolean): readonly string[] {
    return responseLines(response, this.#random.integer(1, 4), isSidechain)
  }

  /** Cut off before its usage, as by a machine that was switched off. */
  #tornLine(session: string, cwd: string): string {
    const [line = ''] = responseLines(aResponse({ message: 'msg_torn', session, cwd }))
    return line.slice(0, line.indexOf('"usage":{"input'))
  }

  #draws() {
    const { next, integer } = this.#random
    return { integer, chance: (share: number): boolean => next() < share }
  }
}

/** Resuming copies the lines of a session under a new name. */
function resumed(text: string, session: string): string {
  return text.replaceAll(/"sessionId":"[^"]*"/g, `"sessionId":"${session}"`)
}
