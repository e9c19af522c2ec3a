import { UNKNOWN } from '../core/record.ts'
import { type Fields, countOf, fieldsOf, instantOf, nameOf } from './fields.ts'
import { parseLine } from './json-line.ts'
import { fileStem } from './path-parts.ts'
import type { Source, SourceRecord, Transcript } from './source.ts'
import type { Tally } from '../core/tally.ts'
import { uncachedInput } from './uncached-input.ts'
import { usedRecords } from './used-records.ts'

/** Qwen Code writes one line for each response. Branched sessions repeat lines with the same `uuid`. */
export const qwenCode: Source = {
  name: 'qwen-code',
  title: 'Qwen Code',
  directories: ({ home }) => [`${home}/.qwen/projects`],
  isTranscript: (name) => /(?:^|\/)chats\/.*\.jsonl$/s.test(name),
  recognizes: (text) => /"usageMetadata":/.test(text) && /"sessionId":/.test(text),
  reading: {
    kind: 'lines',
    marker: '"usageMetadata"',
    open: (transcript, _state, tally) => ({
      line: (bytes, start, end) => readLine(parseLine(bytes, start, end, tally), transcript, tally),
      state: () => null,
    }),
  },
}

function readLine(line: Fields | null, { path }: Transcript, tally: Tally): readonly SourceRecord[] {
  const usage = fieldsOf(line?.['usageMetadata'])
  if (line?.['type'] !== 'assistant' || usage === null) return []
  const sessionId = nameOf(line['sessionId']) || fileStem(path) || UNKNOWN
  const cached = countOf(usage['cachedContentTokenCount'])
  const tool = countOf(usage['toolUsePromptTokenCount'])
  return usedRecords(
    {
      id: `qwen-code:${nameOf(line['uuid']) || `${sessionId}@${nameOf(line['timestamp'])}`}`,
      timestamp: instantOf(line['timestamp']),
      sessionId,
      model: nameOf(line['model']) || UNKNOWN,
      tool: 'qwen-code',
      branch: nameOf(line['gitBranch']),
      inputTokens: uncachedInput(countOf(usage['promptTokenCount']), cached) + tool,
      outputTokens: outputOf(usage),
      cacheReadTokens: cached,
    },
    nameOf(line['cwd']),
    tally,
  )
}

/**
 * Models behind an OpenAI interface, Qwen's own among them, count thoughts as part of their output; Gemini and others
 * count them apart. The total tells which.
 */
function outputOf(usage: Fields): number {
  const output = countOf(usage['candidatesTokenCount'])
  const thoughts = countOf(usage['thoughtsTokenCount'])
  const input = countOf(usage['promptTokenCount']) + countOf(usage['toolUsePromptTokenCount'])
  const isApart = thoughts > output || countOf(usage['totalTokenCount']) >= input + output + thoughts
  return isApart ? output + thoughts : output
}
