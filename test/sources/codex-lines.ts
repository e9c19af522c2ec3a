import { codex } from '../../src/sources/codex.ts'
import type { Json } from '../../src/core/json.ts'
import type { Source, SourceRecord } from '../../src/sources/source.ts'
import { Tally } from '../../src/core/tally.ts'

/** In every text of the fixtures: it must never leave a source. */
export const CANARY = 'canary-what-was-asked'

/** Input with its cached part, the cached part, output. */
export type Vector = readonly [input: number, cached: number, output: number]

/** Seconds since the first line of most fixtures, as a transcript writes instants. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 20, 10) + Math.round(seconds * 1000)).toISOString()
}

export function line(seconds: number, type: string, payload: object, more: object = {}): string {
  return JSON.stringify({ timestamp: at(seconds), ...more, type, payload })
}

export function meta(seconds: number, payload: object = {}): string {
  const usual = { id: 't-1', cwd: '/w/app', cli_version: '0.144.0', base_instructions: { text: CANARY } }
  return line(seconds, 'session_meta', { ...usual, ...payload })
}

export function forkMeta(seconds: number, payload: object = {}): string {
  return meta(seconds, { id: 'child', forked_from_id: 'parent', ...payload })
}

export function context(seconds: number, payload: object = { model: 'gpt-5.5' }): string {
  return line(seconds, 'turn_context', { cwd: '/w/app', user_instructions: CANARY, ...payload })
}

export function usage([input, cached, output]: Vector): object {
  return {
    input_tokens: input,
    cached_input_tokens: cached,
    output_tokens: output,
    reasoning_output_tokens: Math.floor(output / 4),
    total_tokens: input + output,
  }
}

/** An event that counts tokens; `null` for what it leaves out. */
export function count(
  seconds: number,
  total: Vector | null,
  last: Vector | null = null,
  more: object = {},
): string {
  const info = {
    ...(total === null ? {} : { total_token_usage: usage(total) }),
    ...(last === null ? {} : { last_token_usage: usage(last) }),
    model_context_window: 258_400,
  }
  return line(seconds, 'event_msg', { type: 'token_count', info }, more)
}

/** The usage of one response, which newer versions write before they count it. */
export function told(seconds: number, response: string, used: Vector, more: object = {}): string {
  return line(seconds, 'token_usage_record', { response_id: response, usage: usage(used), ...more })
}

export function answer(seconds: number): string {
  return line(seconds, 'response_item', { type: 'message', role: 'assistant', content: [{ text: CANARY }] })
}

export function taskComplete(seconds: number): string {
  return line(seconds, 'event_msg', { type: 'task_complete', last_agent_message: CANARY })
}

export interface Reading {
  readonly found: readonly SourceRecord[]
  readonly tally: Tally
  readonly state: Json | null
}

export const TRANSCRIPT = { path: '/home/u/.codex/sessions/rollout-f-1.jsonl', name: 'rollout-f-1.jsonl' }

/** Reads lines from where `state` was taken. */
export function readLines(
  lines: readonly string[],
  state: Json | null = null,
  tally = new Tally(),
  source: Source = codex,
): Reading {
  if (source.reading.kind !== 'lines') throw new Error(`${source.name} is not read by line`)
  const reader = source.reading.open(TRANSCRIPT, state, tally)
  const found = lines.flatMap((text) => {
    // A line lies anywhere in a larger buffer.
    const bytes = Buffer.from(`#${text}\n`)
    return reader.line(bytes, 1, bytes.length - 1)
  })
  return { found, tally, state: reader.state() }
}

/** What the ledger would hold: one record for each id, with the largest counts that were told. */
export function byId(found: readonly SourceRecord[]): ReadonlyMap<string, number> {
  const tokens = new Map<string, number>()
  for (const { record } of found) {
    const all = record.inputTokens + record.cacheReadTokens + record.cacheWriteTokens + record.outputTokens
    tokens.set(record.id, Math.max(all, tokens.get(record.id) ?? 0))
  }
  return tokens
}

export function tokensIn(found: readonly SourceRecord[]): number {
  return [...byId(found).values()].reduce((sum, one) => sum + one, 0)
}
