import { isAbsolute } from 'node:path'
import { AGENTS } from '../agents/agents.ts'
import { claudeCode } from '../agents/claude-code.ts'
import { IMPORTING_EVENTS } from '../agents/hook-event.ts'
import { type InstalledHook, installedHooks } from '../agents/installed-hooks.ts'
import { readOwnCommand } from '../agents/own-command.ts'
import { programIn } from '../agents/program-line.ts'
import type { Finding } from '../core/finding.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'

/** Which agents call us, and whether what they call is still there. */
export function installedFindings({ files, environment }: System): readonly Finding[] {
  return AGENTS.flatMap((agent) => {
    const user = agent.userFile(environment)
    const places = new Set([user, agent.projectFile?.(environment) ?? user])
    return [...places].flatMap((path) => {
      const words = path === user ? agent.name : `${agent.name} --here`
      const text = textOf(path, files)
      if (agent.kind === 'file') {
        const isOurs = text?.startsWith(agent.firstLine) === true
        return isOurs ? goneFinding(words, path, programIn(text), files) : []
      }
      const hooks = text === undefined ? [] : text === null ? null : installedHooks(text)
      // Of the agent that most people use, it is worth knowing that it does not call us.
      const isExpected = agent === claudeCode && path === user
      if ((hooks === null || hooks.length === 0) && !isExpected) return []
      const called = (hooks ?? []).flatMap(({ line }) => readOwnCommand(line)?.program ?? [])
      return [hooksFinding(path, hooks), ...goneFinding(words, path, called, files)]
    })
  })
}

/** `hooks` is null where the settings are not understood. */
function hooksFinding(path: string, hooks: readonly InstalledHook[] | null): Finding {
  const places = hooks?.map(({ place }) => place) ?? null
  const facts = { path, events: places }
  const found = (message: string): Finding => ({ topic: 'hooks', health: 'fine', message, fix: '', facts })
  if (places === null) return found(`${path} cannot be read, so nobody can tell`)
  if (places.length === 0) return found(`none in ${path}: ai-costs init --tool claude-code puts them there`)
  const events = places.filter((place) => place !== 'statusLine')
  if (events.length === 0 || events.some((event) => IMPORTING_EVENTS.has(event))) {
    return found(`${places.join(', ')} in ${path}`)
  }
  return {
    ...found(`${places.join(', ')} in ${path} call ai-costs, but nothing is imported after them`),
    health: 'attention',
    fix: 'ai-costs init --tool claude-code adds Stop, SubagentStop and SessionEnd',
  }
}

/** An agent that calls what is gone goes on as if there were no budgets. `words` say to `init --tool` which one. */
function goneFinding(
  words: string,
  path: string,
  called: readonly string[],
  files: System['files'],
): readonly Finding[] {
  const gone = called.find((program) => isAbsolute(program) && !files.exists(program))
  if (gone === undefined) return []
  return [
    {
      topic: 'hooks',
      health: 'attention',
      message: `${path} calls ${gone}, which is gone`,
      fix: `ai-costs init --tool ${words} brings it up to date`,
      facts: { path, gone },
    },
  ]
}

const MOST_BYTES = 1 << 20

/** Undefined where there is none; null where it cannot be read. */
function textOf(path: string, files: System['files']): string | undefined | null {
  try {
    return files.readText(path, MOST_BYTES, 'follow')
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
}
