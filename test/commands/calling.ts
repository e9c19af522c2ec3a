import type { Grammar, Invocation } from '../../src/commands/command.ts'
import { parseQuickly } from '../../src/commands/parse.ts'
import type { Result } from '../../src/core/result.ts'
import type { System } from '../../src/system/system.ts'

interface Callable {
  readonly grammar: Grammar
  readonly run: (
    invocation: Invocation,
    system: System,
    grammars: readonly Grammar[],
  ) => Result | Promise<Result>
}

/** A result whose text is whole. */
export interface Answer {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/** Runs a command as it is typed, `\0` standing for a blank inside of a word. */
export async function call(
  command: Callable,
  words: string,
  system: System,
  grammars: readonly Grammar[] = [],
): Promise<Answer> {
  const argv = words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => word.replaceAll('\0', ' '))
  const invocation = parseQuickly(command.grammar, argv)
  if (invocation === null) throw new Error(`${command.grammar.name} does not understand: ${words}`)
  const { stdout, stderr, exitCode } = await command.run(invocation, system, grammars)
  if (typeof stdout !== 'string') throw new Error('the answer comes in pieces')
  return { stdout, stderr, exitCode }
}
