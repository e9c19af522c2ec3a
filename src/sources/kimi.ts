import type { Json } from '../core/json.ts'
import { UNKNOWN } from '../core/record.ts'
import { type Fields, countOf, fieldsOf, instantOf, nameOf } from './fields.ts'
import { lineHas, parseLine } from './json-line.ts'
import { pathParts } from './path-parts.ts'
import type { LineReader, Source, SourceRecord, Transcript } from './source.ts'
import type { Tally } from '../core/tally.ts'
import { type TokenCounts, usedRecords } from './used-records.ts'

/**
 * Kimi CLI tells the usage of a step in a status update, its successor Kimi Code in a record of its own, which has no
 * id and names an alias: the request before it knew the model.
 */
export const kimi: Source = {
  name: 'kimi',
  title: 'Kimi',
  directories: ({ home, variables }) => [
    `${home}/.kimi/sessions`,
    `${variables['KIMI_CODE_HOME'] || `${home}/.kimi-code`}/sessions`,
  ],
  isTranscript: (name) => /(?:^|\/)wire\.jsonl$/.test(name),
  recognizes: (text) => /"usage\.record"|"input_other"/.test(text),
  reading: { kind: 'lines', open },
}

const TEXTS = ['"llm.request"', '"usage.record"', '"token_usage"']

/** What Kimi CLI asks when nothing else is configured; it never says what it asked. */
const USUAL_MODEL = 'kimi-for-coding'

function open(transcript: Transcript, state: Json | null, tally: Tally): LineReader {
  const sessionId = sessionOf(transcript)
  const models = new Models(state)
  return {
    line: (bytes, start, end) => {
      const line = lineHas(bytes, start, end, TEXTS) ? parseLine(bytes, start, end, tally) : null
      if (line === null) return []
      if (line['type'] === 'llm.request') models.note(line)
      return line['type'] === 'usage.record'
        ? readUsageRecord(line, models, sessionId, tally)
        : readMessage(line['message'], instantOf(line['timestamp']), sessionId, tally)
    },
    state: () => models.state(),
  }
}

/** `<session>/agents/<agent>/wire.jsonl`, `<session>/subagents/<agent>/wire.jsonl` or `<session>/wire.jsonl`. */
function sessionOf({ path }: Transcript): string {
  const folders = pathParts(path).slice(0, -1)
  const agents = folders.at(-2)
  const session = agents === 'agents' || agents === 'subagents' ? folders.at(-3) : folders.at(-1)
  return session ?? UNKNOWN
}

/** Which models were asked for by which alias, and which was the last. */
class Models {
  readonly #byAlias: Map<string, string>
  #last: string

  constructor(state: Json | null) {
    const fields = fieldsOf(state)
    this.#byAlias = new Map(
      Object.entries(fieldsOf(fields?.['aliases']) ?? {}).map(([alias, model]) => [alias, nameOf(model)]),
    )
    this.#last = nameOf(fields?.['last'])
  }

  note(request: Fields): void {
    const model = modelName(request['model'])
    if (model === '') return
    this.#last = model
    const alias = nameOf(request['modelAlias'])
    if (alias !== '') this.#byAlias.set(alias, model)
  }

  /** The model that a usage record names, by its alias or by itself; `''` when nothing ever said. */
  of(record: Fields): string {
    const named = nameOf(record['model'])
    return this.#byAlias.get(named) || this.#last || modelName(named)
  }

  state(): Json | null {
    return this.#last === '' ? null : { aliases: Object.fromEntries(this.#byAlias), last: this.#last }
  }
}

/** `__kimi_env_model__` and the like stand for a setting. */
function modelName(value: unknown): string {
  const name = nameOf(value).replace(/^kimi-code\//, '')
  return /^__.*__$/s.test(name) ? '' : name
}

function readUsageRecord(
  line: Fields,
  models: Models,
  sessionId: string,
  tally: Tally,
): readonly SourceRecord[] {
  const usage = fieldsOf(line['usage'])
  if (usage === null) return []
  const names = ['inputOther', 'output', 'inputCacheRead', 'inputCacheCreation'] as const
  const told = countsOf(usage, names)
  const timestamp = instantOf(line['time'])
  // Forked sessions copy these lines: the instant and all counts are the same in each copy.
  const id = [timestamp ?? sessionId, ...Object.values(told)].join(':')
  return recordsOf({ ...told, timestamp, sessionId, id }, models.of(line), tally)
}

function readMessage(
  value: unknown,
  timestamp: number | null,
  sessionId: string,
  tally: Tally,
): readonly SourceRecord[] {
  const message = fieldsOf(value)
  const payload = fieldsOf(message?.['payload'])
  const inner = fieldsOf(payload?.['event'])
  // A subagent's messages come wrapped; one of its own is never wrapped again.
  if (message?.['type'] === 'SubagentEvent' && inner?.['type'] !== 'SubagentEvent') {
    return readMessage(inner, timestamp, sessionId, tally)
  }
  const usage = fieldsOf(payload?.['token_usage'])
  if (message?.['type'] !== 'StatusUpdate' || usage === null) return []
  const names = ['input_other', 'output', 'input_cache_read', 'input_cache_creation'] as const
  const told = countsOf(usage, names)
  const id = nameOf(payload?.['message_id']) || [timestamp ?? sessionId, ...Object.values(told)].join(':')
  return recordsOf({ ...told, timestamp, sessionId, id }, '', tally)
}

/** All four are apart from each other: `other` is the input that no cache gave or took. */
function countsOf(
  usage: Fields,
  [input, output, read, write]: readonly [string, string, string, string],
): TokenCounts {
  return {
    inputTokens: countOf(usage[input]),
    outputTokens: countOf(usage[output]),
    cacheReadTokens: countOf(usage[read]),
    cacheWriteTokens: countOf(usage[write]),
  }
}

function recordsOf(
  told: TokenCounts & { readonly id: string; readonly timestamp: number | null; readonly sessionId: string },
  model: string,
  tally: Tally,
): readonly SourceRecord[] {
  const fields = { ...told, id: `kimi:${told.id}`, tool: 'kimi', model: model || USUAL_MODEL }
  const records = usedRecords(fields, '', tally)
  if (model === '' && records.length > 0) tally.count('estimated')
  return records
}
