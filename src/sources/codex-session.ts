import type { Json } from '../core/json.ts'
import { BURST_MS, type Opening, type TokenCount, forkOf, inheritedTotal, ownerOf } from './codex-fork.ts'
import { type CodexLine, headTimestamp, mayHold, parseCodexLine } from './codex-line.ts'
import { countRecord, countTotal } from './codex-records.ts'
import { type CodexState, restoreState, saveState } from './codex-state.ts'
import { codexUsageOf, isSameUsage, isUsage } from './codex-usage.ts'
import { type Fields, countOf, fieldsOf, nameOf } from './fields.ts'
import type { LineReader, SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'

const TYPES: ReadonlySet<string> = new Set([
  'session_meta',
  'turn_context',
  'thread_settings_applied',
  'token_count',
  'token_usage_record',
  'task_complete',
  'turn_aborted',
])

/** The name under which Codex reviews what it is about to do; no model is called like that. */
const HIDDEN_MODEL = 'codex-auto-review'

/** The context window of models whose events do not say it, in tokens. */
const USUAL_WINDOW = 272_000

const NOTHING: readonly SourceRecord[] = []

/** Reads the lines of one session, from its beginning or from where `saved` was taken. */
export class CodexSession implements LineReader {
  readonly #state: CodexState
  readonly #tally: Tally

  /** `file` names the session for a file whose first line is damaged. */
  constructor(file: string, saved: Json | null, tally: Tally) {
    this.#state = restoreState(saved, file)
    this.#tally = tally
  }

  readonly state = (): Json => saveState(this.#state)

  readonly line = (bytes: Buffer, start: number, end: number): readonly SourceRecord[] => {
    const settled = this.#settleBefore(bytes, start, end)
    if (!mayHold(TYPES, bytes, start, end)) return settled
    const line = parseCodexLine(bytes, start, end)
    if (line === null) {
      this.#tally.count('damaged')
      return settled
    }
    const found = this.#read(line)
    return settled.length === 0 ? found : [...settled, ...found]
  }

  #read(line: CodexLine): readonly SourceRecord[] {
    switch (line.type) {
      case 'session_meta':
        this.#begin(line)
        return NOTHING
      case 'turn_context':
        this.#noteSettings(line.payload)
        return NOTHING
      case 'thread_settings_applied':
        this.#noteSettings(fieldsOf(line.payload['thread_settings']) ?? {})
        return NOTHING
      case 'token_count':
        return this.#readTokenCount(line)
      case 'token_usage_record':
        return this.#readUsageRecord(line)
      // The file may end here.
      case 'task_complete':
      case 'turn_aborted':
        return this.#settleTurn()
      default:
        return NOTHING
    }
  }

  /** The first line is who the session is. A fork repeats that of its parent behind its own. */
  #begin(line: CodexLine): void {
    const state = this.#state
    const { payload } = line
    if (state.session !== '') return
    // A session of a subagent has the `session_id` of the whole tree.
    state.session = nameOf(payload['id']) || nameOf(payload['session_id']) || state.file
    state.branch = nameOf(fieldsOf(payload['git'])?.['branch'])
    state.fork = forkOf(line)
    state.opening = state.fork === null ? null : { repeatedAt: null, held: null }
    this.#noteSettings(payload)
  }

  #noteSettings(settings: Fields): void {
    const state = this.#state
    const model = nameOf(settings['model'])
    if (model !== '') state.isModelHidden = model === HIDDEN_MODEL
    if (model !== '' && !state.isModelHidden) state.model = model
    state.cwd = nameOf(settings['cwd']) || state.cwd
    const tier = settings['service_tier']
    if (tier !== undefined) state.tier = tier === 'default' || tier === 'auto' ? '' : nameOf(tier)
  }

  #readTokenCount(line: CodexLine): readonly SourceRecord[] {
    const info = fieldsOf(line.payload['info'])
    if (info === null) return NOTHING
    const total = codexUsageOf(info['total_token_usage'])
    const last = codexUsageOf(info['last_token_usage'])
    if (total === null && last === null) return NOTHING
    if ((total !== null && !isUsage(total)) || (last !== null && !isUsage(last))) {
      this.#tally.count('strange')
      return NOTHING
    }
    const model = nameOf(info['model']) || nameOf(line.payload['model'])
    if (model !== '') this.#noteSettings({ model })
    const event = { timestamp: line.timestamp, total, last, largest: windowOf(info) }
    const { fork, opening } = this.#state
    if (fork === null || opening === null) return countTotal(this.#state, event, this.#tally)
    const owner = ownerOf(fork, opening, line)
    if (owner === 'parent') return this.#skip(event)
    if (owner === 'child' || event.timestamp === null) return this.#countFirst(event)
    return this.#hold(opening, event)
  }

  /** The first event of a fork is its own, or the begin of a burst: the line behind it tells. */
  #hold(opening: Opening, event: TokenCount): readonly SourceRecord[] {
    const { held } = opening
    if (held === null) {
      this.#state.opening = { ...opening, held: event }
      return NOTHING
    }
    if (held.total !== null && event.total !== null && isSameUsage(held.total, event.total)) {
      this.#tally.count('repeated')
      return NOTHING
    }
    this.#skip(held)
    return this.#skip(event)
  }

  /** What the parent counted is the parent's; the child may count on from it. */
  #skip(event: TokenCount): readonly SourceRecord[] {
    this.#tally.count('forked')
    if (event.total !== null) this.#state.watermarks.inherit(event.total)
    this.#state.opening = { repeatedAt: event.timestamp, held: null }
    return NOTHING
  }

  #settle(): readonly SourceRecord[] {
    const held = this.#state.opening?.held ?? null
    return held === null ? NOTHING : this.#countFirst(held)
  }

  /** A turn of one response may be the begin of a burst all the same: what follows at once is not counted. */
  #settleTurn(): readonly SourceRecord[] {
    const held = this.#state.opening?.held ?? null
    if (held === null) return NOTHING
    const found = this.#countFirst(held)
    this.#state.opening = { repeatedAt: held.timestamp, held: null }
    return found
  }

  #settleBefore(bytes: Buffer, start: number, end: number): readonly SourceRecord[] {
    const since = this.#state.opening?.held?.timestamp ?? null
    if (since === null) return NOTHING
    const now = headTimestamp(bytes, start, end)
    return now !== null && now >= since + BURST_MS ? this.#settle() : NOTHING
  }

  /** Counts the first event that is a fork's own. */
  #countFirst(event: TokenCount): readonly SourceRecord[] {
    const { opening, watermarks } = this.#state
    const inherited = opening?.repeatedAt === null ? inheritedTotal(event) : null
    this.#state.opening = null
    if (inherited === null) return countTotal(this.#state, event, this.#tally)
    this.#tally.count('forked')
    watermarks.inherit(inherited)
    const isOwn = event.total !== null && !isSameUsage(event.total, inherited)
    return isOwn ? countTotal(this.#state, event, this.#tally) : NOTHING
  }

  #readUsageRecord(line: CodexLine): readonly SourceRecord[] {
    const { fork, opening } = this.#state
    if (fork !== null && opening !== null) {
      if (ownerOf(fork, opening, line) === 'parent') {
        this.#tally.count('forked')
        return NOTHING
      }
      const settled = this.#settle()
      this.#state.opening = null
      return [...settled, ...countRecord(this.#state, line, this.#tally)]
    }
    return countRecord(this.#state, line, this.#tally)
  }
}

function windowOf(info: Fields): number {
  const window = countOf(info['model_context_window'])
  return window > 0 ? window : USUAL_WINDOW
}
