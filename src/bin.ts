import { join } from 'node:path'
import { argv, env } from 'node:process'
import { PROGRAM } from './commands/program.ts'
import { EXIT } from './core/result.ts'
import { CompiledCode, userCacheDirectory } from './system/compiled-code.ts'

// What npm links to `ai-costs`. It answers nothing itself: it loads what does, ready compiled.

/** Node's own loader. */
declare const require: (file: string) => unknown

/** Answers every other call, and those that the cache is not enough for. */
const WHOLE_PROGRAM = './cli.cjs'

/** What begins so is no file: it says which way the process goes. */
const WAY = 'way:'

/** The commands that a cache answers: there is a file for each in `hot/`. */
const HOT = ['check', 'hook', 'route', 'statusline']

/** Compiled code holds the functions that ran when it was kept: who asks for JSON runs others than who reads text. */
const KIND = argv.includes('--json') ? 'json.' : ''

/** How a damaged installation ends: a script must not take it for a warning, nor an agent for anything. */
const DAMAGED: ReadonlyMap<string, number> = new Map([
  ['check', EXIT.cannotTell],
  ['hook', EXIT.ok],
])

try {
  const isWanted = (env['NODE_DISABLE_COMPILE_CACHE'] ?? '') === ''
  const code = new CompiledCode(isWanted ? userCacheDirectory(env) : null, PROGRAM)
  const [, , command = ''] = argv
  loadWith(code)(HOT.includes(command) ? `./hot/${command}.cjs` : WHOLE_PROGRAM)
} catch (error) {
  // An installation in the middle of an upgrade, most of all.
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error)
  process.stderr.write(`ai-costs: this installation is damaged (${message}): install it again\n`)
  process.exitCode = DAMAGED.get(argv[2] ?? '') ?? EXIT.internal
}

/** Our own files lie beside this one; everything else is Node's. */
function loadWith(code: CompiledCode): (file: string) => unknown {
  const loaded = new Map<string, unknown>()
  const load = (file: string): unknown => {
    if (file.startsWith(WAY)) return code.goes(file.slice(WAY.length))
    if (!file.startsWith('./')) return require(file)
    const isWhole = file === WHOLE_PROGRAM
    if (isWhole) code.forget()
    if (!loaded.has(file)) {
      const name = (isWhole ? '' : KIND) + file.slice('./'.length).replaceAll('/', '-')
      loaded.set(file, code.load(join(import.meta.dirname, file), name, load, importLater))
    }
    return loaded.get(file)
  }
  return load
}

/** What lies beside this file, too. */
function importLater(file: string): Promise<unknown> {
  return import(file)
}
