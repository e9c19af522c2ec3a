import {
  type BigIntStats,
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { errnoOf } from './errno.ts'
import { isUtf16 } from './utf16.ts'

/**
 * Whether symbolic links count. `refuse` is for a directory that somebody else may have made: a cloned repository
 * could lead us to any file of the user's, and an error would then quote it.
 */
export type Links = 'follow' | 'refuse'

/** Small files, whole. The ledger has a port of its own. */
export interface FileSystem {
  readonly exists: (path: string) => boolean
  readonly isDirectory: (path: string) => boolean
  /** True for a symbolic link, wherever it leads. */
  readonly isLink: (path: string) => boolean
  /**
   * The text of a regular file; undefined when there is none. Throws `Unreadable`, also for a link that leads nowhere
   * and, where links are refused, when the file or its directory is one.
   */
  readonly readText: (path: string, maxBytes: number, links: Links) => string | undefined
  /**
   * The lines at the end of a regular file, in at most so many bytes; undefined when there is none. Follows no link.
   * Throws `Unreadable`.
   */
  readonly readEnd: (path: string, mostBytes: number) => string | undefined
  /** Writes a new file with its folders; false when it exists already. */
  readonly create: (path: string, text: string, mode: number) => boolean
  /** What tells one state of a file from the next: changes whenever the file does. `''` when there is none. */
  readonly stamp: (path: string) => string
  /** When a file was changed last, by its content or otherwise: epoch milliseconds; -Infinity when there is none. */
  readonly changed: (path: string) => number
  /** Who may do what with a file or directory; null when there is none. */
  readonly permissions: (path: string) => Permissions | null
  /** All of this in one look. */
  readonly look: (path: string) => FileLook
}

export interface Permissions {
  /** The lower nine bits: `0o700`. */
  readonly mode: number
  /** Whether this user may write there. */
  readonly isWritable: boolean
}

/** What can be seen of a path without opening it; of a link, what it leads to. */
export interface FileLook {
  readonly isLink: boolean
  readonly isDirectory: boolean
  readonly stamp: string
  /** When it was changed last, by its content or otherwise: epoch milliseconds; -Infinity when there is none. */
  readonly changed: number
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
  isLink,
  readText,
  readEnd,
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
    return stat === null ? '' : stampOf(stat)
  },
  permissions(path) {
    const stat = statOf(path)
    return stat === null ? null : { mode: Number(stat.mode & 0o777n), isWritable: isWritable(path) }
  },
  changed: (path) => look(path).changed,
  look,
}

/** One question to the system, unless there is a link: settings are looked at by every call. */
function look(path: string): FileLook {
  const own = linkStatOf(path)
  const leadsOn = own?.isSymbolicLink() ?? false
  const stat = leadsOn ? statOf(path) : own
  if (stat === null) return { isLink: leadsOn, isDirectory: false, stamp: '', changed: -Infinity }
  const { mtimeMs, ctimeMs } = stat
  return {
    isLink: leadsOn,
    isDirectory: stat.isDirectory(),
    stamp: stampOf(stat),
    changed: Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs),
  }
}

function stampOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${ino}:${size}:${mtimeNs}:${ctimeNs}`
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

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** As `statOf`, for the path itself. */
function linkStatOf(path: string): BigIntStats | null {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? null
  } catch {
    return null
  }
}

function isLink(path: string): boolean {
  return linkStatOf(path)?.isSymbolicLink() ?? false
}

function readText(path: string, maxBytes: number, links: Links): string | undefined {
  const link = [path, dirname(path)].find(isLink)
  if (link !== undefined && links === 'refuse') {
    throw new Unreadable(
      link,
      'is a symbolic link, which is followed only in your own settings',
      'put a plain copy there, or name the directory with --config if you trust it',
    )
  }
  const fd = openForReading(path)
  if (fd === null) {
    // A disk that is not mounted, a file that has moved: not the same as no settings.
    if (link === undefined || statOf(link) !== null) return undefined
    throw new Unreadable(
      link,
      'is a symbolic link that leads nowhere',
      'let it lead there again, or remove it',
    )
  }
  try {
    const stat = fstatSync(fd)
    if (!stat.isFile()) throw new Unreadable(path, 'is not a regular file', 'put a plain file there')
    if (stat.size > maxBytes) {
      throw new Unreadable(path, `is larger than ${maxBytes} bytes`, 'make it smaller')
    }
    const bytes = readFileSync(fd)
    if (isUtf16(bytes)) throw new Unreadable(path, 'is UTF-16 text', 'save it again as UTF-8')
    return bytes.toString('utf8')
  } finally {
    closeSync(fd)
  }
}

function readEnd(path: string, mostBytes: number): string | undefined {
  if (isLink(path)) throw new Unreadable(path, 'is a symbolic link', 'put a plain file there')
  const fd = openForReading(path)
  if (fd === null) return undefined
  try {
    const stat = fstatSync(fd)
    if (!stat.isFile()) throw new Unreadable(path, 'is not a regular file', 'put a plain file there')
    const bytes = Buffer.alloc(Math.min(stat.size, mostBytes))
    const start = stat.size - bytes.length
    const text = bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, start))
    // What is left of a line is none.
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1)
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
