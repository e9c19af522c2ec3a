import {
  type BigIntStats,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { errnoOf } from './errno.ts'

/** Small files, whole. The ledger has a port of its own. */
export interface FileSystem {
  readonly exists: (path: string) => boolean
  readonly isDirectory: (path: string) => boolean
  /** The text of a regular file; undefined when there is none. Throws `Unreadable`. */
  readonly readText: (path: string, maxBytes: number) => string | undefined
  /** Writes a new file with its folders; false when it exists already. */
  readonly create: (path: string, text: string, mode: number) => boolean
  /** What tells one state of a file from the next: changes whenever the file does. `''` when there is none. */
  readonly stamp: (path: string) => string
}

/** A file that is there and cannot be read. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly path: string
  readonly fix: string

  constructor(path: string, message: string, fix: string) {
    super(message)
    this.path = path
    this.fix = fix
  }
}

export const systemFiles: FileSystem = {
  exists: (path) => existsSync(path),
  isDirectory: (path) => statOf(path)?.isDirectory() ?? false,
  readText,
  create(path, text, mode) {
    mkdirSync(dirname(path), { recursive: true })
    try {
      writeFileSync(path, text, { flag: 'wx', mode })
      return true
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false
      throw error
    }
  },
  stamp(path) {
    const stat = statOf(path)
    return stat === null ? '' : `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`
  },
}

/** The state of what a path leads to; null when it leads nowhere, for whatever reason. */
export function statOf(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null
  } catch {
    // A file in the middle of the path, a loop of links, a folder that may not be entered.
    return null
  }
}

function readText(path: string, maxBytes: number): string | undefined {
  const fd = openForReading(path)
  if (fd === null) return undefined
  try {
    const stat = fstatSync(fd)
    if (!stat.isFile()) throw new Unreadable(path, 'is not a regular file', 'put a plain file there')
    if (stat.size > maxBytes) {
      throw new Unreadable(path, `is larger than ${maxBytes} bytes`, 'make it smaller')
    }
    return readFileSync(fd, 'utf8')
  } finally {
    closeSync(fd)
  }
}

/** Opens without waiting (a FIFO has no writer); null when there is no such file. Throws `Unreadable`. */
export function openForReading(path: string): number | null {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return null
    throw new Unreadable(path, `cannot be read (${errno})`, 'give this user the right to read it')
  }
}
