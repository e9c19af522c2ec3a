import type { OwnProgram } from '../core/own-program.ts'
import type { Agent, FileAgent } from './agent.ts'
import { type Change, withHooks, withoutHooks } from './settings-hooks.ts'

/** What is to become of the file of an agent. */
export type Installation =
  /** No changes: there is nothing to write, and `changes` says what stays as it is, and why. */
  | { readonly kind: 'write'; readonly text: string; readonly changes: readonly Change[] }
  | {
      readonly kind: 'remove'
      /** Nobody has put anything of his own into it, so that nothing is lost. */
      readonly isOurs: boolean
      /** What stays where the file itself has to. */
      readonly emptied: string
      readonly changes: readonly Change[]
    }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'refused'
      /** Null for the file as a whole. */
      readonly line: number | null
      readonly message: string
      readonly fix: string
    }

/** The file of an agent made to call us; undefined text for none yet. `platform` as Node calls it. */
export function install(
  agent: Agent,
  text: string | undefined,
  program: OwnProgram,
  platform: string,
): Installation {
  if (agent.kind === 'file') return installFile(agent, text, program)
  const patched = withHooks(text, agent.wanted(program, platform))
  return patched.kind === 'refused' ? patched : { ...patched, kind: 'write' }
}

/** The file of an agent without anything of ours, however much of its own it holds. */
export function uninstall(agent: Agent, text: string | undefined, program: OwnProgram): Installation {
  if (text === undefined || text.trim() === '') return { kind: 'none' }
  if (agent.kind === 'file') {
    if (!text.startsWith(agent.firstLine)) return notOurs(agent)
    return { kind: 'remove', isOurs: text === agent.text(program), emptied: '', changes: [] }
  }
  const patched = withoutHooks(text)
  if (patched.kind === 'refused') return patched
  const { changes, text: emptied } = patched
  if (changes.length === 0) return { kind: 'none' }
  // Where nothing else is left there was nothing before us.
  return emptied.trim() === '{}'
    ? { kind: 'remove', isOurs: true, emptied, changes }
    : { kind: 'write', text: emptied, changes }
}

function installFile(agent: FileAgent, text: string | undefined, program: OwnProgram): Installation {
  const isOurs = text === undefined || text.trim() === '' || text.startsWith(agent.firstLine)
  return isOurs ? { kind: 'write', text: agent.text(program), changes: [] } : notOurs(agent)
}

function notOurs({ name }: FileAgent): Installation {
  return {
    kind: 'refused',
    line: null,
    message: `was not made by ai-costs init --tool ${name}`,
    fix: 'move it away, or name another place with --to',
  }
}
