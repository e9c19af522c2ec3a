import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  rmdirSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { errnoOf } from './errno.ts'
import { systemFiles } from './file-system.ts'
import { hideFromGit } from './hide-from-git.ts'

const NEWLINE = 0x0a
/** Ours only: prices and projects are nobody else's business. */
const DIRECTORY_MODE = 0o700
const FILE_MODE = 0o600

/** Nothing was counted: the record may be appended again with the same id. */
export class NotSaved extends Error {
  override readonly name = 'NotSaved'
}

/**
 * Appends whole lines (without their last newline) in one `write`, which the kernel places at the end undivided, so
 * that any number of processes need no lock. Throws `NotSaved`; a short write is not continued, because another
 * record may already stand behind it.
 */
export function appendLines(path: string, lines: string, durability: 'none' | 'fsync'): void {
  const fd = openForAppending(path)
  try {
    const stat = fstatSync(fd)
    if (!stat.isFile()) throw new NotSaved(`${path} is not a regular file, nothing was saved: move it away`)
    // A killed writer may have left half a line: a newline of our own keeps it from swallowing this record.
    const text = `${endsOpen(fd, stat.size) ? '\n' : ''}${lines}\n`
    const bytes = Buffer.from(text)
    const written = writeSync(fd, bytes)
    if (written !== bytes.length) {
      throw new NotSaved(
        `${path}: only ${written} of ${bytes.length} bytes fit, the record was NOT saved: free some disk space`,
      )
    }
    if (durability === 'fsync') fsyncSync(fd)
  } catch (error) {
    throw error instanceof NotSaved ? error : notSaved(path, error)
  } finally {
    closeSync(fd)
  }
}

/** Makes the directory of a ledger, private and invisible to git. Throws `NotSaved`. */
export function createLedgerDirectory(directory: string): void {
  try {
    if (makeDirectory(directory)) hideOrUndo(directory)
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') {
      throw new NotSaved(`${directory} is a file, not a directory, nothing was saved: move it away`)
    }
    throw notSaved(directory, error)
  }
}

/** True when it was us who made it. Node's own `recursive` never returns where the kernel refuses, as in /proc. */
function makeDirectory(directory: string, isSecondTry = false): boolean {
  try {
    mkdirSync(directory, { mode: DIRECTORY_MODE })
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST' && systemFiles.isDirectory(directory)) return false
    const parent = dirname(directory)
    if (errnoOf(error) !== 'ENOENT' || isSecondTry) throw error
    // Somebody else may have made the parent meanwhile.
    if (!systemFiles.isDirectory(parent)) makeDirectory(parent)
    return makeDirectory(directory, true)
  }
}

/** A directory that git sees is not left behind: whoever finds it would take it for one that is meant to be seen. */
function hideOrUndo(directory: string): void {
  try {
    hideFromGit(directory)
  } catch (error) {
    rmdirSync(directory)
    throw error
  }
}

function openForAppending(path: string): number {
  const { O_RDWR, O_APPEND, O_CREAT } = constants
  try {
    // A cloned repository may bring a symbolic link that points at somebody's keys.
    return openSync(
      path,
      O_RDWR | O_APPEND | O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
      FILE_MODE,
    )
  } catch (error) {
    if (errnoOf(error) === 'ELOOP') {
      throw new NotSaved(`${path} is a symbolic link, nothing was saved: put a plain file there`)
    }
    throw notSaved(path, error)
  }
}

function endsOpen(fd: number, size: number): boolean {
  if (size === 0) return false
  const last = Buffer.alloc(1)
  return readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== NEWLINE
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'your quota is used up: free some space',
  EFBIG: 'the file may not grow any further: raise the limit (ulimit -f)',
  EROFS: 'the disk is read-only: choose another place with --dir',
  EACCES: 'this user may not write there: choose another place with --dir',
  EPERM: 'this user may not write there: choose another place with --dir',
  EISDIR: 'it is a directory: move it away',
  ENOTDIR: 'a part of that path is a file: move it away',
  ENXIO: 'it is a pipe or a device: move it away',
}

function notSaved(path: string, error: unknown): NotSaved {
  const errno = errnoOf(error)
  const reason = REASONS[errno] ?? 'the system refused: look at the disk'
  return new NotSaved(`${path}: the record was NOT saved (${errno}), ${reason}`)
}
