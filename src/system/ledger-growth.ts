import { closeSync, fstatSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import type { SavedFile } from '../core/saved-ledger.ts'
import { openForReading } from './file-system.ts'
import { findLedgerFiles } from './find-ledger-files.ts'
import { isGuard } from './guard.ts'

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

/**
 * What was appended to a file that is still the one that was read; null where it is another, ends within a line, did
 * so then, or has grown by more than so many bytes. Throws `Unreadable`.
 */
export function readGrowth(path: string, file: SavedFile, mostBytes: number): Uint8Array | null {
  const { dev, ino, offset, head, tail } = file
  if (file.skipping || offset !== file.size) return null
  const fd = openForReading(path)
  if (fd === null) return null
  try {
    const stat = fstatSync(fd, { bigint: true })
    const length = Number(stat.size) - offset
    const isSame = stat.isFile() && String(stat.dev) === dev && String(stat.ino) === ino
    if (!isSame || length <= 0 || length > mostBytes) return null
    const [tailBytes] = tail
    const begin = bytesAt(fd, 0, head[0])
    const end = bytesAt(fd, offset - tailBytes, tailBytes + length)
    const isWhole = end.length === tailBytes + length && end.at(-1) === NEWLINE
    if (!isWhole || !isGuard(begin, head) || !isGuard(end.subarray(0, tailBytes), tail)) return null
    return end.subarray(tailBytes)
  } finally {
    closeSync(fd)
  }
}

function bytesAt(fd: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  return bytes.subarray(0, readSync(fd, bytes, 0, length, position))
}
