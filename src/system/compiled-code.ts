import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { getuid, pid, platform, versions } from 'node:process'
import { Script, constants as vmConstants } from 'node:vm'

/**
 * Loads CommonJS files together with what V8 made of them at an earlier start: to compile them again is half of what
 * a short call costs beyond Node itself. Node 22 has this built in, Node 20 has not.
 *
 * Compiled code is as powerful as its source, and V8 asks of it little more than the length of that. So it lies in the
 * user's own cache directory, is believed only when the file is the user's and nobody else may write it, and is named
 * after the program and the engine that it belongs to.
 */
export class CompiledCode {
  readonly #directory: string
  readonly #program: string
  /** What to keep when the process ends, by the path where: only functions that have run are compiled by then. */
  readonly #fresh = new Map<string, Script>()

  /** `program` changes whenever any of the files does. */
  constructor(cacheDirectory: string, program: string) {
    this.#directory = join(cacheDirectory, 'ai-costs')
    this.#program = program
    process.once('exit', () => this.#keep())
  }

  /** Runs a file as `require` would, and returns its exports. */
  load(file: string, name: string, require: (file: string) => unknown): unknown {
    const path = join(this.#directory, `${name}-${this.#program}-v8-${versions.v8}`)
    const cachedData = ownFile(path)
    const script = new Script(`${HEAD}${readFileSync(file, 'utf8').replace(/^#!.*/, '')}${TAIL}`, {
      filename: file,
      ...(cachedData !== null && { cachedData }),
      importModuleDynamically: vmConstants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    })
    if (cachedData === null || script.cachedDataRejected === true) this.#fresh.set(path, script)
    const module: { exports: unknown } = { exports: {} }
    script.runInThisContext()(module.exports, require, module, file, import.meta.dirname)
    return module.exports
  }

  /** Keeps nothing of what was loaded so far: it has handed its work over, and what counts of it has not run. */
  forget(): void {
    this.#fresh.clear()
  }

  #keep(): void {
    try {
      for (const [path, script] of this.#fresh) {
        mkdirSync(this.#directory, { recursive: true, mode: 0o700 })
        const made = `${path}.${pid}`
        writeFileSync(made, script.createCachedData(), { mode: 0o600, flag: 'wx' })
        renameSync(made, path)
      }
    } catch {
      // A home that may not be written, a full disk: then the next start compiles again.
    }
  }
}

const HEAD = '(function (exports, require, module, __filename, __dirname) {'
const TAIL = '\n})'

/** The bytes of a file that is the user's alone; null when there is none. */
function ownFile(path: string): Buffer | null {
  try {
    const fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      const { uid, mode } = fstatSync(fd)
      const isOurs = platform === 'win32' || (uid === getuid?.() && (mode & 0o022) === 0)
      return isOurs ? readFileSync(fd) : null
    } finally {
      closeSync(fd)
    }
  } catch {
    return null
  }
}

/** Where programs keep what they can make again. */
export function userCacheDirectory(variables: Readonly<Record<string, string | undefined>>): string | null {
  const { XDG_CACHE_HOME: xdg, HOME: home, LOCALAPPDATA: local } = variables
  if (xdg !== undefined && xdg.startsWith('/')) return xdg
  if (platform === 'win32') return local ?? null
  return home === undefined || home === '' ? null : join(home, '.cache')
}
