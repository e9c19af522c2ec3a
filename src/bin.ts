import { join } from 'node:path'
import { argv, env } from 'node:process'
import { PROGRAM } from './commands/program.ts'
import { EXIT } from './core/result.ts'
import { CompiledCode, userCacheDirectory } from './system/compiled-code.ts'

// What npm links to `ai-costs`. It answers nothing itself: it loads what does, ready compiled.

/** Node's own loader. */
declare const require: (file: string) => unknown

/** It imports more dynamically, which compiled code cannot. */
const WHOLE_PROGRAM = './cli.cjs'

/** Compiled code holds the functions that ran when it was kept: who asks for JSON runs others than who reads text. */
const KIND = argv.includes('--json') ? 'json.' : ''

try {
  const isWanted = (env['NODE_DISABLE_COMPILE_CACHE'] ?? '') === ''
  const code = new CompiledCode(isWanted ? userCacheDirectory(env) : null, PROGRAM)
  loadWith(code)('./hot.cjs')
} catch (error) {
  // An installation in the middle of an upgrade: 1 would mean "warning" to whoever asked `check`.
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error)
  process.stderr.write(`ai-costs: this installation is damaged (${message}): install it again\n`)
  process.exitCode = argv[2] === 'check' ? EXIT.cannotTell : EXIT.internal
}

/** Our own files lie beside this one; everything else is Node's. */
function loadWith(code: CompiledCode): (file: string) => unknown {
  const load = (file: string): unknown => {
    if (file === WHOLE_PROGRAM) code.forget()
    if (file === WHOLE_PROGRAM || !file.startsWith('./')) return require(file)
    const name = KIND + file.slice('./'.length).replaceAll('/', '-')
    return code.load(join(import.meta.dirname, file), name, load)
  }
  return load
}
