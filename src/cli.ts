import type { Command } from './commands/command.ts'
import { UsageError } from './commands/command.ts'
import * as commands from './commands/index.ts'
import { parseQuickly } from './commands/parse.ts'
import { EXIT, type Result } from './core/result.ts'
import { safeText } from './core/safe-text.ts'
import { createSystem } from './system/create-system.ts'
import { write } from './system/output.ts'
import { packageVersion } from './system/package-version.ts'

const COMMANDS: readonly Command[] = Object.values(commands)

const argv = process.argv.slice(2)
const named = argv.length === 0 ? commands.watch : COMMANDS.find(({ grammar }) => grammar.name === argv[0])

// Whatever goes wrong: 2 means "proven critical" and 1 means "warning", so no crash may end in either.
const crashExit = named === commands.check ? EXIT.cannotTell : EXIT.internal
const usageExit = named?.grammar.usageExit ?? EXIT.usage
process.on('uncaughtException', die)
process.on('unhandledRejection', die)

void answer()
  .catch(apology)
  // What `log` has saved stays saved, whether or not anybody could be told.
  .then((result) => write(result, named === commands.log ? result.exitCode : crashExit))
  .then((exitCode) => {
    process.exitCode = exitCode
  })

async function answer(): Promise<Result> {
  if (argv[0] === '--version') return { stdout: `${packageVersion()}\n`, stderr: '', exitCode: EXIT.ok }
  const invocation = named === undefined ? null : parseQuickly(named.grammar, argv.slice(1))
  if (named !== undefined && invocation !== null) return named.run(invocation, createSystem())
  return explained()
}

/** The slow way: help, suggestions, and the calls that only the thorough parser understands. */
async function explained(): Promise<Result> {
  const { explainUsage } = await import('./commands/explain-usage.ts')
  const grammars = COMMANDS.map(({ grammar }) => grammar)
  const outcome = explainUsage(grammars, argv, packageVersion())
  if (outcome.kind === 'answer') return outcome.result
  const command = COMMANDS.find(({ grammar }) => grammar.name === outcome.name)
  if (command === undefined) throw new UsageError(`there is no command ${outcome.name}: see ai-costs --help`)
  return command.run(outcome.invocation, createSystem())
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
