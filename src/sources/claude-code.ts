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
  responseOf: (id) => (id.startsWith(PREFIX) ? id.split(':').slice(0, 2).join(':') : ''),
  reading: {
    kind: 'lines',
    // The longer the text, the faster the search; every usage has this count.
    marker: '"output_tokens":',
    open: (transcript, _state, tally) => ({
      line: (bytes, start, end) => readLine(bytes, start, end, transcript, tally),
      state: () => null,
    }),
  },
}

const PREFIX = 'claude-code:'

/** Each place that Claude Code has used; `CLAUDE_CONFIG_DIR` may name several, between commas. */
function directories({ home, variables, platform }: Places): readonly string[] {
  const xdg = variables['XDG_CONFIG_HOME'] ?? ''
  const named = [variables['CLAUDE_CONFIG_DIR'], variables['CLAUDE_CONFIG_DIRS']?.replaceAll(':', ',')]
  const chosen = named.flatMap((list) => (list ?? '').split(',')).flatMap((part) => part.trim() || [])
  const usual = [`${home}/.claude`, `${xdg === '' ? `${home}/.config` : xdg}/claude`]
  const roots = chosen.length > 0 ? chosen : usual
  const places = roots.flatMap((root) => [`${root}/projects`, `${root}/transcripts`])
  return [...places, desktopDirectory(home, variables['APPDATA'], platform)]
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
  tally: Tally,
): readonly SourceRecord[] {
  const line = parseLine(bytes, start, end)
  if (line === null) {
    tally.count('damaged')
    return []
  }
  // The result of a Task is a user line that repeats the usage of its subagent.
  if (line['type'] !== 'assistant') return []
  const message = fieldsOf(line['message'])
  const usage = fieldsOf(message?.['usage'])
  if (message === null || usage === null) return []
  const model = nameOf(message['model'])
  if (model.startsWith('<')) {
    tally.count('synthetic')
    return []
  }
  const record = recordOf(line, message, transcript)
  const found = [readUsage(record, usage), ...advisorRecords(record, usage)]
  if (found.some((one) => Number.isNaN(tokensOf(one)))) {
    tally.count('strange')
    return []
  }
  const cwd = nameOf(line['cwd'])
  const response = responseOf(line, message)
  const isFinal = typeof message['stop_reason'] === 'string' || record.outputTokens > LARGEST_PLACEHOLDER
  return found
    .filter(hasUsage)
    .map((one) => ({ record: one, cwd, response: one === record ? response : '', isFinal }))
}

/** While a response streams in, its lines say one to eight output tokens. */
const LARGEST_PLACEHOLDER = 8

const CONTENT = '"content":['
const BEHIND_CONTENT = '],"stop_reason":'

/**
 * Content is most of a line, and the one part that is nobody's business: where it lies between its usual neighbours it
 * is cut out before parsing. Quotes inside of texts are escaped, so that neither neighbour can be part of one; a cut
 * at wrong places leaves no JSON, and then the whole line is parsed.
 */
function parseLine(bytes: Buffer, start: number, end: number): Fields | null {
  const line = bytes.subarray(start, end)
  const content = line.indexOf(CONTENT, 0, 'latin1')
  const behind = content < 0 ? -1 : line.lastIndexOf(BEHIND_CONTENT, undefined, 'latin1')
  if (behind > content) {
    const head = line.toString('utf8', 0, content + CONTENT.length)
    const cut = parseFields(head + line.toString('utf8', behind))
    if (cut !== null) return cut
  }
  return parseFields(line.toString('utf8'))
}

function recordOf(line: Fields, message: Fields, { name }: Transcript): MutableRecord {
  const record = emptyRecord()
  record.id = idOf(line, message)
  record.timestamp = instantOf(line['timestamp'])
  record.sessionId = nameOf(line['sessionId']) || sessionOfFile(name)
  record.model = nameOf(message['model']) || UNKNOWN
  record.tool = 'claude-code'
  const branch = nameOf(line['gitBranch'])
  record.branch = branch === 'HEAD' ? '' : branch
  return record
}

/** A response is one message of one request; what has no request, or tells of a side chain, may be a retelling. */
function idOf(line: Fields, message: Fields): string {
  const response = responseOf(line, message)
  const request = nameOf(line['requestId'])
  return request === '' || line['isSidechain'] === true ? response : `${response}:${request}`
}

function responseOf(line: Fields, message: Fields): string {
  const id = nameOf(message['id'])
  if (id !== '') return PREFIX + id.replaceAll(':', '-')
  const place = nameOf(line['uuid']) || `${nameOf(line['sessionId'])}@${nameOf(line['timestamp'])}`
  return PREFIX + place
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

/** An advisor is another model that was asked on the way; the usage of the response leaves it out. */
function advisorRecords(record: MutableRecord, usage: Fields): MutableRecord[] {
  const iterations: unknown = usage['iterations']
  if (!Array.isArray(iterations)) return []
  return iterations.flatMap((iteration: unknown, nth) => {
    const fields = fieldsOf(iteration)
    const own = fieldsOf(fields?.['usage']) ?? fields
    if (fields?.['type'] !== 'advisor_message' || own === null) return []
    const id = `${record.id}:advisor-${nth}`
    return [readUsage({ ...record, id, model: nameOf(fields['model']) || UNKNOWN }, own)]
  })
}

function tokensOf(record: MutableRecord): number {
  return (
    record.inputTokens +
    record.outputTokens +
    record.cacheReadTokens +
    record.cacheWriteTokens +
    record.cacheWrite1hTokens +
    record.webSearchRequests
  )
}
