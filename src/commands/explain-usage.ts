import { Command as Parser, CommanderError, Option } from 'commander'
import { EXIT, type Result } from '../core/result.ts'
import type { Grammar, Invocation } from './command.ts'
import { misplacedOptions } from './misplaced-options.ts'
import { TOPICS } from './topics.ts'
import { EXIT_CODES } from './topics/exit-codes.ts'

/** What became of a command line: a call to run, or an answer of the parser itself. */
export type Explained =
  | { readonly kind: 'call'; readonly name: string; readonly invocation: Invocation }
  | { readonly kind: 'answer'; readonly result: Result }

/** Parses with help, suggestions for misspelt words, and sentences about what is missing. */
export function explainUsage(
  grammars: readonly Grammar[],
  argv: readonly string[],
  version: string,
): Explained {
  const misplaced = OWN_OPTIONS.has(argv[0] ?? '') ? null : misplacedOptions(grammars, argv)
  if (misplaced !== null) return { kind: 'answer', result: misplaced }
  let call: Explained | null = null
  let stdout = ''
  let stderr = ''
  const program = new Parser('ai-costs')
    .description('The budget controller for AI coding tools. Without a command: the live pane.')
    .version(version, '-V, --version', 'print the version')
    // A command like any other, because it also explains topics.
    .helpCommand(false)
    .showHelpAfterError('(see: ai-costs --help)')
    .addHelpText('after', afterHelp())
  for (const grammar of grammars) {
    const command = program.command(grammar.name, { hidden: grammar.isHidden === true })
    declare(command, grammar)
    command.action(() => {
      const options = { ...command.opts() } as Record<string, string | true>
      call = { kind: 'call', name: grammar.name, invocation: { arguments: command.args, options } }
    })
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => (stdout += text),
      writeErr: (text) => (stderr += text),
    })
  }
  try {
    program.parse(withCommand(argv), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    const exitCode = error.exitCode === 0 ? EXIT.ok : usageExitOf(grammars, argv)
    return { kind: 'answer', result: { stdout, stderr, exitCode } }
  }
  return call ?? { kind: 'answer', result: { stdout, stderr, exitCode: EXIT.usage } }
}

/** `check` promises that wrong usage is "cannot tell". */
function usageExitOf(grammars: readonly Grammar[], argv: readonly string[]): number {
  return grammars.find(({ name }) => name === argv[0])?.usageExit ?? EXIT.usage
}

/** Options without a command belong to the pane: `ai-costs --dir X`. */
function withCommand(argv: readonly string[]): string[] {
  const [first] = argv
  const isOption = first === undefined || (first.startsWith('-') && !OWN_OPTIONS.has(first))
  return isOption ? ['watch', ...argv] : [...argv]
}

const OWN_OPTIONS = new Set(['-h', '--help', '-V', '--version'])

function declare(command: Parser, grammar: Grammar): void {
  command.description(grammar.summary)
  for (const { name, summary } of grammar.arguments) {
    command.argument(name.startsWith('[') ? name : `<${name}>`, summary)
  }
  for (const [name, spec] of Object.entries(grammar.options)) {
    const flags = spec.kind === 'flag' ? `--${name}` : `--${name} <${spec.placeholder ?? 'VALUE'}>`
    const option = new Option(flags, spec.summary)
    // Commander would read `--no-cache` as the opposite of `--cache` and rename it.
    option.attributeName = () => name
    option.negate = false
    if (spec.choices !== undefined) option.choices(spec.choices)
    if (spec.isHidden === true) option.hideHelp()
    command.addOption(option)
  }
  command.allowExcessArguments(false)
  if (grammar.examples.length > 0) {
    command.addHelpText('after', `\nExamples:\n${grammar.examples.map((line) => `  ${line}`).join('\n')}`)
  }
}

function afterHelp(): string {
  const width = Math.max(...EXIT_CODES.map(([who]) => who.length))
  const codes = EXIT_CODES.map(([who, meaning]) => `  ${who.padEnd(width)}  ${meaning}`)
  const topics = TOPICS.map(({ title }) => title).join(', ')
  return ['', 'Exit codes:', ...codes, '', `ai-costs help COMMAND or TOPIC explains more: ${topics}.`].join(
    '\n',
  )
}
