import type { MutableRecord } from '../core/record.ts'
import { UNKNOWN, emptyRecord } from '../core/record.ts'
import { type Fields, countOf, fieldsOf, hasUsage, instantOf, nameOf, parseFields } from './fields.ts'
import type { Places, Source, SourceRecord, Transcript } from './source.ts'
import type { Tally } from '../core/tally.ts'

/**
 * Claude Code writes a response once for each block of its content, with the same ids and input counts: only the last
 * line has the final output. Resumed sessions copy earlier lines, side questions replay them under a new request.
 */
export const claudeCode: Source = {
  name: 'claude-code',
  title: 'Claude Code',
  directories,
  isTranscript: (name) => name.endsWith('.jsonl'),
  recognizes: (text) => /"type":\s*"assistant"/.test(text) && /"sessionId":/.test(text),
  rank: ({ name }) => (name.includes('/subagents/') || /(^|\/)agent-[^/]*$/.test(name) ? 1 : 0),
  responseOf,
  reading: {
    kind: 'lines',
    open: (transcript, _state, tally) => {
      const names = new Names()
      return {
        line: (bytes, start, end) => readLine(bytes, start, end, transcript, names, tally),
        state: () => null,
      }
    },
  },
}

const PREFIX = 'claude-code:'

function responseOf(id: string): string {
  return id.startsWith(PREFIX) ? id.split(':').slice(0, 2).join(':') : ''
}

/** Each place that Claude Code has used; `CLAUDE_CONFIG_DIR` may name several, between commas. */
function directories({ home, variables, platform }: Places): readonly string[] {
  const xdg = variables['XDG_CONFIG_HOME'] ?? ''
  const named = [
    variables['CLAUDE_CONFIG_DIR'],
    variables['CLAUDE_CONFIG_DIRS']?.replaceAll(platform === 'win32' ? ';' : ':', ','),
  ]
  const chosen = named
    .flatMap((list) => (list ?? '').split(','))
    .flatMap((part) => expanded(part.trim(), home) || [])
  const usual = [`${home}/.claude`, `${xdg === '' ? `${home}/.config` : xdg}/claude`]
  const roots = chosen.length > 0 ? chosen : usual
  const places = roots.flatMap((root) => [`${root}/projects`, `${root}/transcripts`])
  return [...places, desktopDirectory(home, variables['APPDATA'], platform)]
}

/** In a variable nobody else replaces a `~`. */
function expanded(path: string, home: string): string {
  return path === '~' || path.startsWith('~/') ? home + path.slice(1) : path
}

function desktopDirectory(home: string, appData: string | undefined, platform: string): string {
  const base =
    platform === 'darwin'
      ? `${home}/Library/Application Support`
      : platform === 'win32' && appData !== undefined
        ? appData
        : `${home}/.config`
  return `${base}/Claude/local-agent-mode-sessions`
}

function readLine(
  bytes: Buffer,
  start: number,
  end: number,
  transcript: Transcript,
  names: Names,
  tally: Tally,
): readonly SourceRecord[] {
  if (isOfNoInterest(bytes, start, end)) return NOTHING
  const line = parseLine(bytes, start, end)
  if (line === null) {
    tally.count('damaged')
    return []
  }
  const message = fieldsOf(line['message'])
  const type = nameOf(line['type'])
  if (OTHER_LINES.has(type) || (type !== 'assistant' && message?.['role'] !== 'assistant')) return []
  if (nameOf(message?.['model']).startsWith('<')) {
    tally.count('synthetic')
    return []
  }
  const usage = fieldsOf(message?.['usage'])
  // What a model answered was paid: where that is said in another way than today's, it must not pass for nothing.
  if (type !== 'assistant' || message === null || usage === null || !isKnownUsage(usage)) {
    tally.count('strange')
    return []
  }
  const record = recordOf(line, message, transcript)
  names.name(record, line, message)
  readUsage(record, usage)
  const advisors = advisorRecords(record, names.response, usage)
  if (![record, ...advisors].every(isPossible)) {
    tally.count('strange')
    return []
  }
  const cwd = nameOf(line['cwd'])
  const isFinal = typeof message['stop_reason'] === 'string' || record.outputTokens > LARGEST_PLACEHOLDER
  const found: SourceRecord[] = hasUsage(record) ? [{ record, cwd, response: names.response, isFinal }] : []
  for (const one of advisors) {
    if (hasUsage(one)) found.push({ record: one, cwd, response: responseOf(one.id), isFinal })
  }
  return found
}

const NOTHING: readonly SourceRecord[] = []

/** What tells of no response, though it may repeat one: the result of a Task is a user line with the subagent's usage. */
const OTHER_LINES = new Set([
  'user',
  'system',
  'summary',
  'progress',
  'attachment',
  'file-history-snapshot',
  'queue-operation',
  'pr-link',
  'last-prompt',
])

const MESSAGE = '"message":{'
const OF_USER = Buffer.from('"type":"user",')
/** Within so many bytes a message begins, and mostly after three hundred. */
const HEAD_BYTES = 1024
const OUTPUT = '"output_tokens"'
const ASSISTANT = '"assistant"'

/**
 * Most bytes are what tools answered, in lines of the user: these are known by what stands before the message. Of all
 * others only those matter that count output, or that a model answered. Quotes inside of texts are escaped, so that no
 * text can look like any of these.
 */
function isOfNoInterest(bytes: Buffer, start: number, end: number): boolean {
  const head = bytes.subarray(start, Math.min(end, start + HEAD_BYTES))
  const before = head.indexOf(MESSAGE, 0, 'latin1') - OF_USER.length
  if (before > 0 && head.compare(OF_USER, 0, OF_USER.length, before, before + OF_USER.length) === 0)
    return true
  const line = bytes.subarray(start, end)
  return line.indexOf(OUTPUT, 0, 'latin1') < 0 && line.indexOf(ASSISTANT, 0, 'latin1') < 0
}

/** Whether it counts anything that we know. */
function isKnownUsage(usage: Fields): boolean {
  return 'output_tokens' in usage || 'input_tokens' in usage
}

/** While a response streams in, its lines say one to eight output tokens. */
const LARGEST_PLACEHOLDER = 8

const CONTENT = '"content":['
const BEHIND_CONTENT = '],"stop_reason":'

/**
 * Content is most of a line, and the one part that is nobody's business: where it lies between its usual neighbours it
 * is cut out before parsing. Quotes inside of texts are escaped, so that neither neighbour can be part of one; a cut
 * at wrong places leaves no JSON, and then the whole line is parsed. So it is where there is a second content: a torn
 * line may run into the next one, and the head of one response with the tail of another would make a third.
 */
function parseLine(bytes: Buffer, start: number, end: number): Fields | null {
  const line = bytes.subarray(start, end)
  const content = line.indexOf(CONTENT, 0, 'latin1')
  const behind = content < 0 ? -1 : line.lastIndexOf(BEHIND_CONTENT, undefined, 'latin1')
  if (behind > content && line.lastIndexOf(CONTENT, behind, 'latin1') === content) {
    const head = line.toString('utf8', 0, content + CONTENT.length)
    const cut = parseFields(head + line.toString('utf8', behind))
    if (cut !== null) return cut
  }
  return parseFields(line.toString('utf8'))
}

function recordOf(line: Fields, message: Fields, { name }: Transcript): MutableRecord {
  const record = emptyRecord()
  record.timestamp = instantOf(line['timestamp'])
  record.sessionId = nameOf(line['sessionId']) || sessionOfFile(name)
  record.model = nameOf(message['model']) || UNKNOWN
  record.tool = 'claude-code'
  const branch = nameOf(line['gitBranch'])
  record.branch = branch === 'HEAD' ? '' : branch
  return record
}

/**
 * Names responses. The lines of one response follow each other, so that the text of its id is mostly there already: it
 * need not be put together and hashed again.
 */
class Names {
  response = ''
  #id = ''
  #message = ''
  #request = ''
  #isSidechain = false

  /** A response is one message of one request; what has no request, or tells of a side chain, may be a retelling. */
  name(record: MutableRecord, line: Fields, message: Fields): void {
    const messageId = nameOf(message['id']) || placeOf(line)
    const request = nameOf(line['requestId'])
    const isSidechain = line['isSidechain'] === true
    const isSame =
      messageId === this.#message && request === this.#request && isSidechain === this.#isSidechain
    if (!isSame) {
      this.#message = messageId
      this.#request = request
      this.#isSidechain = isSidechain
      this.response = PREFIX + messageId.replaceAll(':', '-')
      this.#id = request === '' || isSidechain ? this.response : `${this.response}:${request}`
    }
    record.id = this.#id
  }
}

/** What stands for the id of a message that has none. */
function placeOf(line: Fields): string {
  return nameOf(line['uuid']) || `${nameOf(line['sessionId'])}@${nameOf(line['timestamp'])}`
}

function sessionOfFile(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1, -'.jsonl'.length)
}

/** Fills in what was used. An impossible count makes the sum of them NaN. */
function readUsage(record: MutableRecord, usage: Fields): MutableRecord {
  record.inputTokens = countOf(usage['input_tokens'])
  record.outputTokens = countOf(usage['output_tokens'])
  record.cacheReadTokens = countOf(usage['cache_read_input_tokens'])
  const parts = fieldsOf(usage['cache_creation'])
  const hour = countOf(parts?.['ephemeral_1h_input_tokens'])
  const both = hour + countOf(parts?.['ephemeral_5m_input_tokens'])
  // Some versions write only the sum, some only its parts; without parts all of it is for five minutes.
  record.cacheWriteTokens = Math.max(countOf(usage['cache_creation_input_tokens']), both)
  record.cacheWrite1hTokens = hour
  record.webSearchRequests = countOf(fieldsOf(usage['server_tool_use'])?.['web_search_requests'])
  record.serviceTier = unlessUsual(usage['service_tier'])
  record.speed = unlessUsual(usage['speed'])
  record.inferenceGeo = unlessUsual(usage['inference_geo'])
  return record
}

/** `not_available` is what requests to Anthropic itself say of their place: nothing special. */
function unlessUsual(value: unknown): string {
  const name = nameOf(value)
  return name === 'standard' || name === 'not_available' || name === 'global' ? '' : name
}

const NO_RECORDS: readonly MutableRecord[] = []

/**
 * An advisor is another model that was asked on the way; the usage of the response leaves it out. It is told again
 * wherever the response is, and so it is one under the same request or none.
 */
function advisorRecords(record: MutableRecord, response: string, usage: Fields): readonly MutableRecord[] {
  const iterations: unknown = usage['iterations']
  if (!Array.isArray(iterations)) return NO_RECORDS
  return iterations.flatMap((iteration: unknown, nth) => {
    const fields = fieldsOf(iteration)
    const own = fieldsOf(fields?.['usage']) ?? fields
    if (fields?.['type'] !== 'advisor_message' || own === null) return []
    const id = `${response}/advisor-${nth}${record.id.slice(response.length)}`
    return [readUsage({ ...record, id, model: nameOf(fields['model']) || UNKNOWN }, own)]
  })
}

/** A count that can be none makes the sum NaN. */
function isPossible(record: MutableRecord): boolean {
  return !Number.isNaN(
    record.inputTokens +
      record.outputTokens +
      record.cacheReadTokens +
      record.cacheWriteTokens +
      record.cacheWrite1hTokens +
      record.webSearchRequests,
  )
}
