import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { getBuiltinModule } from 'node:process'
import { errnoOf } from './errno.ts'

/** What is handed to us on standard input. */
export interface StandardInput {
  /**
   * All of it, waiting for its end; null where nobody can have written anything. With a deadline it does not wait for
   * longer than so many milliseconds, and what has come by then is all. With `isAll` somebody is sure to write, and the
   * end is not waited for once a text is all there is to come. Throws `InputTooLarge`.
   */
  readonly read: (mostBytes: number, deadlineMs?: number, isAll?: IsAll) => string | null
}

export type IsAll = (text: string) => boolean

/** There is more than was asked for at most. */
export class InputTooLarge extends Error {
  override readonly name = 'InputTooLarge'

  constructor() {
    super('there is too much on standard input')
  }
}

const STDIN = 0
const CHUNK_BYTES = 64 << 10

/** How long to wait before looking again whether something has come: with a hundred hooks at once each look counts. */
const SHORTEST_PAUSE_MS = 2
const LONGEST_PAUSE_MS = 16

export const systemStandardInput: StandardInput = {
  read(mostBytes, deadlineMs = Infinity, isAll) {
    if (!isPiped()) return null
    const fd = deadlineMs === Infinity ? STDIN : impatient(isAll !== undefined)
    try {
      // PowerShell begins what it pipes with a mark of its own.
      return readAll(fd, mostBytes, deadlineMs, isAll ?? never).replace(/^\uFEFF/, '')
    } finally {
      if (fd !== STDIN) closeSync(fd)
    }
  },
}

function never(): boolean {
  return false
}

function readAll(fd: number, mostBytes: number, deadlineMs: number, isAll: IsAll): string {
  const parts: Buffer[] = []
  let length = 0
  let waited = 0
  let pause = SHORTEST_PAUSE_MS
  let part = Buffer.allocUnsafe(CHUNK_BYTES)
  for (;;) {
    const read = readPart(fd, part)
    if (read === null && waited < deadlineMs) {
      wait(pause)
      waited += pause
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS, deadlineMs - waited)
      continue
    }
    if (read === null || read === 0) return textOf(parts)
    length += read
    if (length > mostBytes) throw new InputTooLarge()
    parts.push(part.subarray(0, read))
    const isFull = read === part.length
    part = isFull ? Buffer.allocUnsafe(CHUNK_BYTES) : part.subarray(read)
    // As long as there is more at once, there is more.
    if (!isFull && isAll !== never && isAll(textOf(parts))) return textOf(parts)
  }
}

function textOf(parts: readonly Buffer[]): string {
  const [only] = parts
  // Nearly always: to put parts together takes longer than all of the reading.
  const bytes = only !== undefined && parts.length === 1 ? only : Buffer.concat(parts)
  return bytes.toString('utf8')
}

/** A terminal would wait for somebody to type. */
function isPiped(): boolean {
  try {
    const stat = fstatSync(STDIN)
    return stat.isFIFO() || stat.isSocket() || stat.isFile()
  } catch {
    return false
  }
}

/**
 * A descriptor of standard input that answers at once when nothing has come yet. A pipe is opened anew, because whoever
 * shares it with us may count on waiting; a socket cannot be, and only what the event loop waits with makes it impatient,
 * which is not worth it where somebody is sure to write. Where neither can be had it is standard input as it is.
 */
function impatient(isSure: boolean): number {
  try {
    if (fstatSync(STDIN).isFile()) return STDIN
    return openSync('/proc/self/fd/0', constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    // Another system than Linux, or a socket.
  }
  if (isSure) return STDIN
  try {
    // Not imported, because loading it takes a twentieth of a start.
    const { Socket } = getBuiltinModule('node:net')
    new Socket({ fd: STDIN, readable: true, writable: false, ...LEFT_ALONE }).unref()
  } catch {
    // The agent's own patience has to do.
  }
  return STDIN
}

/** Else it would read by itself. */
const LEFT_ALONE = { manualStart: true }

/** The number of bytes read, 0 at the end; null when nothing has come yet. */
function readPart(fd: number, part: Buffer): number | null {
  try {
    return readSync(fd, part, 0, part.length, null)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'EOF') return 0
    // Also where somebody else made the pipe non-blocking: there is nothing to wait with but time.
    if (errno === 'EAGAIN') return null
    throw error
  }
}

function wait(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
