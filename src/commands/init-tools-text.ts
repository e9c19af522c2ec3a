import { basename } from 'node:path'
import type { Agent } from '../agents/agent.ts'
import type { Installation } from '../agents/installation.ts'
import { commandLine } from '../agents/own-command.ts'
import type { Change } from '../agents/settings-hooks.ts'
import type { OwnProgram } from '../core/own-program.ts'

/** What was done to a file, or would be; `backup` is where it goes on as it was. */
export interface Deed {
  readonly kind: 'nothing' | 'made' | 'changed' | 'removed'
  readonly backup: string | null
}

/** What it is said with. */
interface Manner {
  readonly program: OwnProgram
  readonly platform: string
  readonly isUndo: boolean
  readonly isRehearsal: boolean
  readonly isProject: boolean
}

/** What became of a tool: its file, each place in it, what is called from there, what is left to do. */
export function installationLines(
  agent: Agent,
  path: string,
  planned: Exclude<Installation, { kind: 'refused' }>,
  { kind, backup }: Deed,
  manner: Manner,
): readonly string[] {
  const changes = planned.kind === 'none' ? [] : planned.changes
  const kept = changes.filter((change) => change.kind === 'kept').map(({ place }) => keptLine(place, manner))
  if (kind === 'nothing') {
    const nothing = manner.isUndo ? 'nothing of ours in' : 'nothing to change in'
    return [`${agent.title}: ${nothing} ${path}`, ...kept]
  }
  const [would, did] = VERBS[kind]
  const made = changes.filter((change) => change.kind !== 'kept').map((change) => placeLine(change))
  const called = manner.isUndo ? [] : calledLines(agent, changes, manner)
  if (manner.isRehearsal) return [`${agent.title}: would ${would} ${path}`, ...made, ...kept, ...called]
  const old = backup === null ? '' : ` (as it was: ${basename(backup)})`
  const next = manner.isUndo ? [] : nextSentences(agent, path, manner)
  return [`${agent.title}: ${did} ${path}${old}`, ...made, ...kept, ...called, ...next]
}

const VERBS = {
  made: ['make', 'made'],
  changed: ['change', 'changed'],
  removed: ['remove', 'removed'],
} as const

const MARKS: Readonly<Record<Change['kind'], string>> = { added: '+', updated: '~', removed: '-', kept: '=' }

function placeLine({ kind, place }: Change): string {
  return `  ${MARKS[kind]} ${place}`
}

function keptLine(place: string, { program, platform }: Manner): string {
  const verb = place === 'statusLine' ? 'statusline' : 'hook'
  const line = commandLine(program, verb, platform)
  return `  ${MARKS.kept} ${place} is your own and stays; to see budgets there let it call: ${line}`
}

/** What is the user's own calls something else. */
function calledLines(
  agent: Agent,
  changes: readonly Change[],
  { program, platform }: Manner,
): readonly string[] {
  if (agent.kind === 'file') return []
  const { hooks, statusLine } = agent.wanted(program, platform)
  const handlers = [
    ...hooks.map(({ event, handler }) => ({ place: `hooks.${event}`, handler })),
    ...(statusLine === null ? [] : [{ place: 'statusLine', handler: statusLine }]),
  ]
  const isKept = (at: string): boolean => changes.some(({ kind, place }) => kind === 'kept' && place === at)
  const lines = handlers
    .filter(({ place }) => !isKept(place))
    .map(({ handler }) => `  calls ${handler.command}`)
  return [...new Set(lines)]
}

function nextSentences(agent: Agent, path: string, { isProject }: Manner): readonly string[] {
  const next = agent.next(path).map((sentence) => `  next: ${sentence}`)
  return isProject
    ? [...next, '  note: paths of this machine are in it, so keep it out of version control']
    : next
}
