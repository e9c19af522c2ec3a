import { join } from 'node:path'
import { EXIT, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { type Part, type SettingsFile, describeProblem, excerptOf } from '../settings/problem.ts'
import type { Resolution } from '../settings/resolution.ts'
import { NotDownloaded } from '../system/download.ts'
import { Unreadable } from '../system/file-system.ts'
import { NotSaved } from '../system/ledger-append.ts'
import { type Invocation, directoryOf, hasFlag } from './command.ts'
import type { ModelsSystem } from './models-catalog.ts'
import { settingsPlaces } from './settings-places.ts'

/** One of the user's settings files, as it is: text undefined for none. */
export interface OwnFile {
  readonly path: string
  readonly text: string | undefined
}

const MAX_BYTES = 256 * 1024

/** A settings file of the user's, or of `--config`; never one of a project. Throws `Unreadable`. */
export function ownFile(invocation: Invocation, name: SettingsFile, system: ModelsSystem): OwnFile {
  const { environment, files } = system
  const [place] = settingsPlaces(directoryOf(invocation, 'config'), environment, files)
  const path = join(place?.directory ?? '', name)
  return { path, text: files.readText(path, MAX_BYTES, 'follow') }
}

/**
 * Writes an edited settings file, unless it could then not be read any more, or `--dry-run` says so. `done` is what
 * there is to say about it, one line each.
 */
export async function saveOwnFile(
  { path, text }: OwnFile,
  name: SettingsFile,
  edited: string,
  done: readonly string[],
  invocation: Invocation,
  system: ModelsSystem,
): Promise<Result> {
  const faults = await faultsOf(path, name, edited)
  if (faults.length > 0) return notSaved(faults)
  if (hasFlag(invocation, 'dry-run')) {
    return said([...done, `nothing was written: leave out --dry-run to write ${path}`])
  }
  system.replaceFile(path, text, edited)
  return said([...done, `wrote ${path}${text === undefined ? '' : ' (the old one is beside it, .bak)'}`])
}

/** Turns what could not be read, fetched or written into an answer. */
export async function orNotSaved(answer: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await answer()
  } catch (error) {
    if (error instanceof NotSaved || error instanceof NotDownloaded) return notSaved([error.message])
    if (!(error instanceof Unreadable)) throw error
    return notSaved([`${error.path} ${error.message}, nothing was saved: ${error.fix}`])
  }
}

export function notSaved(reasons: readonly string[]): Result {
  return { stdout: '', stderr: remarks(reasons), exitCode: EXIT.notSaved }
}

export function said(lines: readonly string[]): Result {
  return success(lines.map((line) => `${safeText(line)}\n`).join(''))
}

/** The answer with remarks before its own. */
export function withWarnings(result: Result, warnings: readonly string[]): Result {
  return { ...result, stderr: remarks(warnings) + result.stderr }
}

function remarks(sentences: readonly string[]): string {
  return sentences.map((sentence) => `ai-costs: ${sentence.split('\n').map(safeText).join('\n')}\n`).join('')
}

/** What is wrong with the edited text: what was typed, or what was wrong before. */
async function faultsOf(path: string, name: SettingsFile, edited: string): Promise<readonly string[]> {
  // Loads the YAML library, for which other commands must not wait.
  const { resolveSettings } = await import('../settings/resolve.ts')
  const directory = path.slice(0, -name.length - 1)
  const resolution = resolveSettings({ layers: [{ trust: 'user', directory, files: { [name]: edited } }] })
  const part: Part<unknown> = partOf(resolution, name)
  if (part.kind === 'ok') return []
  return part.problems.map(
    (problem) => `${describeProblem(problem)}\n${excerptOf(problem)}\nnothing was saved`,
  )
}

function partOf({ limits, router, prices }: Resolution, name: SettingsFile): Part<unknown> {
  return name === 'cost-limits.yaml' ? limits : name === 'prices.yaml' ? prices : router
}
