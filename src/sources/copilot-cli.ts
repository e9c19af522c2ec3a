import type { Json } from '../core/json.ts'
import { UNKNOWN } from '../core/record.ts'
import { CopilotRuns } from './copilot-runs.ts'
import { readSpan } from './copilot-span.ts'
import { type Fields, fieldsOf, instantOf, nameOf } from './fields.ts'
import { lineHas, parseLine } from './json-line.ts'
import { fileStem, folderName } from './path-parts.ts'
import type { LineReader, Source, SourceRecord, Transcript } from './source.ts'
import type { Tally } from '../core/tally.ts'
import { uncachedInput } from './uncached-input.ts'
import { usedRecords } from './used-records.ts'

/**
 * Copilot CLI tells its usage twice: as one span for each request where telemetry is exported, and always as sums for
 * each model when a session ends. The sums count only where no span tells of that model in that session.
 */
export const copilotCli: Source = {
  name: 'copilot-cli',
  title: 'Copilot CLI',
  directories: ({ home, variables }) => {
    const root = variables['COPILOT_HOME'] || `${home}/.copilot`
    return [`${root}/otel`, `${root}/session-state`]
  },
  isTranscript: (name) => /^[^/]+\.jsonl$|(?:^|\/)events\.jsonl$/.test(name),
  recognizes: (text) => /"session\.start"/.test(text) || /"gen_ai\.usage\./.test(text),
  rank: ({ path }) => (/[/\\]session-state[/\\]/.test(path) ? 1 : 0),
  responseOf: (id) => (id.startsWith('copilot-cli:') ? id.replace(/#.*$/s, '') : ''),
  reading: { kind: 'lines', open },
}

const TEXTS = ['"session.start"', '"session.resume"', '"session.shutdown"', '"gen_ai.usage.']

/** What the events of a session say for all that follow. */
interface Session {
  sessionId: string
  cwd: string
  branch: string
}

function open({ path }: Transcript, state: Json | null, tally: Tally): LineReader {
  const saved = fieldsOf(state)
  const session: Session = {
    sessionId: nameOf(saved?.['sessionId']) || sessionOf(path),
    cwd: nameOf(saved?.['cwd']),
    branch: nameOf(saved?.['branch']),
  }
  const runs = new CopilotRuns(saved?.['runs'])
  return {
    line: (bytes, start, end) => {
      const line = lineHas(bytes, start, end, TEXTS) ? parseLine(bytes, start, end, tally) : null
      if (line === null) return []
      if (fieldsOf(line['attributes']) !== null) return readSpan(line, tally)
      const data = fieldsOf(line['data'])
      if (data === null) return []
      if (line['type'] === 'session.shutdown') return readShutdown(line, data, session, runs, tally)
      if (line['type'] === 'session.start' || line['type'] === 'session.resume') noteSession(data, session)
      return []
    },
    state: () => ({ ...session, runs: runs.state() }),
  }
}

/** `<session>/events.jsonl`; it was `<session>.jsonl` once. */
function sessionOf(path: string): string {
  const stem = fileStem(path)
  return (stem === 'events' ? folderName(path) : stem) || UNKNOWN
}

function noteSession(data: Fields, session: Session): void {
  session.sessionId = nameOf(data['sessionId']) || session.sessionId
  const context = fieldsOf(data['context'])
  session.cwd = nameOf(context?.['cwd']) || session.cwd
  session.branch = nameOf(context?.['branch']) || session.branch
}

function readShutdown(
  line: Fields,
  data: Fields,
  { sessionId, cwd, branch }: Session,
  runs: CopilotRuns,
  tally: Tally,
): readonly SourceRecord[] {
  const metrics = fieldsOf(data['modelMetrics'])
  if (metrics === null) return []
  return runs.add(metrics, tally).flatMap(({ model, input, output, cacheRead, cacheWrite }) => {
    const id = `copilot-cli:${sessionId}:${model}`
    const fields = {
      id,
      timestamp: instantOf(line['timestamp']),
      sessionId,
      model: model || UNKNOWN,
      tool: 'copilot-cli',
      inputTokens: uncachedInput(input, cacheRead, cacheWrite),
      outputTokens: output,
      cacheReadTokens: cacheRead,
      cacheWriteTokens: cacheWrite,
      aggregate: true,
      branch,
    }
    return usedRecords(fields, cwd, tally).map((told) => ({ ...told, response: id }))
  })
}
