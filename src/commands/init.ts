import { join } from 'node:path'
import { AGENTS } from '../agents/agents.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { errnoOf } from '../system/errno.ts'
import { NotSaved } from '../system/ledger-append.ts'
import { LEDGER_DIRECTORY } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import {
  COMMON_OPTIONS,
  type Grammar,
  type Invocation,
  UsageError,
  directoryOf,
  hasFlag,
  valueOf,
} from './command.ts'
import { type InstallingSystem, initTools } from './init-tools.ts'
import { PROJECT_SETTINGS } from './settings-places.ts'

export const grammar: Grammar = {
  name: 'init',
  summary: 'write example settings and begin a ledger here; with --tool let an agent call ai-costs',
  arguments: [],
  options: {
    tool: {
      kind: 'value',
      placeholder: 'NAMES',
      summary: `put hooks, a status line or an adapter into the settings of ${AGENTS.map(({ name }) => name).join(', ')}`,
    },
    here: { kind: 'flag', summary: "with --tool: into the project's settings instead of your own" },
    to: { kind: 'value', placeholder: 'FILE', summary: 'with --tool: into this file' },
    undo: { kind: 'flag', summary: 'with --tool: take ours out again, and nothing else' },
    'dry-run': { kind: 'flag', summary: 'say what would be written, write nothing' },
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs init',
    'ai-costs init --config ~/.config/ai-costs',
    'ai-costs init --tool claude-code,codex --dry-run',
    'ai-costs init --tool claude-code --undo',
  ],
}

/** The example files, copied as they are but for the zone and the place of their schemas. */
const EXAMPLES = ['cost-limits.yaml', 'model-router.yaml', 'prices.yaml'] as const

type InitSystem = Pick<System, 'environment' | 'files' | 'ledger' | 'examples'>

/** Throws `UsageError`. */
export function run(invocation: Invocation, system: InitSystem & InstallingSystem): Result {
  if (valueOf(invocation, 'tool') !== null) return initTools(invocation, system)
  const orphan = ['here', 'to', 'undo'].find((name) => invocation.options[name] !== undefined)
  if (orphan !== undefined) throw new UsageError(`--${orphan} goes with --tool: name the tool, too`)
  return initSettings(invocation, system)
}

function initSettings(invocation: Invocation, { environment, files, ledger, examples }: InitSystem): Result {
  const named = directoryOf(invocation, 'config')
  const settings = named ?? join(environment.workingDirectory, PROJECT_SETTINGS)
  const directory = directoryOf(invocation, 'dir') ?? join(environment.workingDirectory, LEDGER_DIRECTORY)
  // A cloned repository may lead us out of itself; whoever names a directory means the place that it leads to.
  const link = named === null ? linkAmong(settings, files) : undefined
  if (link !== undefined) {
    const fix = 'remove it, or name a directory with --config'
    return notSaved([], `${link} is a symbolic link, nothing was written: ${fix}`)
  }
  const rehearsal = hasFlag(invocation, 'dry-run')
  const lines: string[] = []
  try {
    for (const name of EXAMPLES) {
      const path = join(settings, name)
      if (rehearsal) lines.push(`${files.exists(path) ? 'kept  ' : 'would write'} ${path}`)
      else {
        const isNew = files.create(path, inZone(examples(name, settings), environment.zone()), 0o644)
        lines.push(`${isNew ? 'wrote ' : 'kept  '} ${path}`)
      }
    }
    const known = files.isDirectory(directory)
    if (!known && !rehearsal) ledger.createDirectory(directory)
    lines.push(`${known ? 'kept  ' : rehearsal ? 'would make' : 'made  '} ${directory}`)
  } catch (error) {
    if (!(error instanceof NotSaved) && errnoOf(error) === '') throw error
    const reason =
      error instanceof NotSaved
        ? error.message
        : `${settings}: cannot be written (${errnoOf(error)}), choose another place with --config`
    return notSaved(lines, reason)
  }
  return success(
    text([...lines, 'next: edit cost-limits.yaml, then run ai-costs, or ai-costs demo to see it move']),
  )
}

/** What of the settings directory and the files in it is a symbolic link. */
function linkAmong(settings: string, files: Pick<System['files'], 'isLink'>): string | undefined {
  return [settings, ...EXAMPLES.map((name) => join(settings, name))].find(files.isLink)
}

function notSaved(lines: readonly string[], reason: string): Result {
  return { stdout: text(lines), stderr: `ai-costs: ${safeText(reason)}\n`, exitCode: EXIT.notSaved }
}

/** Days of the person who asks, not of Greenwich. */
function inZone(example: string, zone: string): string {
  return example.replace(/^timezone: .*$/m, `timezone: ${zone}`)
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${safeText(line)}\n`).join('')
}
