import type { MessagePort } from 'node:worker_threads'
import type { Fold } from '../core/fold.ts'
import { partsOf } from './location.ts'
import { type LedgerRange, bytesIn, readRange, readingBuffer } from './ledger-range.ts'
import { LineLookup } from './line-lookup.ts'
import type { SecondAnswer } from './second-reader.ts'

/** What a second thread is started with. */
export interface SecondTask {
  readonly recipe: unknown
  readonly asOf: number
  readonly ranges: readonly LedgerRange[]
  /** Takes the answer. */
  readonly port: MessagePort
  /** Numbers that both threads see, at `STATE` and `READ`. */
  readonly shared: SharedArrayBuffer
}

/** How it stands: at work, answered or failed. */
export const STATE = 0
export const AT_WORK = 0
export const ANSWERED = 1
export const FAILED = 2
/** Bytes read, in units that a terabyte does not overflow. */
export const READ = 1
export const READ_UNIT = 1024

/** About the length of a line. */
export const USUAL_RECORD_BYTES = 300

/** Does the task of a second thread. Never throws: whoever waits is told that it failed, and reads for himself. */
export function doTask(task: SecondTask, makeFold: (lineAt: (location: number) => Uint8Array) => Fold): void {
  const shared = new Int32Array(task.shared)
  try {
    const answer = answerTo(task, makeFold, (bytes) => Atomics.store(shared, READ, bytes / READ_UNIT))
    task.port.postMessage(answer, buffersIn(answer))
    Atomics.store(shared, STATE, ANSWERED)
  } catch {
    Atomics.store(shared, STATE, FAILED)
  }
  Atomics.notify(shared, STATE)
}

export function answerTo(
  { asOf, ranges }: Pick<SecondTask, 'asOf' | 'ranges'>,
  makeFold: (lineAt: (location: number) => Uint8Array) => Fold,
  onRead: (bytes: number) => void,
): SecondAnswer {
  const lines = new LineLookup(
    (index) => ranges.find(({ cursor }) => partsOf(cursor.base).index === index)?.fd,
  )
  const fold = makeFold((location) => lines.at(location))
  fold.asOf = asOf
  fold.expect(bytesIn(ranges) / USUAL_RECORD_BYTES)
  const buffer = readingBuffer()
  let read = 0
  for (const range of ranges) {
    for (const bytes of readRange(range, fold, buffer)) onRead((read += bytes))
  }
  return { parts: fold.parts(), cursors: ranges.map(({ cursor }) => cursor) }
}

/** The buffers in plain data, which are handed over instead of copied: twenty megabytes of a million records. */
function buffersIn(data: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(data)) return data.buffer instanceof ArrayBuffer ? [data.buffer] : []
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return []
  return Object.values(data).flatMap(buffersIn)
}
