import { EXIT, type Result } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import type { Grammar } from './command.ts'

/** What to type instead of `ai-costs --now X check`; null when no option stands before a command. */
export function misplacedOptions(grammars: readonly Grammar[], argv: readonly string[]): Result | null {
  const at = firstWord(argv, valuedOptions(grammars))
  const command = grammars.find(({ name }) => name === argv[at])
  if (at === 0 || command === undefined) return null
  const call = ['ai-costs', command.name, ...argv.toSpliced(at, 1).map(quoted)].join(' ')
  return {
    stdout: '',
    stderr: `ai-costs: put options after the command: ${safeText(call)}\n(see: ai-costs --help)\n`,
    exitCode: command.usageExit ?? EXIT.usage,
  }
}

/** Where the first word stands that is neither an option nor the value of one. */
function firstWord(argv: readonly string[], valued: ReadonlySet<string>): number {
  let at = 0
  for (let word = argv[0]; word?.startsWith('-') === true; word = argv[at]) at += valued.has(word) ? 2 : 1
  return at
}

/** The options of any command that take a value: `--now`. */
function valuedOptions(grammars: readonly Grammar[]): ReadonlySet<string> {
  const options = grammars.flatMap((grammar) => Object.entries(grammar.options))
  return new Set(options.flatMap(([name, { kind }]) => (kind === 'value' ? [`--${name}`] : [])))
}

/** A word as one would have to type it in a shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
