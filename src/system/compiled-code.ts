import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { getuid, pid, platform, versions } from 'node:process'
import { Script } from 'node:vm'

/**
 * Loads CommonJS files together with what V8 made of them at an earlier start: to compile them again is half of what
 * a short call costs beyond Node itself. Node 22 has this built in, Node 20 has not. Not for files that import others
 * dynamically.
 *
 * Compiled code is as powerful as its source, and V8 does not look at it closely: damage would end the process. So it
 * lies in the user's own cache directory, is named after the program and the engine, stands there twice, and is
 * believed only when both halves are alike, the file is the user's, and nobody else may write it.
 */
export class CompiledCode {
  /** Null where nothing is kept. */
  readonly #directory: string | null
  readonly #suffix: string
  /** What to keep when the process ends, by name: only functions that have run are compiled by then. */
  readonly #fresh = new Map<string, Script>()

  /** `program` changes whenever any of the files does. */
  constructor(cacheDirectory: string | null, program: string) {
    this.#directory = cacheDirectory === null ? null : join(cacheDirectory, 'ai-costs')
    this.#suffix = `-${program}-v8-${versions.v8}`
  }

  /** Runs a file that holds the function which Node puts around a CommonJS module, and returns its exports. */
  load(file: string, name: string, require: (file: string) => unknown): unknown {
    const cachedData = this.#directory === null ? null : ownFile(join(this.#directory, name + this.#suffix))
    const script = new Script(readFileSync(file, 'latin1'), {
      filename: file,
      ...(cachedData !== null && { cachedData }),
    })
    if (cachedData === null || script.cachedDataRejected === true) this.#keepLater(name, script)
    const module: { exports: unknown } = { exports: {} }
    script.runInThisContext()(module.exports, require, module, file, dirname(file))
    return module.exports
  }

  /** Keeps nothing of what was loaded so far: it has handed its work over, and what counts of it has not run. */
  forget(): void {
    this.#fresh.clear()
  }

  #keepLater(name: string, script: Script): void {
    const directory = this.#directory
    if (directory === null) return
    if (this.#fresh.size === 0) process.once('exit', () => this.#keep(directory))
    this.#fresh.set(name, script)
  }

  #keep(directory: string): void {
    try {
      for (const [name, script] of this.#fresh) {
        mkdirSync(directory, { recursive: true, mode: 0o700 })
        removeOlder(directory, name)
        const path = join(directory, name + this.#suffix)
        const half = script.createCachedData()
        writeFileSync(`${path}.${pid}`, Buffer.concat([half, half]), { mode: 0o600, flag: 'wx' })
        renameSync(`${path}.${pid}`, path)
      }
    } catch {
      // A home that may not be written, a full disk: then the next start compiles again.
    }
  }
}

/** What an older program or engine left of a file, or a process that was killed while it wrote. */
function removeOlder(directory: string, name: string): void {
  for (const other of readdirSync(directory)) {
    if (other.startsWith(`${name}-`)) unlinkSync(join(directory, other))
  }
}

/** What stands twice in a file that is the user's alone; null when there is none. */
function ownFile(path: string): Buffer | null {
  try {
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
    const fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      const stat = fstatSync(fd)
      const isOurs = platform === 'win32' || (stat.uid === getuid?.() && (stat.mode & 0o022) === 0)
      if (!stat.isFile() || !isOurs) return null
      const bytes = Buffer.allocUnsafe(stat.size)
      if (readSync(fd, bytes, 0, bytes.length, 0) !== bytes.length) return null
      const half = bytes.subarray(0, bytes.length / 2)
      return half.length > 0 && half.equals(bytes.subarray(half.length)) ? half : null
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
