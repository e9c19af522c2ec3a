import type { TokenCount } from './codex-fork.ts'
import type { CodexLine } from './codex-line.ts'
import type { CodexState } from './codex-state.ts'
import { type CodexUsage, NO_USAGE, billedTokens, codexUsageOf, isSameUsage, isUsage } from './codex-usage.ts'
import type { Watermark } from './codex-watermarks.ts'
import { nameOf, sourceRecord } from './fields.ts'
import type { SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'

/** What every session ran on before sessions named their model. */
export const FIRST_MODEL = 'gpt-5'

/** What an event that counts tokens adds: a record, or nothing where its usage was told before. */
export function countTotal(state: CodexState, event: TokenCount, tally: Tally): readonly SourceRecord[] {
  const { total, last, timestamp } = event
  const step = state.watermarks.step(total, last, event.largest)
  if (step === null) {
    if (total !== null && !isNothing(total)) tally.count('repeated')
    return []
  }
  const { used, mark } = step
  if (isNothing(used)) return []
  // One total follows each usage record. A second one tells of a response without a record: written by a version that
  // makes none, or the line is damaged.
  if (state.hasRecords && !state.isRecordRepeated) {
    state.isRecordRepeated = true
    return []
  }
  state.alone = last ?? used
  const isOne = last === null || isSameUsage(used, last)
  return [recordOf(state, idOf(state, mark), timestamp, used, !isOne, tally)]
}

/** What a usage record adds. There is one for each response, compactions too, which totals leave out. */
export function countRecord(state: CodexState, line: CodexLine, tally: Tally): readonly SourceRecord[] {
  const used = codexUsageOf(line.payload['usage'])
  if (used === null || !isUsage(used)) {
    tally.count('strange')
    return []
  }
  const response = nameOf(line.payload['response_id'])
  const isKnown = response !== '' && response === state.lastResponse
  const wasCounted = !isKnown && state.alone !== null && isSameUsage(state.alone, used)
  state.hasRecords = true
  state.lastResponse = response
  state.alone = null
  if (isKnown) tally.count('repeated')
  else state.isRecordRepeated = wasCounted
  if (isKnown || wasCounted || isNothing(used)) return []
  const id = response === '' ? `codex:${sessionOf(state)}:unnamed-${state.unnamed++}` : `codex:${response}`
  return [recordOf(state, id, line.timestamp, used, false, tally)]
}

function isNothing(usage: CodexUsage): boolean {
  return isSameUsage(usage, NO_USAGE)
}

/** Totals are unique within their line of counting; they start anew with another one. */
function idOf(state: CodexState, { lineage, total }: Watermark): string {
  const vector = `${total.input}-${total.cached}-${total.output}`
  return `codex:${sessionOf(state)}:${lineage === 0 ? '' : `${lineage}:`}${vector}`
}

function sessionOf({ session, file }: CodexState): string {
  return session || file
}

function recordOf(
  state: CodexState,
  id: string,
  timestamp: number | null,
  used: CodexUsage,
  aggregate: boolean,
  tally: Tally,
): SourceRecord {
  if (state.model === '' || state.isModelHidden) tally.count('estimated')
  const record = {
    id,
    timestamp,
    sessionId: sessionOf(state),
    model: state.model || FIRST_MODEL,
    tool: 'codex',
    ...billedTokens(used),
    serviceTier: state.tier,
    aggregate,
    branch: state.branch,
  }
  return sourceRecord(record, state.cwd)
}
