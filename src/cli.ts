import type { Command } from './commands/command.ts'
import { UsageError } from './commands/command.ts'
import * as commands from './commands/index.ts'
import { parseQuickly } from './commands/parse.ts'
import { EXIT, type Result } from './core/result.ts'
import { safeText } from './core/safe-text.ts'
import { createSystem } from './system/create-system.ts'
import { write } from './system/output.ts'
import { packageVersion } from './system/package-version.ts'

/** The starter's: it keeps compiled what a command needs when it is told which one runs. */
declare const require: (way: string) => unknown

const COMMANDS: readonly Command[] = Object.values(commands)
/** Commands that say something else with the exit code 1. */
const HAS_ANOTHER_ONE: ReadonlySet<Command> = new Set<Command>([
  commands.check,
  commands.status,
  commands.route,
  commands.statusline,
])
const GRAMMARS = COMMANDS.map(({ grammar }) => grammar)

const argv = process.argv.slice(2)
const named = argv.length === 0 ? commands.watch : COMMANDS.find(({ grammar }) => grammar.name === argv[0])

if (named !== undefined) require(`way:${named.grammar.name}`)

// Whatever goes wrong: 2 means "proven critical" and 1 means "warning", so no crash may end in either.
const crashExit = exitAfterCrash()
const usageExit = named?.grammar.usageExit ?? EXIT.usage
process.on('uncaughtException', die)
process.on('unhandledRejection', die)

void answer()
  .catch(apology)
  .then((result) => write(result, exitUnprinted(result)))
  .then((exitCode) => {
    process.exitCode = exitCode
  })

async function answer(): Promise<Result> {
  if (argv[0] === '--version') return { stdout: `${packageVersion()}\n`, stderr: '', exitCode: EXIT.ok }
  const invocation = named === undefined ? null : parseQuickly(named.grammar, argv.slice(1))
  if (named !== undefined && invocation !== null) return named.run(invocation, createSystem(), GRAMMARS)
  return explained()
}

/** The slow way: help, suggestions, and the calls that only the thorough parser understands. */
async function explained(): Promise<Result> {
  const { explainUsage } = await import('./commands/explain-usage.ts')
  const outcome = explainUsage(GRAMMARS, argv, packageVersion())
  if (outcome.kind === 'answer') return outcome.result
  const command = COMMANDS.find(({ grammar }) => grammar.name === outcome.name)
  if (command === undefined) throw new UsageError(`there is no command ${outcome.name}: see ai-costs --help`)
  return command.run(outcome.invocation, createSystem(), GRAMMARS)
}

/** No agent is to be bothered by trouble of ours. */
function exitAfterCrash(): number {
  if (named === commands.hook) return EXIT.ok
  return named === commands.check ? EXIT.cannotTell : EXIT.internal
}

/** The exit code of an answer that could not be printed, where nobody who asks may take it for another one. */
function exitUnprinted({ exitCode }: Result): number {
  // What `log` has saved stays saved and what `hook` blocks stays blocked, whether or not anybody could be told.
  if (named === commands.log || named === commands.hook) return exitCode
  return named !== undefined && HAS_ANOTHER_ONE.has(named) ? crashExit : EXIT.notSaved
}

/** What is said when a command could not answer. */
function apology(error: unknown): Result {
  const message = safeText(error instanceof Error ? error.message : String(error))
  if (error instanceof UsageError)
    return { stdout: '', stderr: `ai-costs: ${message}\n`, exitCode: usageExit }
  return {
    stdout: '',
    stderr: `ai-costs: internal error: ${message} — please report it\n`,
    exitCode: crashExit,
  }
}

function die(error: unknown): void {
  // An open pane restores the terminal when the process exits, and what is said before that is lost with its screen.
  process.on('exit', () => process.stderr.write(apology(error).stderr))
  process.exit(crashExit)
}
