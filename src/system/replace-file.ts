import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { errnoOf } from './errno.ts'
import { NotSaved } from './ledger-append.ts'

/**
 * Replaces a small file of the user's as a whole, or writes a new one with its folders: whoever reads it sees the old
 * text or the new one. `before` is the text that the new one was made from, undefined for none. What was there stays
 * under the name of the `backup`, else beside it with the ending `.bak`. Throws `NotSaved`: for a symbolic link, which would be replaced by a plain file,
 * and when somebody else has changed the file meanwhile.
 */
export type ReplaceFile = (path: string, before: string | undefined, text: string, backup?: string) => void

/** What a new file may be read by; an old one keeps its rights. */
const NEW_MODE = 0o644

export const replaceFile: ReplaceFile = (path, before, text, backup = `${path}.bak`) => {
  const temporary = `${path}.new`
  try {
    mkdirSync(dirname(path), { recursive: true })
    const mode = modeOf(path)
    write(temporary, text, mode ?? NEW_MODE)
    // What is new goes by the rights that this user gives to new files.
    if (mode !== null) chmodSync(temporary, mode)
    refuseChanged(path, before)
    if (mode !== null) copyFileSync(path, backup)
    renameSync(temporary, path)
  } catch (error) {
    // Another process that is writing right now keeps what it has begun.
    if (errnoOf(error) === 'EEXIST' && existsSync(temporary)) {
      throw new NotSaved(`${temporary} is in the way, nothing was saved: remove it if nobody else is writing`)
    }
    if (existsSync(temporary)) rmSync(temporary)
    if (error instanceof NotSaved) throw error
    throw new NotSaved(
      `${path} was NOT saved (${errnoOf(error)}): look at the disk and the rights of its folder`,
    )
  }
}

/** The rights of a plain file; null when there is none. Throws `NotSaved` for anything else. */
function modeOf(path: string): number | null {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return null
  if (stat.isFile()) return stat.mode & 0o777
  const what = stat.isSymbolicLink() ? 'a symbolic link' : 'not a regular file'
  throw new NotSaved(
    `${path} is ${what}, nothing was saved: edit what it leads to by hand, or put a plain file there`,
  )
}

function write(path: string, text: string, mode: number): void {
  const { O_WRONLY, O_CREAT, O_EXCL } = constants
  const fd = openSync(path, O_WRONLY | O_CREAT | O_EXCL, mode)
  try {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

function refuseChanged(path: string, before: string | undefined): void {
  const now =
    lstatSync(path, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(path, 'utf8')
  if (now === before) return
  throw new NotSaved(`${path} was changed by somebody else meanwhile, nothing was saved: call again`)
}
