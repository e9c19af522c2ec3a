import type { Json } from '../core/json.ts'
import { UNKNOWN } from '../core/record.ts'
import { type Fields, countOf, fieldsOf, instantOf, nameOf } from './fields.ts'
import { lineHas, parseLine } from './json-line.ts'
import { fileStem } from './path-parts.ts'
import { reportedCost } from './reported-cost.ts'
import type { LineReader, Places, Source, SourceRecord, Transcript } from './source.ts'
import type { Tally } from '../core/tally.ts'
import { usedRecords } from './used-records.ts'

/** pi appends every message of a session to one file; forks copy those before the fork into a new one. */
export const pi: Source = sourceOf({
  name: 'pi',
  title: 'pi',
  directories: ({ home, variables }) => [
    `${variables['PI_CODING_AGENT_DIR'] || `${home}/.pi/agent`}/sessions`,
  ],
  isTranscript: (name) => name.endsWith('.jsonl'),
})

/** OpenClaw is built on pi and was called Clawdbot and Moltbot before; what it resets or deletes it only renames. */
export const openClaw: Source = sourceOf({
  name: 'openclaw',
  title: 'OpenClaw',
  directories: ({ home, variables }) => [
    `${variables['OPENCLAW_STATE_DIR'] || `${home}/.openclaw`}/agents`,
    `${home}/.clawdbot/agents`,
    `${home}/.moltbot/agents`,
  ],
  isTranscript: (name) => /(?:^|\/)sessions\/[^/]*\.jsonl(?:\.(?:reset|deleted)\.[^/]*)?$/.test(name),
})

interface Variant {
  readonly name: string
  readonly title: string
  readonly directories: (places: Places) => readonly string[]
  readonly isTranscript: (name: string) => boolean
}

function sourceOf(variant: Variant): Source {
  return {
    ...variant,
    // Only pi itself: nothing in a file says which of the two wrote it.
    recognizes: (text) =>
      variant.name === 'pi' && /"cacheRead":/.test(text) && /"type":\s*"message"/.test(text),
    reading: {
      kind: 'lines',
      open: (transcript, state, tally) => open(variant.name, transcript, state, tally),
    },
  }
}

const TEXTS = ['"session"', '"model_change"', '"model-snapshot"', '"usage"']

/** What lines say for all that follow. */
interface Session {
  sessionId: string
  cwd: string
  model: string
}

function open(tool: string, { path }: Transcript, state: Json | null, tally: Tally): LineReader {
  const saved = fieldsOf(state)
  const session: Session = {
    sessionId: nameOf(saved?.['sessionId']) || fileStem(path) || UNKNOWN,
    cwd: nameOf(saved?.['cwd']),
    model: nameOf(saved?.['model']),
  }
  return {
    line: (bytes, start, end) => {
      const line = lineHas(bytes, start, end, TEXTS) ? parseLine(bytes, start, end, tally) : null
      if (line === null) return []
      noteSession(line, session)
      const answer = answerOf(line)
      return answer === null ? [] : readAnswer(tool, line, answer, session, tally)
    },
    state: () => ({ ...session }),
  }
}

function noteSession(line: Fields, session: Session): void {
  if (line['type'] === 'session') {
    session.sessionId = nameOf(line['id']) || session.sessionId
    session.cwd = nameOf(line['cwd'])
  }
  if (line['type'] === 'model_change') session.model = nameOf(line['modelId']) || session.model
  const data = line['customType'] === 'model-snapshot' ? fieldsOf(line['data']) : null
  session.model = nameOf(data?.['modelId']) || session.model
}

/** What a line tells of an answer: a message of the assistant, or a summary that a model was asked for. */
function answerOf(line: Fields): Fields | null {
  if (line['type'] === 'compaction' || line['type'] === 'branch_summary') return line
  const message = line['type'] === 'message' ? fieldsOf(line['message']) : null
  return message?.['role'] === 'assistant' ? message : null
}

function readAnswer(
  tool: string,
  line: Fields,
  answer: Fields,
  session: Session,
  tally: Tally,
): readonly SourceRecord[] {
  const usage = fieldsOf(answer['usage'])
  if (usage === null) return []
  const timestamp = instantOf(answer['timestamp']) ?? instantOf(line['timestamp'])
  // Ids of lines have eight digits and some servers count from one: the instant, which copies keep, tells them apart.
  const name = nameOf(answer['responseId']) || nameOf(line['id']) || session.sessionId
  const cacheWriteTokens = countOf(usage['cacheWrite'])
  return usedRecords(
    {
      id: `${tool}:${name}@${timestamp ?? ''}`,
      timestamp,
      sessionId: session.sessionId,
      model: nameOf(answer['model']) || session.model || UNKNOWN,
      tool,
      inputTokens: countOf(usage['input']),
      outputTokens: countOf(usage['output']),
      cacheReadTokens: countOf(usage['cacheRead']),
      cacheWriteTokens,
      cacheWrite1hTokens: Math.min(countOf(usage['cacheWrite1h']), cacheWriteTokens),
      ...reportedCost(fieldsOf(usage['cost'])?.['total']),
    },
    session.cwd,
    tally,
  )
}
