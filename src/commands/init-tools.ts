import { dirname, isAbsolute, join } from 'node:path'
import type { Agent } from '../agents/agent.ts'
import { AGENTS } from '../agents/agents.ts'
import { type Installation, install, uninstall } from '../agents/installation.ts'
import type { OwnProgram } from '../core/own-program.ts'
import { EXIT, type Result } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { formatInstant } from '../core/timestamp.ts'
import { Unreadable } from '../system/file-system.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { System } from '../system/system.ts'
import { type Invocation, UsageError, directoryOf, hasFlag, valueOf } from './command.ts'
import { type Deed, installationLines } from './init-tools-text.ts'

export type InstallingSystem = Pick<
  System,
  'environment' | 'files' | 'transcripts' | 'clock' | 'replaceFile' | 'removeFile' | 'ownProgram'
>

/**
 * Makes the tools that `--tool` names call us, or with `--undo` no longer. One that cannot be changed is left as it is,
 * said, and makes the exit code 1. Throws `UsageError`.
 */
export function initTools(invocation: Invocation, system: InstallingSystem): Result {
  const targets = agentsNamed(invocation).map((agent) => ({
    agent,
    path: placeOf(agent, invocation, system),
  }))
  const mode = {
    program: system.ownProgram(),
    isUndo: hasFlag(invocation, 'undo'),
    isRehearsal: hasFlag(invocation, 'dry-run'),
    isProject: hasFlag(invocation, 'here'),
  }
  const answers = targets.map(({ agent, path }) => initTool(agent, path, mode, system))
  const troubles = answers.flatMap(({ trouble }) => (trouble === null ? [] : [trouble]))
  return {
    stdout: answers.flatMap(({ lines }) => lines.map((line) => `${safeText(line)}\n`)).join(''),
    stderr: troubles.map((trouble) => `ai-costs: ${safeText(trouble)}\n`).join(''),
    exitCode: troubles.length === 0 ? EXIT.ok : EXIT.notSaved,
  }
}

interface Mode {
  readonly program: OwnProgram
  readonly isUndo: boolean
  readonly isRehearsal: boolean
  /** The file may have come with a cloned repository. */
  readonly isProject: boolean
}

interface Answer {
  readonly lines: readonly string[]
  /** Why nothing was changed; null for no trouble. */
  readonly trouble: string | null
}

/** Settings are small. */
const MAX_BYTES = 1 << 20

function initTool(agent: Agent, path: string, mode: Mode, system: InstallingSystem): Answer {
  const { program, isUndo, isProject } = mode
  const { files, environment } = system
  try {
    const link = isProject ? linkAmong(path, system) : undefined
    if (link !== undefined)
      return refused(`${link} is a symbolic link`, 'remove it, or name the file with --to')
    const before = files.readText(path, MAX_BYTES, 'follow')
    const planned = isUndo
      ? uninstall(agent, before, program)
      : install(agent, before, program, environment.platform)
    if (planned.kind === 'refused') {
      const { line, message, fix } = planned
      return refused(`${path}${line === null ? '' : `:${line}`}: ${message}`, fix)
    }
    const deed = carriedOut(planned, path, before, mode, system)
    const lines = installationLines(agent, path, planned, deed, { ...mode, platform: environment.platform })
    return { lines, trouble: null }
  } catch (error) {
    if (error instanceof Unreadable) return refused(`${error.path} ${error.message}`, error.fix)
    if (error instanceof NotSaved) return { lines: [], trouble: error.message }
    throw error
  }
}

function refused(reason: string, fix: string): Answer {
  return { lines: [], trouble: `${reason}, nothing was changed: ${fix}` }
}

/** Does what is planned, unless it is a rehearsal, and says what that was. */
function carriedOut(
  planned: Exclude<Installation, { kind: 'refused' }>,
  path: string,
  before: string | undefined,
  { isRehearsal }: Mode,
  { files, transcripts, replaceFile, removeFile, clock }: InstallingSystem,
): Deed {
  if (planned.kind === 'none' || (planned.kind === 'write' && planned.text === before)) {
    return { kind: 'nothing', backup: null }
  }
  const digits = formatInstant(clock.now()).replace(/\D/g, '').slice(0, 14)
  // Beside the file as it is called, not where a link leads: that may be a repository.
  const backup = `${path}.ai-costs-backup-${digits}`
  // Somebody keeps the file elsewhere and has made the link: both stay.
  const isEmptied = planned.kind === 'remove' && files.isLink(path)
  if (planned.kind === 'remove' && !isEmptied) {
    const kept = planned.isOurs ? null : backup
    if (!isRehearsal) removeFile(path, before ?? '', kept)
    return { kind: 'removed', backup: kept }
  }
  const text = planned.kind === 'remove' ? planned.emptied : planned.text
  if (!isRehearsal) replaceFile(transcripts.realPath(path), before, text, backup)
  return before === undefined ? { kind: 'made', backup: null } : { kind: 'changed', backup }
}

function agentsNamed(invocation: Invocation): readonly Agent[] {
  const misplaced = ['dir', 'config'].find((name) => directoryOf(invocation, name) !== null)
  if (misplaced !== undefined) {
    throw new UsageError(
      `--${misplaced} does not go with --tool: leave it out, a hook finds its ledger and settings by itself`,
    )
  }
  const names = (valueOf(invocation, 'tool') ?? '').split(',').map((name) => name.trim())
  const agents = names.map((name) => {
    const agent = AGENTS.find((one) => one.name === name)
    if (agent !== undefined) return agent
    const known = AGENTS.map((one) => one.name).join(', ')
    throw new UsageError(`--tool knows no "${safeText(name)}": name one or several of ${known}`)
  })
  if (agents.length > 1 && valueOf(invocation, 'to') !== null) {
    throw new UsageError('--to names one file: name one tool with it')
  }
  return [...new Set(agents)]
}

function placeOf(agent: Agent, invocation: Invocation, { environment }: InstallingSystem): string {
  const to = valueOf(invocation, 'to')
  if (to === '') throw new UsageError('--to is empty: name a file, or leave the option out')
  if (to !== null) return isAbsolute(to) ? to : join(environment.workingDirectory, to)
  if (!hasFlag(invocation, 'here')) return agent.userFile(environment)
  if (agent.projectFile !== null) return agent.projectFile(environment)
  throw new UsageError(
    `${agent.title} has no settings of a project: leave out --here, or name a file with --to`,
  )
}

/** What of the path below the project is a symbolic link. */
function linkAmong(path: string, { environment, files }: InstallingSystem): string | undefined {
  const links: string[] = []
  for (let at = path; at !== environment.workingDirectory && at !== dirname(at); at = dirname(at)) {
    if (files.isLink(at)) links.push(at)
  }
  return links.at(-1)
}
