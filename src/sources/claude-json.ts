import { type Money, NO_MONEY, minus } from '../core/money.ts'
import { UNKNOWN } from '../core/record.ts'
import {
  type ClaudeTotals,
  costOf,
  goesOn,
  isNothing,
  isWhole,
  modelTotalsOf,
  moreThan,
  turnTotalsOf,
} from './claude-totals.ts'
import { unlessUsual } from './claude-usage.ts'
import { type Fields, countOf, fieldsOf, instantOf, nameOf, sourceRecord } from './fields.ts'
import type { Source, SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'

/**
 * What `claude -p` prints as `json` or `stream-json`: one document, an array of messages, or one message a line. Only
 * the result of a run counts; its messages tell of parts of it, with placeholders for the output.
 */
export const claudeJson: Source = {
  name: 'claude-json',
  title: 'claude -p --output-format json',
  copyOf: 'claude-code',
  directories: () => [],
  isTranscript: () => false,
  recognizes: (text) =>
    /"session_id"\s*:/.test(text) &&
    (/"type"\s*:\s*"result"/.test(text) || /"type"\s*:\s*"system"\s*,\s*"subtype"\s*:\s*"init"/.test(text)),
  reading: { kind: 'document', read: (text, _transcript, tally) => new RunReader(tally).read(text) },
}

class RunReader {
  readonly #tally: Tally
  readonly #before = new Map<string, ReadonlyMap<string, ClaudeTotals>>()
  readonly #costBefore = new Map<string, Money>()
  #model = ''
  #cwd = ''
  #timestamp: number | null = null

  constructor(tally: Tally) {
    this.#tally = tally
  }

  read(text: string): readonly SourceRecord[] {
    return messagesOf(text, this.#tally).flatMap((message) => this.#readMessage(message))
  }

  #readMessage(message: Fields): readonly SourceRecord[] {
    this.#timestamp = instantOf(message['timestamp']) ?? this.#timestamp
    if (message['type'] === 'system' && message['subtype'] === 'init') {
      this.#model = nameOf(message['model'])
      this.#cwd = nameOf(message['cwd'])
    }
    return message['type'] === 'result' ? this.#readResult(message) : []
  }

  #readResult(result: Fields): readonly SourceRecord[] {
    const totals = this.#totalsOf(result)
    if (totals === null) {
      this.#tally.count('strange')
      return []
    }
    const used = this.#usedBy(nameOf(result['session_id']), totals, turnTotalsOf(result['usage']))
    const found = [...used].filter(([, one]) => !isNothing(one))
    return found.map(([model, one], nth) => {
      const isOnly = found.length === 1
      const record = sourceRecord({
        ...aboutRun(result),
        id: idOf(result, model),
        timestamp: this.#timestamp,
        model: model || UNKNOWN,
        inputTokens: one.input,
        outputTokens: one.output,
        cacheReadTokens: one.read,
        cacheWriteTokens: one.written,
        cacheWrite1hTokens: isOnly ? writtenForAnHour(fieldsOf(result['usage']), one.written) : 0,
        webSearchRequests: one.searches,
        costUsd: one.cost > 0n ? one.cost : null,
        costSource: one.cost > 0n ? 'tool' : null,
        // A run takes its time once.
        durationSeconds: nth === 0 ? secondsOf(result['duration_ms']) : null,
      })
      return { ...record, cwd: this.#cwd }
    })
  }

  /** The totals of each model of the run; null when there are none, or what can be no totals. */
  #totalsOf(result: Fields): ReadonlyMap<string, ClaudeTotals> | null {
    const turn = turnTotalsOf(result['usage'])
    const models = modelTotalsOf(result['modelUsage'])
    if (turn !== null && !isWhole(turn)) return null
    if (models.size > 0) return [...models.values()].every(isWhole) ? models : null
    return turn === null ? null : new Map([[this.#model, { ...turn, cost: this.#costOf(result) }]])
  }

  /** Old versions say no more of the models than what all of them cost so far in the session. */
  #costOf(result: Fields): Money {
    const session = nameOf(result['session_id'])
    const cost = costOf(result['total_cost_usd'])
    const before = this.#costBefore.get(session) ?? NO_MONEY
    this.#costBefore.set(session, cost)
    return cost >= before ? minus(cost, before) : cost
  }

  /** What a turn used of the totals: what they have more than those of the turn before it in the same process. */
  #usedBy(
    session: string,
    totals: ReadonlyMap<string, ClaudeTotals>,
    turn: ClaudeTotals | null,
  ): ReadonlyMap<string, ClaudeTotals> {
    const before = this.#before.get(session)
    this.#before.set(session, totals)
    if (before === undefined || !goesOn(totals, before, turn ?? NO_TURN)) return totals
    return new Map([...totals].map(([model, now]) => [model, moreThan(now, before.get(model))]))
  }
}

const NO_TURN: ClaudeTotals = { input: 0, output: 0, read: 0, written: 0, searches: 0, cost: NO_MONEY }

function aboutRun(result: Fields) {
  const usage = fieldsOf(result['usage'])
  return {
    sessionId: nameOf(result['session_id']) || UNKNOWN,
    tool: 'claude-code',
    serviceTier: unlessUsual(usage?.['service_tier']),
    speed: unlessUsual(usage?.['speed']),
    inferenceGeo: unlessUsual(usage?.['inference_geo']),
    aggregate: true,
  }
}

/** Old versions name no result: its number of turns and its duration tell two of one session apart. */
function idOf(result: Fields, model: string): string {
  const run = nameOf(result['uuid']) || `${countOf(result['num_turns'])}-${countOf(result['duration_ms'])}`
  return `claude-json:${nameOf(result['session_id'])}:${run}:${model}`
}

/** The usage of the last turn shows for how long its session writes to the cache. */
function writtenForAnHour(usage: Fields | null, written: number): number {
  const parts = fieldsOf(usage?.['cache_creation'])
  const hour = countOf(parts?.['ephemeral_1h_input_tokens']) || 0
  if (hour === 0) return 0
  return parts?.['ephemeral_5m_input_tokens'] ? Math.min(hour, written) : written
}

function secondsOf(milliseconds: unknown): number | null {
  const count = countOf(milliseconds)
  return count > 0 ? count / 1000 : null
}

function messagesOf(text: string, tally: Tally): readonly Fields[] {
  const whole = parseMessages(text)
  if (whole !== null) return whole
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return []
    const messages = parseMessages(line)
    if (messages === null) tally.count('damaged')
    return messages ?? []
  })
}

/** A message, or an array of them; null when the text is neither. */
function parseMessages(text: string): readonly Fields[] | null {
  try {
    const value: unknown = JSON.parse(text)
    const messages = (Array.isArray(value) ? value : [value]).map(fieldsOf)
    return messages.every((message) => message !== null) ? messages : null
  } catch {
    return null
  }
}
