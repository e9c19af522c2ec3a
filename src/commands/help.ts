import { type Result, success } from '../core/result.ts'
import { packageVersion } from '../system/package-version.ts'
import type { System } from '../system/system.ts'
import { type Grammar, type Invocation, UsageError, hasFlag } from './command.ts'
import { manualOf } from './manual.ts'
import { TOPICS } from './topics.ts'

const NAMES = TOPICS.map(({ title }) => title)

export const grammar: Grammar = {
  name: 'help',
  summary: 'explain a command or a topic, or print the manual page',
  arguments: [{ name: '[COMMAND]', summary: `or a topic: ${NAMES.join(', ')}`, words: NAMES }],
  options: { man: { kind: 'flag', summary: 'print everything as a manual page (roff)' } },
  examples: [
    'ai-costs help check',
    'ai-costs help settings',
    'ai-costs help --man > ~/.local/share/man/man1/ai-costs.1',
  ],
}

/** Throws `UsageError`. */
export async function run(
  invocation: Invocation,
  { terminal }: Pick<System, 'terminal'>,
  grammars: readonly Grammar[],
): Promise<Result> {
  const [name] = invocation.arguments
  if (hasFlag(invocation, 'man')) {
    if (name !== undefined) throw new UsageError(`help --man is about everything: leave ${name} out`)
    const { manualRoff } = await import('../formats/manual-roff.ts')
    return success(manualRoff(manualOf(grammars, packageVersion())))
  }
  const topic = TOPICS.find(({ title }) => title === name)
  const isUsage = name === undefined || grammars.some((one) => one.name === name)
  if (topic === undefined && !isUsage) {
    throw new UsageError(`there is no command or topic "${name}": ai-costs help lists them`)
  }
  const about = isUsage ? await usage(name, grammars) : ''
  if (topic === undefined) return success(about)
  // Measuring text needs Unicode tables that other commands must not wait for.
  const { sectionText } = await import('../formats/manual-text.ts')
  const text = sectionText(topic, terminal.page().columns)
  return success(about === '' ? text : `${about}\n${text}`)
}

/** What the thorough parser says of the program, or of one command. */
async function usage(name: string | undefined, grammars: readonly Grammar[]): Promise<string> {
  const { explainUsage } = await import('./explain-usage.ts')
  const argv = name === undefined ? ['--help'] : [name, '--help']
  const outcome = explainUsage(grammars, argv, packageVersion())
  if (outcome.kind === 'call') throw new Error(`${argv.join(' ')} was taken for a call of ${outcome.name}`)
  return String(outcome.result.stdout)
}
