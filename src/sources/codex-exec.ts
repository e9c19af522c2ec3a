import type { Json } from '../core/json.ts'
import { mayHold } from './codex-line.ts'
import { FIRST_MODEL } from './codex-records.ts'
import { billedTokens, codexUsageOf, isUsage } from './codex-usage.ts'
import { type Fields, fieldsOf, hasUsage, instantOf, nameOf, parseFields, sourceRecord } from './fields.ts'
import type { LineReader, Source, SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'

/**
 * What `codex exec --json` prints. The usage of a completed turn is that of the whole thread so far, earlier runs that
 * it resumes included: so a thread is one record that grows, whichever of its runs were kept.
 */
export const codexExec: Source = {
  name: 'codex-exec',
  title: 'codex exec --json',
  copyOf: 'codex',
  directories: () => [],
  isTranscript: () => false,
  recognizes: (text) => /"type"\s*:\s*"(?:thread\.started|turn\.completed)"/.test(text),
  reading: { kind: 'lines', open: (_transcript, state, tally) => new ExecReader(state, tally) },
}

const TYPES: ReadonlySet<string> = new Set(['thread.started', 'turn.completed'])

class ExecReader implements LineReader {
  #thread: string
  #model: string
  readonly #tally: Tally

  constructor(saved: Json | null, tally: Tally) {
    const fields = fieldsOf(saved)
    this.#thread = nameOf(fields?.['thread'])
    this.#model = nameOf(fields?.['model'])
    this.#tally = tally
  }

  readonly state = (): Json => ({ thread: this.#thread, model: this.#model })

  readonly line = (bytes: Buffer, start: number, end: number): readonly SourceRecord[] => {
    if (!mayHold(TYPES, bytes, start, end)) return []
    const line = parseFields(bytes.toString('utf8', start, end))
    if (line === null) {
      this.#tally.count('damaged')
      return []
    }
    if (line['type'] === 'thread.started') {
      this.#thread = nameOf(line['thread_id'])
      this.#model = ''
    }
    this.#model = nameOf(line['model']) || this.#model
    return line['type'] === 'turn.completed' ? this.#readTurn(line) : []
  }

  #readTurn(line: Fields): readonly SourceRecord[] {
    const used = codexUsageOf(line['usage'])
    // Without its thread nothing tells whether the usage was told before.
    if (used === null || !isUsage(used) || this.#thread === '') {
      this.#tally.count('strange')
      return []
    }
    const found = sourceRecord({
      id: `codex-exec:${this.#thread}`,
      timestamp: instantOf(line['timestamp']),
      sessionId: this.#thread,
      model: this.#model || FIRST_MODEL,
      tool: 'codex',
      ...billedTokens(used),
      aggregate: true,
    })
    if (!hasUsage(found.record)) return []
    if (this.#model === '') this.#tally.count('estimated')
    return [found]
  }
}
