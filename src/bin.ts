import { join } from 'node:path'
import { env } from 'node:process'
import { PROGRAM } from './commands/program.ts'
import { CompiledCode, userCacheDirectory } from './system/compiled-code.ts'

// What npm links to `ai-costs`. It answers nothing itself: it loads what does, and what that asks for, ready compiled.

/** Node's own loader, which knows neither. */
declare const require: (file: string) => unknown

const isWanted = (env['NODE_DISABLE_COMPILE_CACHE'] ?? '') === ''
const directory = isWanted ? userCacheDirectory(env) : null
const code = directory === null ? null : new CompiledCode(directory, PROGRAM)

load('./hot.cjs')

const WHOLE_PROGRAM = './cli.cjs'

/** Our own files lie beside this one; everything else is Node's. */
function load(file: string): unknown {
  if (code === null || !file.startsWith('./')) return require(file)
  if (file === WHOLE_PROGRAM) code.forget()
  const name = file.slice('./'.length).replaceAll('/', '-')
  return code.load(join(import.meta.dirname, file), name, load)
}
