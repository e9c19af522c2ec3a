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
  const roots = new Set(directories.flatMap((directory) => realPath(directory) ?? []))
  for (const root of roots) {
    // A directory may be a file: to look through a whole home for one would be ruinous.
    if (source.isTranscript(basename(root))) files.push(...fileAt(root, basename(root)))
    walk(root, '', {
      onFile: (name) => source.isTranscript(name) && files.push(...fileAt(join(root, name), name)),
      onFolder: (name) => folders.push(join(root, name)),
      onUnreadable: (name, errno) => unreadable.push({ path: join(root, name), errno }),
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

function fileAt(path: string, name: string): readonly TranscriptFile[] {
  const stat = statOf(path)
  if (stat?.isFile() !== true) return []
  // A database that is in use grows in its log, while it stands still itself.
  const log = DATABASE.test(path) ? statOf(`${path}-wal`) : undefined
  const size = stat.size + (log?.size ?? 0)
  return [{ path, name, ino: stat.ino, size, mtime: Math.max(stat.mtimeMs, log?.mtimeMs ?? 0) }]
}

/** Undefined for what is not there or may not be looked at: a folder that may be listed only, a name that is too long. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

const DATABASE = /\.(db|sqlite3?)$/

function realPath(directory: string): string | null {
  try {
    return realpathSync(directory)
  } catch {
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
