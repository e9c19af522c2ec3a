import type { MutableRecord } from '../core/record.ts'
import { UNKNOWN, emptyRecord } from '../core/record.ts'
import { isOfNoInterest, parseLine } from './claude-line.ts'
import { advisorRecords, isKnownUsage, isPossible, readUsage } from './claude-usage.ts'
import { type Fields, fieldsOf, hasUsage, instantOf, nameOf } from './fields.ts'
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

/** While a response streams in, its lines say one to eight output tokens. */
const LARGEST_PLACEHOLDER = 8

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
