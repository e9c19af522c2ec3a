import { UNKNOWN } from '../core/record.ts'
import { type Fields, countOf, fieldsOf, instantOf, nameOf, parseFields } from './fields.ts'
import { fileStem } from './path-parts.ts'
import type { Source, SourceRecord, Transcript } from './source.ts'
import type { Tally } from '../core/tally.ts'
import { uncachedInput } from './uncached-input.ts'
import { usedRecords } from './used-records.ts'

/**
 * Gemini CLI wrote a chat as one JSON document, and since 0.39 line by line. A message is written again whenever it
 * grows, and updates of the session (`$set`) may repeat all of them: its last version counts, once. What was rewound
 * was paid for all the same.
 */
export const geminiCli: Source = {
  name: 'gemini-cli',
  title: 'Gemini CLI',
  directories: ({ home, variables }) => [`${variables['GEMINI_CLI_HOME'] || home}/.gemini/tmp`],
  isTranscript: (name) => /(?:^|\/)chats\/.*\.jsonl?$/s.test(name),
  recognizes: (text) => /"projectHash":/.test(text) && /"sessionId":/.test(text),
  reading: { kind: 'document', read },
}

/** What a chat says of itself, and the last version of each message that used something. */
interface Chat {
  sessionId: string
  cwd: string
  readonly messages: Map<string, Fields>
}

function read(text: string, transcript: Transcript, tally: Tally): readonly SourceRecord[] {
  const chat: Chat = { sessionId: fileStem(transcript.path), cwd: '', messages: new Map() }
  for (const entry of entriesOf(text, transcript, tally)) {
    readEntry(chat, entry)
    const update = fieldsOf(entry['$set'])
    if (update !== null) readEntry(chat, update)
  }
  return [...chat.messages].flatMap(([id, message]) => recordsOf(chat, id, message, tally))
}

/** The document, or the lines of one. A last line without an end is still being written. */
function entriesOf(text: string, { path }: Transcript, tally: Tally): readonly Fields[] {
  const document = parseFields(text)
  if (document !== null) return [document]
  if (path.endsWith('.json')) {
    tally.count('damaged')
    return []
  }
  const lines = text.split('\n')
  return lines.flatMap((line, nth) => {
    const entry = parseFields(line)
    if (entry !== null) return [entry]
    if (line.trim() !== '' && nth < lines.length - 1) tally.count('damaged')
    return []
  })
}

function readEntry(chat: Chat, entry: Fields): void {
  chat.sessionId = nameOf(entry['sessionId']) || chat.sessionId
  const directories: unknown = entry['directories']
  if (Array.isArray(directories)) chat.cwd = nameOf(directories[0]) || chat.cwd
  const messages: unknown = entry['messages']
  const told: readonly unknown[] = Array.isArray(messages) ? messages : [entry]
  for (const message of told) readMessage(chat, fieldsOf(message))
}

function readMessage({ sessionId, messages }: Chat, message: Fields | null): void {
  if (message?.['type'] !== 'gemini' || fieldsOf(message['tokens']) === null) return
  messages.set(nameOf(message['id']) || `${sessionId}#${messages.size}`, message)
}

function recordsOf(
  { sessionId, cwd }: Chat,
  id: string,
  message: Fields,
  tally: Tally,
): readonly SourceRecord[] {
  const tokens = fieldsOf(message['tokens']) ?? {}
  const cached = countOf(tokens['cached'])
  return usedRecords(
    {
      id: `gemini-cli:${id}`,
      timestamp: instantOf(message['timestamp']),
      sessionId: sessionId || UNKNOWN,
      model: nameOf(message['model']) || UNKNOWN,
      tool: 'gemini-cli',
      // What tools answered is input of its own; thoughts are no part of the output but cost the same.
      inputTokens: uncachedInput(countOf(tokens['input']), cached) + countOf(tokens['tool']),
      outputTokens: countOf(tokens['output']) + countOf(tokens['thoughts']),
      cacheReadTokens: cached,
    },
    cwd,
    tally,
  )
}
