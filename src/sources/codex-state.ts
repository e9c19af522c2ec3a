import type { Json } from '../core/json.ts'
import { type Fork, type Opening, restoreFork, restoreOpening } from './codex-fork.ts'
import { type CodexUsage, restoreUsage } from './codex-usage.ts'
import { type Watermark, Watermarks } from './codex-watermarks.ts'
import { type Fields, fieldsOf, nameOf } from './fields.ts'

/** What the lines of a session so far say about the next one. Plain JSON, but for the watermarks. */
export interface CodexState {
  /** `''` until a line says it. */
  session: string
  /** The session by the name of its file, for a file whose first line is damaged. */
  readonly file: string
  cwd: string
  branch: string
  model: string
  /** The last model that was named is no model: requests of it run on one that Codex chooses. */
  isModelHidden: boolean
  tier: string
  fork: Fork | null
  opening: Opening | null
  /** Whether there are usage records, which tell of every response; totals only repeat them. */
  hasRecords: boolean
  /** Whether a total has repeated the last usage record. */
  isRecordRepeated: boolean
  /** The response that only a total has told of so far. */
  alone: CodexUsage | null
  lastResponse: string
  /** How many usage records named no response. */
  unnamed: number
  watermarks: Watermarks
}

function newState(file: string): CodexState {
  return {
    session: '',
    file,
    cwd: '',
    branch: '',
    model: '',
    isModelHidden: false,
    tier: '',
    fork: null,
    opening: null,
    hasRecords: false,
    isRecordRepeated: false,
    alone: null,
    lastResponse: '',
    unnamed: 0,
    watermarks: new Watermarks(),
  }
}

export function saveState({ watermarks, ...state }: CodexState): Json {
  return { ...state, marks: watermarks.marks, lineages: watermarks.lineages }
}

/** Reads back what `saveState` made; what is missing is as in a new state. */
export function restoreState(json: Json | null, file: string): CodexState {
  const fields = fieldsOf(json)
  if (fields === null) return newState(file)
  return {
    session: nameOf(fields['session']),
    file,
    cwd: nameOf(fields['cwd']),
    branch: nameOf(fields['branch']),
    model: nameOf(fields['model']),
    isModelHidden: fields['isModelHidden'] === true,
    tier: nameOf(fields['tier']),
    fork: restoreFork(fields['fork']),
    opening: restoreOpening(fields['opening']),
    hasRecords: fields['hasRecords'] === true,
    isRecordRepeated: fields['isRecordRepeated'] === true,
    alone: restoreUsage(fields['alone']),
    lastResponse: nameOf(fields['lastResponse']),
    unnamed: wholeOf(fields['unnamed']),
    watermarks: restoreWatermarks(fields),
  }
}

function restoreWatermarks(fields: Fields): Watermarks {
  const marks: unknown = fields['marks']
  if (!Array.isArray(marks)) return new Watermarks()
  return new Watermarks(marks.flatMap(restoreMark), Math.max(1, wholeOf(fields['lineages'])))
}

function restoreMark(value: unknown): readonly Watermark[] {
  const fields = fieldsOf(value)
  const total = restoreUsage(fields?.['total'])
  return total === null ? [] : [{ lineage: wholeOf(fields?.['lineage']), total }]
}

function wholeOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0
}
