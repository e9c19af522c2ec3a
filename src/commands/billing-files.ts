import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import type { BillingFile, BillingOwner } from '../settings/billing.ts'
import type { Environment } from '../system/environment.ts'
import type { FileSystem, Links } from '../system/file-system.ts'
import { ancestors } from '../system/ledger-place.ts'
import type { Project } from './attribution.ts'
import { UsageError } from './command.ts'
import type { SettingsPlace } from './settings-places.ts'

const NAME = 'billing.json'

/** Where a project's own file lies in its folder. */
const OWN = join('.claude', NAME)

/** A person wrote it. */
const MAX_BYTES = 256 * 1024

type Files = Pick<FileSystem, 'exists' | 'isLink' | 'readText'>

/** The `billing.json` of the settings directories, the user's first. Throws `Unreadable`. */
export function settingsBilling(places: readonly SettingsPlace[], files: Files): readonly BillingFile[] {
  return places.flatMap(({ trust, directory }) =>
    billingAt(
      join(directory, NAME),
      { kind: 'settings', trust },
      files,
      trust === 'project' ? 'refuse' : 'follow',
    ),
  )
}

/** What tells one state of these files from the next. */
export function billingStamp(places: readonly SettingsPlace[], { stamp }: Pick<FileSystem, 'stamp'>): string {
  return places.map(({ directory }) => stamp(join(directory, NAME))).join('|')
}

/** The file of the project in a folder; none when it has none. Throws `Unreadable`. */
export function projectBilling(folder: string, project: Project, files: Files): readonly BillingFile[] {
  return billingAt(join(folder, OWN), { kind: 'project', ...project }, files, 'refuse')
}

/** The nearest folder from the working directory upward whose project has a file; null when there is none. */
export function nearestProject({ workingDirectory }: Environment, files: Files): string | null {
  return ancestors(workingDirectory).find((folder) => hasOwn(folder, files)) ?? null
}

/**
 * The folder of a project that was named by itself or by its file. Throws `UsageError` when it has none: it would
 * have been named in vain.
 */
export function projectNamed(path: string, { workingDirectory }: Environment, files: Files): string {
  const named = resolve(workingDirectory, path)
  const isFile = basename(named) === NAME && basename(dirname(named)) === '.claude'
  const folder = isFile ? dirname(dirname(named)) : named
  if (hasOwn(folder, files)) return folder
  throw new UsageError(`there is no ${OWN} in ${folder}: name the folder of a project that has one`)
}

/** A folder as settings name it; null for one that is relative, because nobody knows to what. */
export function folderFrom(written: string, { home }: Environment): string | null {
  const folder = written.replace(/^~(?=[/\\]|$)/, home)
  return isAbsolute(folder) ? folder : null
}

/** A link that leads nowhere is not the same as no file: reading it says so. */
function hasOwn(folder: string, files: Files): boolean {
  const path = join(folder, OWN)
  return files.exists(path) || files.isLink(path)
}

function billingAt(path: string, owner: BillingOwner, files: Files, links: Links): readonly BillingFile[] {
  const text = files.readText(path, MAX_BYTES, links)
  return text === undefined ? [] : [{ path, text, owner }]
}
