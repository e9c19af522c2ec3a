import { fstatSync, readSync } from 'node:fs'
import { errnoOf } from './errno.ts'

/** What is handed to us on standard input. */
export interface StandardInput {
  /** All of it, waiting for its end; null where nobody can have written anything. Throws `InputTooLarge`. */
  readonly read: (mostBytes: number) => string | null
}

/** There is more than was asked for at most. */
export class InputTooLarge extends Error {
  override readonly name = 'InputTooLarge'

  constructor() {
    super('there is too much on standard input')
  }
}

const CHUNK_BYTES = 64 << 10

export const systemStandardInput: StandardInput = {
  read(mostBytes) {
    if (!isPiped()) return null
    const parts: Buffer[] = []
    let length = 0
    for (;;) {
      const part = Buffer.allocUnsafe(CHUNK_BYTES)
      const read = readPart(part)
      // PowerShell begins what it pipes with a mark of its own.
      if (read === 0)
        return Buffer.concat(parts)
          .toString('utf8')
          .replace(/^\uFEFF/, '')
      length += read
      if (length > mostBytes) throw new InputTooLarge()
      parts.push(part.subarray(0, read))
    }
  },
}

/** A terminal would wait for somebody to type. */
function isPiped(): boolean {
  try {
    const stat = fstatSync(0)
    return stat.isFIFO() || stat.isSocket() || stat.isFile()
  } catch {
    return false
  }
}

function readPart(part: Buffer): number {
  for (;;) {
    try {
      return readSync(0, part, 0, part.length, null)
    } catch (error) {
      const errno = errnoOf(error)
      if (errno === 'EOF') return 0
      if (errno !== 'EAGAIN') throw error
      // Somebody made the pipe non-blocking: there is nothing to wait with but time.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
