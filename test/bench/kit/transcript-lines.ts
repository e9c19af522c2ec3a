import type { Filler } from './filler.ts'
import type { Random } from './random.ts'
import type { Tokens } from './transcript-truth.ts'

/** Where a line stands. */
export interface Setting {
  readonly session: string
  readonly cwd: string
  readonly branch: string
  readonly version: string
  readonly isSidechain: boolean
  readonly agent: string | null
}

/** A response of a model; `hour` of what it wrote into the cache stays there for an hour. */
export interface Response extends Tokens {
  readonly id: string
  readonly request: string
  readonly model: string
  readonly hour: number
}

/** While a response streams in, its lines hold a few output tokens at most. */
const LARGEST_PLACEHOLDER = 8
const SERVICE = { service_tier: 'standard' }

/** Texts of single lines, in the order of keys that Claude Code has. */
export class TranscriptLines {
  readonly #chance: Random
  readonly #filler: Filler

  constructor(chance: Random, filler: Filler) {
    this.#chance = chance
    this.#filler = filler
  }

  summary(): string {
    const { uuid } = this.#chance
    return JSON.stringify({ type: 'summary', summary: this.#filler.text(20), leafUuid: uuid() })
  }

  prompt(setting: Setting, at: number): string {
    const message = { role: 'user', content: this.#filler.between(20, 3000) }
    return JSON.stringify({ ...this.#head(setting), type: 'user', message, ...this.#foot(at) })
  }

  snapshot(at: number): string {
    const messageId = this.#chance.uuid()
    const snapshot = { messageId, trackedFileBackups: {}, timestamp: iso(at) }
    return JSON.stringify({ type: 'file-history-snapshot', messageId, snapshot, isSnapshotUpdate: false })
  }

  /** One line for each block of a response; only the last one has its output. */
  response(setting: Setting, response: Response, at: number): readonly string[] {
    const { chance, filler } = { chance: this.#chance, filler: this.#filler }
    const blocks = [
      ...(chance.next() < 0.4
        ? [{ type: 'thinking', thinking: filler.between(120, 2500), signature: 'x' }]
        : []),
      ...(chance.next() < 0.5 ? [{ type: 'text', text: filler.between(60, 1500) }] : []),
      {
        type: 'tool_use',
        id: `toolu_${chance.uuid()}`,
        name: 'Edit',
        input: { text: filler.between(60, 2500) },
      },
    ]
    return blocks.map((block, nth) => {
      const isLast = nth === blocks.length - 1
      const output = isLast
        ? response.output
        : Math.min(response.output, chance.integer(1, LARGEST_PLACEHOLDER))
      const message = {
        model: response.model,
        id: response.id,
        type: 'message',
        role: 'assistant',
        content: [block],
        stop_reason: isLast ? 'tool_use' : null,
        stop_sequence: null,
        usage: usageOf({ ...response, output }),
      }
      const request = { requestId: response.request, type: 'assistant' }
      return JSON.stringify({ ...this.#head(setting), message, ...request, ...this.#foot(at + 100 * nth) })
    })
  }

  /** What a tool answered, told twice; a task tells the usage of its subagent, which that tells itself. */
  result(setting: Setting, isTask: boolean, at: number): string {
    const content = this.#filler.text(1000 * 50 ** (this.#chance.next() ** 2))
    const used = { input: 4, output: 900, read: 30_000, written: 1200, hour: 0 }
    const toolUseResult = isTask
      ? { status: 'completed', content: [{ type: 'text', text: content }], usage: usageOf(used) }
      : { stdout: content, stderr: '', interrupted: false, isImage: false }
    const id = `toolu_${this.#chance.uuid()}`
    const message = { role: 'user', content: [{ tool_use_id: id, type: 'tool_result', content }] }
    return JSON.stringify({
      ...this.#head(setting),
      type: 'user',
      message,
      ...this.#foot(at),
      toolUseResult,
    })
  }

  /** An error in the name of a model that does not exist. */
  failure(setting: Setting, at: number): string {
    const content = [{ type: 'text', text: 'API Error: 529 overloaded' }]
    const usage = usageOf({ input: 0, output: 0, read: 0, written: 0, hour: 0 })
    const message = { id: this.#chance.uuid(), model: '<synthetic>', role: 'assistant', content, usage }
    return JSON.stringify({ ...this.#head(setting), type: 'assistant', ...this.#foot(at), message })
  }

  #head({ session, cwd, branch, version, isSidechain, agent }: Setting) {
    return {
      parentUuid: this.#chance.uuid(),
      isSidechain,
      userType: 'external',
      cwd,
      sessionId: session,
      version,
      gitBranch: branch,
      ...(agent === null ? {} : { agentId: agent }),
    }
  }

  #foot(at: number) {
    return { uuid: this.#chance.uuid(), timestamp: iso(at) }
  }
}

function usageOf({ input, output, read, written, hour }: Tokens & Pick<Response, 'hour'>) {
  return {
    input_tokens: input,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: read,
    cache_creation: { ephemeral_5m_input_tokens: written - hour, ephemeral_1h_input_tokens: hour },
    output_tokens: output,
    ...SERVICE,
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
