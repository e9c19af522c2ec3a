import { closeSync } from 'node:fs'
import { openForReading } from './file-system.ts'
import { findLedgerFiles } from './find-ledger-files.ts'
import { guardBefore } from './tail-guard.ts'

/** The files of a ledger as they were at some time, with what proves that they have only grown since. */
export type LedgerStamp = readonly LedgerFileStamp[]

interface LedgerFileStamp {
  readonly ino: string
  readonly size: number
  readonly guard: number
}

/** A part of a ledger file that came after a stamp. */
export interface GrownFile {
  readonly path: string
  readonly from: number
  readonly to: number
}

/** The ledger in a directory as it is now. Throws `Unreadable`. */
export function stampLedger(directory: string): LedgerStamp {
  return [...findLedgerFiles(directory)].map(([path, { ino, size }]) => ({
    ino: String(ino),
    size: Number(size),
    guard: guardAt(path, Number(size)),
  }))
}

/**
 * What was appended since a stamp, also to files that were renamed or added; null when something that was there is gone
 * or different. Throws `Unreadable`.
 */
export function grownSince(directory: string, stamp: LedgerStamp): readonly GrownFile[] | null {
  const found = [...findLedgerFiles(directory)]
  const isWhole = stamp.every((old) => found.some(([, { ino }]) => String(ino) === old.ino))
  if (!isWhole) return null
  const grown: GrownFile[] = []
  for (const [path, { ino, size }] of found) {
    const to = Number(size)
    const old = stamp.find((one) => one.ino === String(ino))
    const from = old?.size ?? 0
    if (to < from || (old !== undefined && guardAt(path, from) !== old.guard)) return null
    if (to > from) grown.push({ path, from, to })
  }
  return grown
}

function guardAt(path: string, offset: number): number {
  const fd = openForReading(path)
  if (fd === null) return -1
  try {
    return guardBefore(fd, offset)
  } finally {
    closeSync(fd)
  }
}
