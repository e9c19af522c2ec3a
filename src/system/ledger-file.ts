import { closeSync, fstatSync, readSync, type BigIntStats } from 'node:fs'
import type { Cursor } from '../core/line-reader.ts'
import type { SavedFile } from '../core/saved-ledger.ts'
import { Unreadable, openForReading } from './file-system.ts'
import { HEAD_BYTES, TAIL_BYTES, guardOf, isGuard } from './guard.ts'
import { locationOf, partsOf } from './location.ts'
import type { LedgerRange } from './ledger-range.ts'
import { isUtf16 } from './utf16.ts'

const NEWLINE = 0x0a

/** One file of the ledger, open for reading, with what proves that it is still the one we read. */
export class LedgerFile {
  readonly path: string
  readonly fd: number
  readonly dev: bigint
  readonly ino: bigint
  readonly cursor: Cursor
  /** As of the latest look. */
  size = 0
  /** How often in a row it was seen smaller than what has been read. */
  timesShorter = 0
  #mtime = 0n
  #ctime = 0n
  #head: Uint8Array = new Uint8Array(0)
  #tail: Uint8Array = new Uint8Array(0)

  private constructor(path: string, name: string, fd: number, stat: BigIntStats, index: number) {
    this.path = path
    this.fd = fd
    this.dev = stat.dev
    this.ino = stat.ino
    this.cursor = { name, base: locationOf(index, 0), offset: 0, lines: 0, skipping: false }
  }

  /** Null when the file is gone. Throws `Unreadable` when it is no regular file of UTF-8 text. */
  static open(path: string, name: string, index: number): LedgerFile | null {
    const fd = openForReading(path)
    if (fd === null) return null
    try {
      const stat = fstatSync(fd, { bigint: true })
      if (!stat.isFile()) throw new Unreadable(path, 'is not a regular file', 'move it away')
      refuseUtf16(path, fd)
      return new LedgerFile(path, name, fd, stat, index)
    } catch (error) {
      closeSync(fd)
      throw error
    }
  }

  close(): void {
    closeSync(this.fd)
  }

  /** True when this is the file that a stat by path found. */
  is(stat: BigIntStats): boolean {
    return stat.ino === this.ino && stat.dev === this.dev
  }

  /** What happened since the latest look, judged by size, times and the bytes that guard what was read. */
  changeSince(
    stat: BigIntStats,
    renamed: boolean,
  ): 'none' | 'grown' | 'shorter' | 'replaced' | 'unexplained' {
    const size = Number(stat.size)
    if (size < this.cursor.offset) return 'shorter'
    this.timesShorter = 0
    // A rename moves ctime on; nothing else that leaves the size alone is innocent.
    const touched = stat.mtimeNs !== this.#mtime || (stat.ctimeNs !== this.#ctime && !renamed)
    if (size === this.size) return touched ? 'unexplained' : 'none'
    return this.#guardsHold() ? 'grown' : 'replaced'
  }

  /** What is left to be read, the file being as long as `size`. */
  rangeTo(size: number): LedgerRange {
    return { fd: this.fd, cursor: this.cursor, end: size, isFileEnd: true }
  }

  /** Takes over the times of a file that was only renamed. */
  settleTimes(stat: BigIntStats): void {
    this.#mtime = stat.mtimeNs
    this.#ctime = stat.ctimeNs
  }

  /** Remembers the state that has been read. */
  settle(stat: BigIntStats): void {
    this.size = Number(stat.size)
    this.#mtime = stat.mtimeNs
    this.#ctime = stat.ctimeNs
    const { offset } = this.cursor
    if (this.#head.length < HEAD_BYTES) this.#head = this.#bytesAt(0, Math.min(offset, HEAD_BYTES))
    this.#tail = this.#bytesAt(Math.max(0, offset - TAIL_BYTES), Math.min(offset, TAIL_BYTES))
  }

  /** How far the file was read, to go on from there in another life; null in the middle of a line. */
  saved(): SavedFile | null {
    if (this.cursor.offset > 0 && this.#tail.at(-1) !== NEWLINE) return null
    const { name, base, offset, lines, skipping } = this.cursor
    return {
      name,
      index: partsOf(base).index,
      dev: String(this.dev),
      ino: String(this.ino),
      mtime: String(this.#mtime),
      ctime: String(this.#ctime),
      size: this.size,
      offset,
      lines,
      skipping,
      head: guardOf(this.#head),
      tail: guardOf(this.#tail),
    }
  }

  /** Goes on from where another life of the file ended; false when it is not the file that was read then. */
  resume({ dev, ino, mtime, ctime, size, offset, lines, skipping, head, tail }: SavedFile): boolean {
    if (String(this.dev) !== dev || String(this.ino) !== ino) return false
    Object.assign(this.cursor, { offset, lines, skipping })
    this.size = size
    this.#mtime = BigInt(mtime)
    this.#ctime = BigInt(ctime)
    this.#head = this.#bytesAt(0, head[0])
    this.#tail = this.#bytesAt(offset - tail[0], tail[0])
    return isGuard(this.#head, head) && isGuard(this.#tail, tail)
  }

  /** The stat of the open file, also after it was renamed or deleted. */
  stat(): BigIntStats {
    return fstatSync(this.fd, { bigint: true })
  }

  /** Size alone cannot see a truncation that grew past the offset again. */
  #guardsHold(): boolean {
    const tail = this.#tail
    return (
      equal(this.#bytesAt(0, this.#head.length), this.#head) &&
      equal(this.#bytesAt(this.cursor.offset - tail.length, tail.length), tail)
    )
  }

  #bytesAt(position: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    return bytes.subarray(0, readSync(this.fd, bytes, 0, length, position))
  }
}

/** PowerShell's `>>` writes UTF-16: better one clear sentence than thousands of bad lines. */
function refuseUtf16(path: string, fd: number): void {
  const head = new Uint8Array(4)
  const length = readSync(fd, head, 0, 4, 0)
  if (isUtf16(head.subarray(0, length)))
    throw new Unreadable(path, 'is UTF-16 text', 'save it again as UTF-8')
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
