import { type Random, random } from './random.ts'

const DAY_MS = 86_400_000

/** Rates in USD per million tokens, which is microdollars per token; `weight` is how often the model is used. */
const MODELS = [
  { id: 'claude-sonnet-4-20250514', weight: 50, input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
  { id: 'claude-opus-4-20250514', weight: 15, input: 15, output: 75, cacheRead: 1.5, cacheWrite: 18.75 },
  { id: 'claude-haiku-3.5', weight: 15, input: 0.8, output: 4, cacheRead: 0.08, cacheWrite: 1 },
  { id: 'gpt-4.1', weight: 8, input: 2, output: 8, cacheRead: 0.5, cacheWrite: 0 },
  { id: 'o4-mini', weight: 6, input: 1.1, output: 4.4, cacheRead: 0.275, cacheWrite: 0 },
  { id: 'gemini-2.5-pro', weight: 4, input: 1.25, output: 10, cacheRead: 0, cacheWrite: 0 },
  { id: 'qwen3-coder', weight: 2, input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
] as const
const TOOLS = [
  { id: 'claude-code', weight: 8 },
  { id: 'codex', weight: 2 },
  { id: 'opencode', weight: 1 },
] as const
const KINDS_OF_PROJECT = ['api', 'web', 'infra', 'mobile', 'docs', 'data']
const PROJECTS = Array.from({ length: 24 }, (_, nth) => `${KINDS_OF_PROJECT[nth % 6]}-service-${nth}`)
const TASK_TYPES = ['bugfix', 'feature', 'refactor', 'review', 'tests', 'docs', 'exploration']

export interface Period {
  /** How many lines. */
  readonly records: number
  /** Epoch milliseconds of the last line. */
  readonly end: number
  readonly days: number
}

/** One line of a ledger and what it says, known without reading it. */
export interface UsageLine {
  readonly text: string
  readonly sessionId: string
  /** UTC, `2025-12-15`. */
  readonly day: string
  readonly microdollars: number
}

/**
 * The lines of a ledger as the loggers of the field write them: some 320 bytes each, times that rise evenly to the end of
 * the period, one to twelve lines a session, many models, projects and tools. The same arguments give the same bytes.
 * Costs are whole microdollars, so their sums are exact in any order.
 */
export function* usageLines(seed: number, { records, end, days }: Period): Generator<UsageLine> {
  const chance = random(seed)
  const start = end - days * DAY_MS
  const step = (end - start) / records
  let session = newSession(chance)
  let left = chance.integer(1, 12)
  for (let nth = 1; nth <= records; nth++) {
    if (left-- === 0) {
      session = newSession(chance)
      left = chance.integer(0, 11)
    }
    const at = new Date(Math.floor(start + nth * step)).toISOString().slice(0, 19)
    yield usageLine(chance, session, at)
  }
}

type Session = ReturnType<typeof newSession>

function newSession(chance: Random) {
  return {
    id: chance.uuid(),
    project: chance.pick(PROJECTS),
    tool: chance.weighted(TOOLS).id,
    model: chance.weighted(MODELS),
  }
}

function usageLine(chance: Random, session: Session, at: string): UsageLine {
  const model = chance.next() < 0.9 ? session.model : chance.weighted(MODELS)
  const input = chance.integer(20, 24_000)
  const output = chance.integer(50, 6000)
  const cacheRead = model.cacheRead === 0 ? 0 : chance.integer(0, 90_000)
  const cacheWrite = model.cacheWrite === 0 ? 0 : chance.integer(0, 12_000)
  const microdollars = Math.round(
    input * model.input + output * model.output + cacheRead * model.cacheRead + cacheWrite * model.cacheWrite,
  )
  const text = JSON.stringify({
    timestamp: `${at}Z`,
    session_id: session.id,
    project: session.project,
    model: model.id,
    tool: session.tool,
    input_tokens: input,
    output_tokens: output,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    cost_usd: microdollars / 1e6,
    task_type: chance.pick(TASK_TYPES),
    duration_seconds: chance.integer(2, 900),
  })
  return { text, sessionId: session.id, day: at.slice(0, 10), microdollars }
}
