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
 * a short call costs beyond Node itself, and a third of what any other does. Node 22 has this built in, Node 20 has not.
 *
 * Compiled code is as powerful as its source, and V8 does not look at it closely: damage would end the process. So it
 * lies in the user's own cache directory, is named after the program and the engine, stands there twice, and is
 * believed only when both halves are alike, the file is the user's, and nobody else may write it. The source lies with
 * it: V8 wants to see both, and to open one file more takes as long as to compile ten functions.
 */
export class CompiledCode {
  /** Null where nothing is kept. */
  readonly #directory: string | null
  readonly #suffix: string
  readonly #loaded = new Map<string, Loaded>()
  /** The ways that this process goes. */
  readonly #ways = new Set<string>()
  #isKeeping = false

  /** `program` changes whenever any of the files does. */
  constructor(cacheDirectory: string | null, program: string) {
    this.#directory = cacheDirectory === null ? null : join(cacheDirectory, 'ai-costs')
    this.#suffix = `-${program}-v8-${versions.v8}`
  }

  /**
   * Runs a file that holds the function which Node puts around a CommonJS module, and returns its exports. Compiled code
   * cannot import dynamically: `importLater` does that for it.
   */
  load(
    file: string,
    name: string,
    require: (file: string) => unknown,
    importLater: (file: string) => Promise<unknown>,
  ): unknown {
    const kept = this.#directory === null ? null : keptCode(join(this.#directory, name + this.#suffix))
    const source = kept?.source ?? readFileSync(file, 'latin1')
    const script = new Script(source, {
      filename: file,
      ...(kept !== null && { cachedData: kept.code }),
    })
    const isFresh = kept === null || script.cachedDataRejected === true
    this.#loaded.set(name, { script, source, ways: isFresh ? null : kept.ways })
    if (isFresh) this.#keepLater()
    const module: { exports: unknown } = { exports: {} }
    script.runInThisContext()(module.exports, require, module, file, dirname(file), importLater)
    return module.exports
  }

  /**
   * Says which of several ways (a word) this process goes from here on. Only functions that have run are kept, and each
   * way runs others: what was kept by processes that went other ways is kept again, with those of this one.
   */
  goes(way: string): void {
    this.#ways.add(way)
    for (const { ways } of this.#loaded.values()) if (ways?.includes(way) !== true) this.#keepLater()
  }

  /** Keeps nothing of what was loaded so far: it has handed its work over, and what counts of it has not run. */
  forget(): void {
    this.#loaded.clear()
    this.#ways.clear()
  }

  #keepLater(): void {
    const directory = this.#directory
    if (directory === null || this.#isKeeping) return
    this.#isKeeping = true
    process.once('exit', () => this.#keep(directory))
  }

  #keep(directory: string): void {
    try {
      for (const [name, { script, source, ways }] of this.#loaded) {
        const all = new Set([...(ways ?? []), ...this.#ways])
        if (ways !== null && all.size === ways.length) continue
        mkdirSync(directory, { recursive: true, mode: 0o700 })
        removeOlder(directory, name)
        const path = join(directory, name + this.#suffix)
        const head = `${source.length} ${[...all].join(' ')}`.trimEnd()
        const half = Buffer.concat([Buffer.from(`${head}\n${source}`, 'latin1'), script.createCachedData()])
        writeFileSync(`${path}.${pid}`, Buffer.concat([half, half]), { mode: 0o600, flag: 'wx' })
        renameSync(`${path}.${pid}`, path)
      }
    } catch {
      // A home that may not be written, a full disk: then the next start compiles again.
    }
  }
}

interface Loaded {
  readonly script: Script
  readonly source: string
  /** Of the processes whose functions were kept; null when none were. */
  readonly ways: readonly string[] | null
}

interface KeptCode {
  readonly ways: readonly string[]
  readonly source: string
  readonly code: Buffer
}

const NEWLINE = 0x0a

/** A file that was kept: the length of its source and the ways, the source, and what V8 made of it. Null for none. */
function keptCode(path: string): KeptCode | null {
  const bytes = ownFile(path)
  if (bytes === null) return null
  const start = bytes.indexOf(NEWLINE) + 1
  const [length = '', ...ways] = bytes.toString('latin1', 0, start - 1).split(' ')
  const end = start + Number(length)
  return { ways, source: bytes.toString('latin1', start, end), code: bytes.subarray(end) }
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
