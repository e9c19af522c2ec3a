import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Bench, Measure } from '../benchmark.ts'
import { estimate } from '../statistics.ts'
import { type Command, emptyNode, finished, ours } from './command.ts'
import type { Project } from './project.ts'
import { type Subject, interleaved } from './rounds.ts'
import { warmCache } from './warm.ts'

/** Words, as most rules are made of, and all that a router can do besides. */
export const WORDS = 'lint|format'
/** More than words: it takes the engine. */
export const EXPRESSION = '^please .*(lint|format)'

/** What agents, scripts and status bars call all the time, by the name under which it is measured. */
export type HotCalls = Readonly<
  Record<'route' | 'route --session' | 'hook PreToolUse' | 'hook UserPromptSubmit' | 'statusline', Command>
>

/** The calls that are answered from the cache, in a project whose last session is at work. */
export function hotCalls(project: Project): HotCalls {
  const session = lastSession(project)
  const event = { session_id: session, cwd: project.folder }
  const hook = (name: string, fields: object) =>
    ours(
      project,
      ['hook', '--agent', 'claude-code'],
      JSON.stringify({ ...event, hook_event_name: name, ...fields }),
    )
  return {
    route: ours(project, ['route', '--prompt', 'please lint this']),
    'route --session': ours(project, ['route', '--prompt', 'please lint this', '--session', session]),
    'hook PreToolUse': hook('PreToolUse', { tool_name: 'Bash', tool_input: { command: 'ls' } }),
    'hook UserPromptSubmit': hook('UserPromptSubmit', { prompt: 'please lint this' }),
    statusline: ours(
      project,
      ['statusline', '--agent', 'claude-code'],
      JSON.stringify({ ...event, model: { display_name: 'Opus' } }),
    ),
  }
}

/** The calls with a cache that has not seen the last so many records yet, each after one that was not timed. */
export async function warmCalls(project: Project, newRecords: number): Promise<readonly [string, Subject][]> {
  const before = await warmCache(project, newRecords)
  const calls = Object.entries(hotCalls(project))
  for (const [name, command] of calls) {
    before()
    // oxlint-disable-next-line no-await-in-loop
    expectAnswer(name, (await finished(command)).stdout)
  }
  return calls.map(([name, command]): [string, Subject] => [name, { command, before }])
}

/** Each of the calls against an empty Node. */
export async function againstNode(bench: Bench, newRecords: number): Promise<readonly Measure[]> {
  const project = await bench.project(1_000_000)
  return withRouter(project, WORDS, async () => {
    const calls = await warmCalls(project, newRecords)
    const times = await interleaved(bench, [
      { command: emptyNode(project) },
      ...calls.map(([, subject]) => subject),
    ])
    return calls.map(([name], nth) => ({
      name,
      unit: 'ratio' as const,
      estimate: estimate(times.map(([node, ...theirs]) => theirs[nth]! / node!)),
    }))
  })
}

/** Gives a project a router for the time of some work. */
export async function withRouter<Result>(
  { folder }: Project,
  pattern: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const path = join(folder, '.ai-config', 'model-router.yaml')
  writeFileSync(path, routerWith(pattern))
  try {
    return await work()
  } finally {
    rmSync(path)
  }
}

function routerWith(pattern: string): string {
  return `rules:
  - { pattern: "${pattern}", model: claude-haiku-4-5 }
  - { pattern: "architect|design", model: claude-opus-5, min_model: claude-sonnet-5 }
default: claude-opus-5
downgrade:
  steps:
    - { at: 0.50, model: claude-sonnet-5 }
    - { at: 0.80, model: claude-haiku-4-5 }
  protect: "security|payment"
`
}

function lastSession({ ledger }: Project): string {
  const end = readFileSync(ledger).subarray(-4096).toString('utf8').trimEnd()
  const { session_id: session } = JSON.parse(end.slice(end.lastIndexOf('\n') + 1)) as {
    readonly session_id: string
  }
  return session
}

/** A hook has nothing to say where all is well. */
function expectAnswer(name: string, stdout: string): void {
  const [command] = name.split(' ')
  const isRight =
    command === 'hook'
      ? stdout === ''
      : stdout.startsWith(command === 'route' ? 'claude-haiku-4-5\n' : 'today $')
  if (!isRight) throw new Error(`${name} answered ${JSON.stringify(stdout)}`)
}
