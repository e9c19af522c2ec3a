import { type Dirent, type Stats, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Source, Transcript } from '../sources/source.ts'
import { errnoOf } from './errno.ts'

/** A transcript as it lies on disk. */
export interface TranscriptFile extends Transcript {
  readonly ino: number
  readonly size: number
  /** Epoch milliseconds. */
  readonly mtime: number
}

/** What was found, and what could not be looked at: the path and the system's reason. */
export interface FoundTranscripts {
  readonly files: readonly TranscriptFile[]
  /** Where it was looked: new transcripts turn up there. */
  readonly folders: readonly string[]
  readonly unreadable: readonly { readonly path: string; readonly errno: string }[]
}

/**
 * The transcripts of a source below some directories, those of lower rank first and the older before the newer, so that
 * what resumes a session comes after it. Links are followed at the top only. Directories that do not exist hold none.
 */
export function findTranscripts(source: Source, directories: readonly string[]): FoundTranscripts {
  const files: TranscriptFile[] = []
  const folders: string[] = []
  const unreadable: { path: string; errno: string }[] = []
  const onUnreadable = (path: string, errno: string): void => {
    if (!unreadable.some((one) => one.path === path)) unreadable.push({ path, errno })
  }
  const roots = new Set(directories.flatMap((directory) => realPath(directory, onUnreadable) ?? []))
  for (const root of roots) {
    // A directory may be a file: to look through a whole home for one would be ruinous.
    if (source.isTranscript(basename(root))) files.push(...fileAt(root, basename(root)))
    walk(root, '', {
      onFile: (name) => {
        if (!source.isTranscript(name)) return
        const path = join(root, name)
        // A folder that may be listed but not entered is said once, not for each of its files.
        files.push(...fileAt(path, name, (errno) => onUnreadable(dirname(path), errno)))
      },
      onFolder: (name) => folders.push(join(root, name)),
      onUnreadable: (name, errno) => onUnreadable(join(root, name), errno),
    })
  }
  const rank = source.rank ?? (() => 0)
  const order = files.toSorted(
    (a, b) => rank(a) - rank(b) || a.mtime - b.mtime || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  )
  const kept = source.withoutCopies === undefined ? null : new Set(source.withoutCopies(order))
  return { files: kept === null ? order : order.filter((file) => kept.has(file)), folders, unreadable }
}

/** The transcript that a path names; none when there is no such file. */
export function transcriptAt(path: string): readonly TranscriptFile[] {
  const name = `${basename(dirname(path))}/${basename(path)}`
  return fileAt(path, name)
}

/** A transcript as it is now; none when it is gone. */
export function renewed({ path, name }: TranscriptFile): readonly TranscriptFile[] {
  return fileAt(path, name)
}

function fileAt(path: string, name: string, failed?: (errno: string) => void): readonly TranscriptFile[] {
  const stat = statOf(path, failed)
  if (stat?.isFile() !== true) return []
  // A database that is in use grows in its log, while it stands still itself.
  const log = DATABASE.test(path) ? statOf(`${path}-wal`) : undefined
  const size = stat.size + (log?.size ?? 0)
  return [{ path, name, ino: stat.ino, size, mtime: Math.max(stat.mtimeMs, log?.mtimeMs ?? 0) }]
}

/** Undefined for what is not there or may not be looked at: a folder that may be listed only, a name that is too long. */
function statOf(path: string, failed?: (errno: string) => void): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    failed?.(errnoOf(error))
    return undefined
  }
}

const DATABASE = /\.(db|sqlite3?)$/

function realPath(directory: string, failed: (path: string, errno: string) => void): string | null {
  try {
    return realpathSync(directory)
  } catch (error) {
    const errno = errnoOf(error)
    // Somebody's folder that may not be entered is not the same as a tool that is not used.
    if (errno !== 'ENOENT' && errno !== 'ENOTDIR') failed(directory, errno)
    return null
  }
}

interface Finds {
  readonly onFile: (name: string) => void
  readonly onFolder: (name: string) => void
  readonly onUnreadable: (name: string, errno: string) => void
}

function walk(root: string, below: string, finds: Finds): void {
  const entries = entriesOf(join(root, below), (errno) => finds.onUnreadable(below, errno))
  if (entries === null) return
  finds.onFolder(below)
  for (const entry of entries) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) walk(root, name, finds)
    else if (entry.isFile()) finds.onFile(name)
  }
}

function entriesOf(directory: string, failed: (errno: string) => void): readonly Dirent[] | null {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch (error) {
    const errno = errnoOf(error)
    // It went away while we looked, or it is a file.
    if (errno !== 'ENOENT' && errno !== 'ENOTDIR') failed(errno)
    return null
  }
}
