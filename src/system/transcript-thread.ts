import type { MessagePort, Worker } from 'node:worker_threads'
import { type PackedTold, packTold, unpackTold } from '../sources/packed.ts'
import type { TranscriptContent, TranscriptMark } from './read-transcript.ts'
import { startThread } from './start-thread.ts'
import type { TranscriptFile } from './transcript-files.ts'

/** One transcript to read. */
export interface TranscriptTask {
  /** Name of the source. */
  readonly source: string
  readonly file: TranscriptFile
  readonly mark: TranscriptMark | null
}

/** What became of a task: what the transcript says, or why it cannot be read. */
export type TranscriptOutcome =
  | { readonly kind: 'read'; readonly content: TranscriptContent }
  | { readonly kind: 'failed'; readonly reason: string }

/** Somebody who takes tasks from the same list, one after the other, in a thread of its own. */
export interface TranscriptThread {
  /** Less than this is read sooner alone, in bytes. */
  readonly fromBytes: number
  /** `taken` counts the tasks that somebody took. Null when no thread can be had. */
  readonly begin: (tasks: readonly TranscriptTask[], taken: Int32Array) => RunningThread | null
}

export interface RunningThread {
  /** What it has finished since the last time, by the number of the task. */
  readonly finished: () => readonly (readonly [task: number, outcome: TranscriptOutcome])[]
  /** Waits for more of it, but not long; false once none will come. */
  readonly wait: () => boolean
  readonly stop: () => void
}

/** What a thread says of a task: its number and what became of it. */
export type ThreadMessage = readonly [task: number, outcome: PackedOutcome]

type PackedOutcome =
  | { readonly kind: 'read'; readonly content: Omit<TranscriptContent, 'told'>; readonly told: PackedTold }
  | { readonly kind: 'failed'; readonly reason: string }

export function packOutcome(outcome: TranscriptOutcome): PackedOutcome {
  if (outcome.kind === 'failed') return outcome
  const { told, ...content } = outcome.content
  return { kind: 'read', content, told: packTold(told) }
}

function unpackOutcome(packed: PackedOutcome): TranscriptOutcome {
  if (packed.kind === 'failed') return packed
  return { kind: 'read', content: { ...packed.content, told: unpackTold(packed.told) } }
}

/** What the thread is started with. */
export interface ThreadStart {
  readonly tasks: readonly TranscriptTask[]
  readonly taken: Int32Array
  /** At 0: how many messages were sent; at 1: 1 once there will be no more. */
  readonly state: Int32Array
  readonly port: MessagePort
}

/** A thread takes 25 ms and 40 MB to start. */
const FROM_BYTES = 48 << 20

const PROGRAM = 'later/transcript-thread.cjs'

/** The longest wait for one message, in milliseconds: a thread that says nothing for so long has died. */
const PATIENCE_MS = 30_000
const STEP_MS = 50

export const transcriptThread: TranscriptThread = { fromBytes: FROM_BYTES, begin }

function begin(tasks: readonly TranscriptTask[], taken: Int32Array): RunningThread | null {
  const state = new Int32Array(new SharedArrayBuffer(8))
  const thread = startThread(PROGRAM, (port): ThreadStart => ({ tasks, taken, state, port }))
  return thread === null ? null : new Running(thread.worker, thread.port, state)
}

class Running implements RunningThread {
  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #state: Int32Array
  #waited = 0

  constructor(worker: Worker, port: MessagePort, state: Int32Array) {
    this.#worker = worker
    this.#port = port
    this.#state = state
    worker.unref()
    // Whatever becomes of it, what it did not finish is read by us.
    worker.on('error', () => Atomics.store(state, 1, 1))
    worker.on('exit', () => Atomics.store(state, 1, 1))
  }

  finished(): readonly (readonly [number, TranscriptOutcome])[] {
    const { receiveMessageOnPort } = process.getBuiltinModule('node:worker_threads')
    const all: (readonly [number, TranscriptOutcome])[] = []
    for (;;) {
      const received = receiveMessageOnPort(this.#port) as { readonly message: ThreadMessage } | undefined
      if (received === undefined) break
      const [task, outcome] = received.message
      all.push([task, unpackOutcome(outcome)])
    }
    if (all.length > 0) this.#waited = 0
    return all
  }

  wait(): boolean {
    if (Atomics.load(this.#state, 1) === 1 || this.#waited > PATIENCE_MS) return false
    Atomics.wait(this.#state, 0, Atomics.load(this.#state, 0), STEP_MS)
    this.#waited += STEP_MS
    return true
  }

  stop(): void {
    this.#port.close()
    void this.#worker.terminate()
  }
}
