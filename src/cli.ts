import { EXIT, type Result } from './core/result.ts'
import { safeText } from './core/safe-text.ts'
import { COMMANDS, type CommandEntry } from './commands/index.ts'
import { UsageError } from './commands/command.ts'
import { parseQuickly } from './commands/parse.ts'
import { write } from './system/output.ts'
import { createSystem } from './system/create-system.ts'
import { packageVersion } from './system/package-version.ts'

const [first, ...rest] = process.argv.slice(2)
const name = first ?? 'watch'
const entry = COMMANDS.find((command) => command.name === name)

// Whatever goes wrong: 2 means "proven critical" and 1 means "warning", so no crash may end in either.
const crashExit = name === 'check' ? EXIT.cannotTell : EXIT.internal
process.on('uncaughtException', (error) => die(error))
process.on('unhandledRejection', (error) => die(error))

try {
  process.exitCode = await write(await answer(), crashExit)
} catch (error) {
  process.exitCode = await write(resultOf(error), crashExit)
}

async function answer(): Promise<Result> {
  if (first === '--version') return { stdout: `${packageVersion()}\n`, stderr: '', exitCode: EXIT.ok }
  if (entry !== undefined) {
    const command = await entry.load()
    const invocation = parseQuickly(command.grammar, rest)
    if (invocation !== null) return command.run(invocation, createSystem())
  }
  return explained(entry)
}

/** The slow way: help, suggestions, and the calls that only the thorough parser understands. */
async function explained(known: CommandEntry | undefined): Promise<Result> {
  const { explain } = await import('./commands/explain.ts')
  const entries = known === undefined ? COMMANDS : [known]
  const commands = await Promise.all(entries.map((one) => one.load()))
  const outcome = explain(
    commands.map(({ grammar }) => grammar),
    process.argv.slice(2),
    packageVersion(),
  )
  if (outcome.kind === 'answer') return outcome.result
  const command = commands.find(({ grammar }) => grammar.name === outcome.name)
  if (command === undefined) throw new UsageError(`there is no command ${outcome.name}: see ai-costs --help`)
  return command.run(outcome.invocation, createSystem())
}

function resultOf(error: unknown): Result {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof UsageError) {
    return {
      stdout: '',
      stderr: `ai-costs: ${safeText(message)}\n`,
      exitCode: name === 'check' ? EXIT.cannotTell : EXIT.usage,
    }
  }
  return {
    stdout: '',
    stderr: `ai-costs: internal error: ${safeText(message)} — please report it\n`,
    exitCode: crashExit,
  }
}

function die(error: unknown): void {
  process.exitCode = crashExit
  process.stderr.write(resultOf(error).stderr, () => process.exit(crashExit))
}
