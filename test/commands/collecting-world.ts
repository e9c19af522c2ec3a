import { appendFileSync, existsSync, mkdirSync, readFileSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { onTestFinished } from 'vitest'

import { createSystem } from '../../src/system/create-system.ts'
import { type ImportFiles, importFiles } from '../../src/system/import-files.ts'
import { placeLedger } from '../../src/system/ledger-place.ts'
import type { LedgerPlace } from '../../src/system/ledger-place.ts'
import type { System } from '../../src/system/system.ts'
import { type AResponse, aResponse, responseLines } from '../kit/transcripts.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

interface Timer {
  readonly milliseconds: number
  readonly task: () => void
  due: number
}

/** A home on a real disk in which agents work, and a clock that turns only when the test says so. */
export class CollectingWorld {
  readonly home = temporaryDirectory()
  readonly project = join(this.home, 'app')
  /** What whoever collects said, as it came. */
  readonly troubles: (string | null)[] = []
  /** How often it was written down how far transcripts were read. */
  saves = 0
  /** How often everything was looked at. */
  searches = 0
  /** Transcripts that this user may not read, by path. */
  readonly forbidden = new Set<string>()
  readonly system: System
  now = Date.now()
  #timers: Timer[] = []
  readonly #soon: (() => void)[] = []

  constructor() {
    mkdirSync(this.project)
    const real = createSystem()
    const read: System['transcripts']['read'] = (reading, file, mark) => {
      if (this.forbidden.has(file.path)) throw Object.assign(new Error('EACCES'), { code: 'EACCES' })
      return real.transcripts.read(reading, file, mark)
    }
    this.system = {
      ...real,
      clock: { ...real.clock, now: () => this.now },
      scheduler: {
        every: (milliseconds, task) => this.#every(milliseconds, task),
        soon: (task) => void this.#soon.push(task),
      },
      environment: {
        variables: {},
        workingDirectory: this.project,
        home: this.home,
        platform: 'linux',
        zone: () => 'UTC',
      },
      imports: (directory) => this.#counted(importFiles(directory, () => this.now)),
      transcripts: {
        ...real.transcripts,
        thread: null,
        read,
        find: (source, directories) => {
          this.searches++
          return real.transcripts.find(source, directories)
        },
      },
    }
  }

  /** The user's own ledger, or that of the project once it has begun one. */
  get place(): LedgerPlace {
    return placeLedger({
      given: null,
      fromVariable: undefined,
      workingDirectory: this.project,
      home: this.home,
      isDirectory: this.system.files.isDirectory,
    })
  }

  /** How many things are done again and again. */
  get timers(): number {
    return this.#timers.length
  }

  /** Where a transcript of Claude Code lies. */
  transcript(name: string): string {
    return join(this.home, '.claude', 'projects', name)
  }

  /** An agent is told another response, of which only the id matters. */
  respond(name: string, message: string, change: Partial<AResponse> = {}): void {
    this.append(this.transcript(name), ...responseLines(aResponse({ message, cwd: this.project, ...change })))
  }

  append(path: string, ...lines: readonly string[]): void {
    const changed = existsSync(path) ? [] : this.#foldersToChange(dirname(path))
    mkdirSync(dirname(path), { recursive: true })
    appendFileSync(path, lines.map((line) => `${line}\n`).join(''))
    // By the clock of this world: that of the disk stands still for some milliseconds at a time.
    for (const one of [path, ...changed]) utimesSync(one, this.now / 1000, this.now / 1000)
  }

  /** A folder in which something is made, and all that are made for it, with the one that is there. */
  #foldersToChange(folder: string): readonly string[] {
    return existsSync(folder) ? [folder] : [folder, ...this.#foldersToChange(dirname(folder))]
  }

  /** The messages in a ledger, in their order, each as often as it stands there. */
  messages({ path }: Pick<LedgerPlace, 'path'> = this.place): readonly string[] {
    return this.records({ path }).map(({ id }) => id.split(':')[1] ?? '')
  }

  records({ path }: Pick<LedgerPlace, 'path'> = this.place): readonly {
    readonly id: string
    readonly cost_usd?: number
  }[] {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { id: string; cost_usd?: number })
  }

  /** Lets time go by; everything that is due is done on the way. */
  pass(milliseconds: number): void {
    this.settle()
    this.#advance(milliseconds, () => this.settle())
  }

  /** The same, but nothing that was to be done soon gets its turn. */
  begin(milliseconds: number): void {
    this.#advance(milliseconds, () => {})
  }

  /** Does what was to be done soon. */
  settle(): void {
    for (let task = this.#soon.shift(); task !== undefined; task = this.#soon.shift()) task()
  }

  /** Does the next thing that was to be done soon; false when there was none. */
  step(): boolean {
    const task = this.#soon.shift()
    task?.()
    return task !== undefined
  }

  #advance(milliseconds: number, settle: () => void): void {
    const end = this.now + milliseconds
    for (;;) {
      const [next] = this.#timers.filter(({ due }) => due <= end).toSorted((a, b) => a.due - b.due)
      if (next === undefined) break
      this.now = next.due
      next.due += next.milliseconds
      next.task()
      settle()
    }
    this.now = end
  }

  #every(milliseconds: number, task: () => void): () => void {
    const timer = { milliseconds, task, due: this.now + milliseconds }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }

  #counted(files: ImportFiles): ImportFiles {
    return {
      ...files,
      write: (index, seen) => {
        this.saves++
        files.write(index, seen)
      },
    }
  }
}

/** Ends something with the test, unless the test does. */
export function endingWithTheTest(end: () => void): () => void {
  let isOver = false
  const once = (): void => {
    if (!isOver) end()
    isOver = true
  }
  onTestFinished(once)
  return once
}
