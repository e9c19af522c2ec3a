import { readSync } from 'node:fs'
import { hashText } from '../core/hash-index.ts'

/** As many bytes before an offset prove that a file only grew since it was read so far. */
const GUARD_BYTES = 64

/** Hash of the bytes before an offset of an open file; -1 when the file is shorter now. */
export function guardBefore(fd: number, offset: number): number {
  const bytes = Buffer.alloc(GUARD_BYTES)
  const start = Math.max(0, offset - GUARD_BYTES)
  const read = readSync(fd, bytes, 0, offset - start, start)
  return read === offset - start ? hashText(`${offset}:${bytes.toString('latin1', 0, read)}`) : -1
}
