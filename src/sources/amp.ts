import { UNKNOWN, type UsageRecord } from '../core/record.ts'
import { type Fields, countOf, fieldsOf, instantOf, nameOf, parseFields } from './fields.ts'
import { fileStem } from './path-parts.ts'
import type { Source, SourceRecord, Transcript } from './source.ts'
import type { Tally } from '../core/tally.ts'
import { type TokenCounts, usedRecords } from './used-records.ts'

/**
 * An Amp thread tells what its messages used; older ones also in a ledger, which knows the time and requests without a
 * message, but not what caches gave. A message and its event are one response. Credits are no dollars.
 */
export const amp: Source = {
  name: 'amp',
  title: 'Amp',
  directories: ({ home, variables }) =>
    (variables['AMP_DATA_DIR'] || `${variables['XDG_DATA_HOME'] || `${home}/.local/share`}/amp`)
      .split(',')
      .map((root) => `${root.trim()}/threads`),
  isTranscript: (name) => /(?:^|\/)T-[^/]*\.json$/.test(name),
  recognizes: (text) => /"usageLedger":|"totalInputTokens":/.test(text),
  reading: { kind: 'document', read },
}

type Answer = TokenCounts & Pick<UsageRecord, 'id' | 'timestamp' | 'model'>

/** A message with usage, and how the ledger may point to it. */
interface Message {
  readonly number: string
  readonly usage: Fields
}

function read(text: string, { path }: Transcript, tally: Tally): readonly SourceRecord[] {
  const thread = parseFields(text)
  if (thread === null) {
    tally.count('damaged')
    return []
  }
  const sessionId = nameOf(thread['id']) || fileStem(path) || UNKNOWN
  const messages = messagesOf(thread)
  const { eventOf, alone } = joined(messages, objectsIn(fieldsOf(thread['usageLedger'])?.['events']))
  const created = instantOf(thread['created'])
  const told = [
    ...messages.map((message) => messageFields(message, eventOf.get(message))),
    ...alone.map(eventFields),
  ]
  return told.flatMap(({ id, timestamp, ...fields }) =>
    usedRecords(
      { ...fields, id: `amp:${sessionId}:${id}`, timestamp: timestamp ?? created, sessionId, tool: 'amp' },
      folderOf(thread),
      tally,
    ),
  )
}

function messagesOf(thread: Fields): readonly Message[] {
  return objectsIn(thread['messages']).flatMap((message, nth) => {
    const usage = fieldsOf(message['usage'])
    if (message['role'] !== 'assistant' || usage === null) return []
    return [{ number: String(numberOf(message['messageId']) ?? nth), usage }]
  })
}

interface Joined {
  readonly eventOf: ReadonlyMap<Message, Fields>
  /** Events without a message. */
  readonly alone: readonly Fields[]
}

/** Events that name a message are of that one, where the models agree; others are told by what was used. */
function joined(messages: readonly Message[], events: readonly Fields[]): Joined {
  const byNumber = new Map(messages.map((message) => [message.number, message]))
  const byUsage = new Map<string, Message[]>()
  for (const message of messages) {
    const key = usageKey(message.usage['model'], message.usage['inputTokens'], message.usage['outputTokens'])
    byUsage.set(key, [...(byUsage.get(key) ?? []), message])
  }
  const eventOf = new Map<Message, Fields>()
  const alone: Fields[] = []
  for (const event of events) {
    const target = numberOf(event['toMessageId'])
    const tokens = fieldsOf(event['tokens'])
    const key = usageKey(event['model'], tokens?.['input'], tokens?.['output'])
    const named = target === null ? byUsage.get(key)?.shift() : byNumber.get(String(target))
    const isItsOwn = named !== undefined && !eventOf.has(named) && named.usage['model'] === event['model']
    if (isItsOwn) eventOf.set(named, event)
    else alone.push(event)
  }
  return { eventOf, alone }
}

function usageKey(...parts: readonly unknown[]): string {
  return JSON.stringify(parts)
}

function messageFields({ number, usage }: Message, event: Fields | undefined): Answer {
  return {
    id: `message-${number}`,
    timestamp: instantOf(event?.['timestamp']) ?? instantOf(usage['timestamp']),
    model: nameOf(usage['model']) || UNKNOWN,
    inputTokens: countOf(usage['inputTokens']),
    outputTokens: countOf(usage['outputTokens']),
    cacheReadTokens: countOf(usage['cacheReadInputTokens']),
    cacheWriteTokens: countOf(usage['cacheCreationInputTokens']),
  }
}

function eventFields(event: Fields): Answer {
  const tokens = fieldsOf(event['tokens']) ?? {}
  const timestamp = nameOf(event['timestamp'])
  const model = nameOf(event['model']) || UNKNOWN
  const inputTokens = countOf(tokens['input'])
  const outputTokens = countOf(tokens['output'])
  return {
    id: nameOf(event['id']) || [timestamp, model, inputTokens, outputTokens].join(':'),
    timestamp: instantOf(timestamp),
    model,
    inputTokens,
    outputTokens,
    cacheReadTokens: countOf(tokens['cacheReadInputTokens']),
    cacheWriteTokens: countOf(tokens['cacheCreationInputTokens']),
  }
}

/** The first folder of the workspace, from its `file://` address. */
function folderOf(thread: Fields): string {
  const [tree] = objectsIn(fieldsOf(fieldsOf(thread['env'])?.['initial'])?.['trees'])
  const address = nameOf(tree?.['uri'])
  if (!address.startsWith('file:///')) return ''
  try {
    return decodeURIComponent(address.slice('file://'.length)).replace(/^\/(?=[A-Za-z]:)/, '')
  } catch {
    return ''
  }
}

function objectsIn(value: unknown): readonly Fields[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  return items.map(fieldsOf).filter((item) => item !== null)
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
