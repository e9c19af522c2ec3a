import { closeSync, fstatSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import type { SavedFile } from '../core/saved-ledger.ts'
import { openForReading } from './file-system.ts'
import { findLedgerFiles } from './find-ledger-files.ts'
import { HEAD_BYTES, TAIL_BYTES, guardOf, isGuard } from './guard.ts'
import { locationOf } from './location.ts'

/** What became of a ledger since it was read, as far as names, sizes and times tell: `other` is all that takes a closer look. */
export type LedgerGrowth = { readonly kind: 'none' } | { readonly kind: 'other' } | GrownFile

/** The only file that has become longer, as it was. */
export interface GrownFile {
  readonly kind: 'grown'
  readonly path: string
  readonly file: SavedFile
}

/** How a ledger has grown. Throws `Unreadable`. */
export function growthOf(directory: string, saved: readonly SavedFile[]): LedgerGrowth {
  const found = findLedgerFiles(directory)
  if (found.size !== saved.length) return { kind: 'other' }
  let growth: LedgerGrowth = { kind: 'none' }
  for (const [path, stat] of found) {
    const name = basename(path)
    const file = saved.find((one) => one.name === name)
    if (file === undefined || file.ino !== String(stat.ino) || file.dev !== String(stat.dev)) {
      return { kind: 'other' }
    }
    const size = Number(stat.size)
    const isSame =
      file.size === size && file.mtime === String(stat.mtimeNs) && file.ctime === String(stat.ctimeNs)
    if (isSame) continue
    if (growth.kind === 'grown' || size <= file.size) return { kind: 'other' }
    growth = { kind: 'grown', path, file }
  }
  return growth
}

const NEWLINE = 0x0a

/** What was appended to a file. */
export interface Growth {
  /** Whole lines. */
  readonly bytes: Uint8Array
  /** Location of the first of them. */
  readonly location: number
  /** The file as read to its end, with so many more lines. */
  readonly fileWith: (lines: number) => SavedFile
}

/**
 * What was appended to a file that is still the one that was read; null where it is another, ends within a line, did
 * so then, or has grown by more than so many bytes. Throws `Unreadable`.
 */
export function readGrowth({ path, file }: GrownFile, mostBytes: number): Growth | null {
  const { dev, ino, index, offset, head, tail } = file
  if (file.skipping || offset !== file.size) return null
  const fd = openForReading(path)
  if (fd === null) return null
  try {
    const stat = fstatSync(fd, { bigint: true })
    const size = Number(stat.size)
    const isSame = stat.isFile() && String(stat.dev) === dev && String(stat.ino) === ino
    if (!isSame || size <= offset || size - offset > mostBytes) return null
    const begin = bytesAt(fd, 0, Math.min(size, HEAD_BYTES))
    const from = offset - tail[0]
    const end = bytesAt(fd, from, size - from)
    const isWhole = from + end.length === size && end.at(-1) === NEWLINE
    if (!isWhole || !isGuard(begin.subarray(0, head[0]), head) || !isGuard(end.subarray(0, tail[0]), tail)) {
      return null
    }
    return {
      bytes: end.subarray(tail[0]),
      location: locationOf(index, offset),
      fileWith: (lines) => ({
        ...file,
        size,
        offset: size,
        mtime: String(stat.mtimeNs),
        ctime: String(stat.ctimeNs),
        lines: file.lines + lines,
        head: guardOf(begin),
        tail: guardOf(end.subarray(-TAIL_BYTES)),
      }),
    }
  } finally {
    closeSync(fd)
  }
}

function bytesAt(fd: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  return bytes.subarray(0, readSync(fd, bytes, 0, length, position))
}
