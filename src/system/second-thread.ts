import type { MessagePort, Worker } from 'node:worker_threads'
import type { LedgerRange } from './ledger-range.ts'
import type { SecondAnswer, SecondReader, SecondReading } from './second-reader.ts'
import { startThread } from './start-thread.ts'
import { ANSWERED, AT_WORK, FAILED, READ, READ_UNIT, STATE, type SecondTask } from './second-task.ts'

/** A thread takes as long to start as one needs to read twenty megabytes. */
const FROM_BYTES = 24 << 20

/** Where the bundle has the thread's program, beside the one that starts it. */
const PROGRAM = 'later/second-reader.cjs'

/** A thread that reads nothing for so long has died without a word (out of memory, say). In milliseconds. */
const PATIENCE = 1500

/** Reads in a thread of its own, where there is one to be had: not from the sources. */
export const secondThread: SecondReader = { fromBytes: FROM_BYTES, begin }

function begin(recipe: unknown, asOf: number, ranges: readonly LedgerRange[]): SecondReading | null {
  const shared = new SharedArrayBuffer(8)
  const taskFor = (port: MessagePort): SecondTask => ({ recipe, asOf, ranges, port, shared })
  // Its garbage is short-lived, and a larger nursery only takes memory.
  const thread = startThread(PROGRAM, taskFor, { maxYoungGenerationSizeMb: 2 })
  return thread === null ? null : new ThreadReading(thread.worker, thread.port, new Int32Array(shared))
}

class ThreadReading implements SecondReading {
  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #shared: Int32Array
  /** Milliseconds waited since `#read` last changed. */
  #idle = 0
  #read = 0

  constructor(worker: Worker, port: MessagePort, shared: Int32Array) {
    this.#worker = worker
    this.#port = port
    this.#shared = shared
    worker.unref()
    worker.on('error', () => this.#fail())
    worker.on('exit', () => this.#fail())
  }

  get bytesRead(): number {
    return Atomics.load(this.#shared, READ) * READ_UNIT
  }

  isOver(milliseconds: number): boolean {
    const { bytesRead } = this
    if (bytesRead !== this.#read) this.#idle = 0
    this.#read = bytesRead
    if (Atomics.wait(this.#shared, STATE, AT_WORK, milliseconds) !== 'timed-out') return true
    this.#idle += milliseconds
    return this.#idle > PATIENCE
  }

  take(): SecondAnswer | null {
    if (Atomics.load(this.#shared, STATE) !== ANSWERED) {
      this.stop()
      return null
    }
    const { receiveMessageOnPort } = process.getBuiltinModule('node:worker_threads')
    const received = receiveMessageOnPort(this.#port) as { readonly message: SecondAnswer } | undefined
    this.#port.close()
    return received?.message ?? null
  }

  stop(): void {
    this.#port.close()
    void this.#worker.terminate()
  }

  /** A thread that has answered ends too, and its answer stands. */
  #fail(): void {
    Atomics.compareExchange(this.#shared, STATE, AT_WORK, FAILED)
  }
}
