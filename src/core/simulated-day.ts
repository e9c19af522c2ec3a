import { type UsageRecord, emptyRecord } from './record.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Days of history before the simulated one. */
const HISTORY_DAYS = 29
const WORK_BEGINS = 8 * 60 * MINUTE
const WORK_ENDS = 18 * 60 * MINUTE
/** The longest session, twelve turns of five minutes after its first, is over when work ends. */
const LAST_SESSION_BEGINS = WORK_ENDS - 60 * MINUTE

/** A day of work with agents that never happened, with a month before it. */
export interface SimulatedDay {
  /** When the work of the day begins, in epoch milliseconds. */
  readonly start: number
  readonly end: number
  /** In the order of their instants, history first. Without costs. */
  readonly records: readonly UsageRecord[]
}

interface Kind {
  readonly model: string
  readonly tool: string
  readonly project: string
  readonly taskType: string
}

const KINDS: readonly Kind[] = [
  { model: 'claude-sonnet-4-5', tool: 'claude-code', project: 'web-shop', taskType: 'feature' },
  { model: 'claude-opus-4-5', tool: 'claude-code', project: 'web-shop', taskType: 'bugfix' },
  { model: 'claude-haiku-4-5', tool: 'claude-code', project: 'docs', taskType: 'docs' },
  { model: 'gpt-5', tool: 'codex', project: 'infra', taskType: 'review' },
  { model: 'claude-sonnet-4-5', tool: 'claude-code', project: 'infra', taskType: 'refactor' },
]

/** The UTC day that holds `instant`. The same instant's day always gives the same records. */
export function simulateDay(instant: number): SimulatedDay {
  const midnight = Math.floor(instant / DAY) * DAY
  const draw = randomOf(Math.floor(midnight / DAY))
  const history = Array.from({ length: HISTORY_DAYS }, (_, nth) => midnight - (HISTORY_DAYS - nth) * DAY)
  const past = history.flatMap((day) => recordsOf(day, isWeekend(day) ? 2 : 6, draw))
  return {
    start: midnight + WORK_BEGINS,
    end: midnight + WORK_ENDS,
    records: [...past, ...recordsOf(midnight, 11, draw)],
  }
}

function recordsOf(midnight: number, sessions: number, draw: () => number): UsageRecord[] {
  const records: UsageRecord[] = []
  for (let nth = 0; nth < sessions; nth++) {
    const kind = KINDS[Math.floor(draw() * KINDS.length)]!
    const begins = midnight + WORK_BEGINS + (nth / sessions) * (LAST_SESSION_BEGINS - WORK_BEGINS)
    const turns = 4 + Math.floor(draw() * 10)
    const id = hexOf(draw)
    let context = 24_000 + draw() * 40_000
    for (let turn = 0; turn < turns; turn++) {
      records.push(turnOf(kind, id, begins + turn * (2 + draw() * 3) * MINUTE, turn, context, draw))
      context += 4_000 + draw() * 12_000
    }
  }
  return records.toSorted((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0))
}

function turnOf(
  kind: Kind,
  session: string,
  timestamp: number,
  turn: number,
  context: number,
  draw: () => number,
): UsageRecord {
  return {
    ...emptyRecord(),
    ...kind,
    id: `demo:${session}:${turn}`,
    sessionId: session,
    timestamp: Math.round(timestamp),
    inputTokens: Math.round(500 + draw() * 6_000),
    outputTokens: Math.round(1_000 + draw() * 6_000),
    cacheReadTokens: turn === 0 ? 0 : Math.round(context),
    cacheWriteTokens: Math.round(turn === 0 ? context : 3_000 + draw() * 9_000),
  }
}

function isWeekend(day: number): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = (Math.floor(day / DAY) + 4) % 7
  return weekday === 0 || weekday === 6
}

function hexOf(draw: () => number): string {
  return Array.from({ length: 8 }, () => Math.floor(draw() * 16).toString(16)).join('')
}

/** Mulberry32: small, seeded, and good enough to look like life. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
