import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'

import type { Importer } from '../../src/commands/importer.ts'
import { appendLines } from '../../src/system/ledger-append.ts'
import type { System } from '../../src/system/system.ts'
import { aResponse, responseLines } from '../kit/transcripts.ts'
import { SYSTEM, anImporter, claudeFiles, importAll, requestFor } from './importing.ts'

/** One line of a transcript: how far a response has come. */
export interface Line {
  readonly message: number
  readonly request: number
  readonly step: number
}

/** What can happen between transcripts and a ledger, as data. */
export type Action =
  | {
      readonly kind: 'append' | 'rewrite' | 'replace'
      readonly file: string
      readonly lines: readonly Line[]
    }
  | { readonly kind: 'cut'; readonly file: string; readonly share: number }
  | { readonly kind: 'copy'; readonly file: string; readonly to: string }
  | { readonly kind: 'delete'; readonly file: string }
  | { readonly kind: 'replay'; readonly file: string; readonly message: number }
  | { readonly kind: 'die'; readonly share: number }
  | {
      readonly kind:
        | 'import'
        | 'import anew'
        | 'import while another does'
        | 'another imports'
        | 'lose state'
        | 'lose ledger'
        | 'rotate'
    }

const SESSIONS = ['p/s-0.jsonl', 'p/s-1.jsonl', 'q/s-2.jsonl']
const AGENTS = ['p/s-0/subagents/agent-0.jsonl', 'q/agent-1.jsonl']

const session = fc.constantFrom(...SESSIONS)
const share = fc.integer({ min: 0, max: 100 })
// Odd messages were retried; those are not replayed, for then it would matter which of the two came first.
const lines = fc.array(
  fc
    .record({ message: fc.nat(4), request: fc.nat(1), step: fc.integer({ min: 1, max: 4 }) })
    .map((line) => (line.message % 2 === 0 ? { ...line, request: 0 } : line)),
  { minLength: 1, maxLength: 4 },
)

export const anyAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('append' as const), file: session, lines }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('rewrite' as const, 'replace' as const),
      file: session,
      lines,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut' as const), file: session, share }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('copy' as const), file: session, to: session }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), file: session }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('replay' as const),
      file: fc.constantFrom(...AGENTS),
      message: fc.constantFrom(0, 2, 4),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('die' as const), share }) },
  { weight: 5, arbitrary: fc.constantFrom({ kind: 'import' as const }, { kind: 'import anew' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'import while another does' as const,
        'another imports' as const,
        'lose state' as const,
        'lose ledger' as const,
        'rotate' as const,
      ),
    }),
  },
)

/** Largest output of each response. */
export type Outputs = Map<string, number>

/** Transcripts and a ledger to which things happen, and what the ledger must come to. */
export class TroubledImport {
  readonly ledger: string
  readonly #transcripts: string
  #importer: Importer
  /** What some import brought in whole. */
  readonly sure: Outputs = new Map()
  /** That, and what an import that died may have brought in. */
  readonly possible: Outputs = new Map()
  #tick = 0

  constructor(directory: string) {
    this.#transcripts = join(directory, 'transcripts')
    this.ledger = join(directory, '.ai-costs')
    mkdirSync(this.#transcripts, { recursive: true })
    this.#importer = this.#anew()
  }

  apply(action: Action): void {
    switch (action.kind) {
      case 'append':
        return this.#write(action.file, (path) => appendFileSync(path, this.#text(action.lines)))
      case 'rewrite':
        return this.#write(action.file, (path) => writeFileSync(path, this.#text(action.lines)))
      case 'replace':
        return this.#write(action.file, (path) => {
          writeFileSync(`${path}.new`, this.#text(action.lines))
          renameSync(`${path}.new`, path)
        })
      case 'cut':
        return this.#write(action.file, (path) => cut(path, action.share))
      case 'copy':
        return this.#write(action.to, (path) => this.#copy(action.file, path))
      case 'delete':
        return rmSync(join(this.#transcripts, action.file), { force: true })
      case 'replay':
        return this.#write(action.file, (path) => appendFileSync(path, this.#replay(action.message)))
      case 'import':
        return this.#import(this.#importer)
      case 'import anew':
        this.#importer = this.#anew()
        return this.#import(this.#importer)
      case 'import while another does':
        this.#importer = this.#anew(this.#interrupted())
        return this.#import(this.#importer)
      case 'another imports':
        return this.#import(this.#anew(FORGETFUL))
      case 'die':
        return this.#die(action.share)
      case 'lose state':
        return rmSync(join(this.ledger, 'state'), { recursive: true, force: true })
      case 'lose ledger':
        return this.#loseLedger()
      case 'rotate':
        return rotate(this.ledger)
    }
  }

  #anew(system: System = SYSTEM): Importer {
    return anImporter(requestFor(this.ledger), system)
  }

  #import(importer: Importer): void {
    importAll(importer, claudeFiles(this.#transcripts))
    this.#tellIn(this.sure)
    this.#tellIn(this.possible)
  }

  /** Only a part of the first append reaches the disk, then the process is gone. */
  #die(percent: number): void {
    const append: typeof appendLines = (path, text) => {
      const bytes = Buffer.from(`${endsOpen(path) ? '\n' : ''}${text}\n`)
      appendFileSync(path, bytes.subarray(0, Math.floor((bytes.length * percent) / 100)))
      throw new Error('killed')
    }
    const dying = this.#anew({ ...SYSTEM, ledger: { ...SYSTEM.ledger, append } })
    try {
      this.#import(dying)
    } catch (error) {
      if (!(error instanceof Error && error.message === 'killed')) throw error
      this.#tellIn(this.possible)
    }
    this.#importer = this.#anew()
  }

  /** Another importer does its work in the middle of ours. */
  #interrupted(): System {
    let isOver = false
    const append: typeof appendLines = (...call) => {
      if (!isOver) importAll(this.#anew(FORGETFUL), claudeFiles(this.#transcripts))
      isOver = true
      appendLines(...call)
    }
    return { ...SYSTEM, ledger: { ...SYSTEM.ledger, append } }
  }

  #write(file: string, change: (path: string) => void): void {
    const path = join(this.#transcripts, file)
    mkdirSync(dirname(path), { recursive: true })
    change(path)
    // The clock of a file system may stand still for milliseconds.
    this.#tick++
    if (existsSync(path)) utimesSync(path, this.#tick, this.#tick)
  }

  #text(all: readonly Line[]): string {
    return all.map((line) => `${this.#named(lineText(line))}\n`).join('')
  }

  #replay(message: number): string {
    const [line = ''] = responseLines(response(message, 9, 1), 1, true)
    return `${this.#named(line)}\n`
  }

  /** As in transcripts no two lines have the same name, except in copies. */
  #named(line: string): string {
    return line.replace(/"uuid":"[^"]*"/, `"uuid":"u-${this.#tick}-${Math.random()}"`)
  }

  #copy(from: string, path: string): void {
    const source = join(this.#transcripts, from)
    if (existsSync(source) && source !== path) copyFileSync(source, path)
  }

  #loseLedger(): void {
    for (const path of ledgerFiles(this.ledger)) rmSync(path)
    this.sure.clear()
    this.possible.clear()
  }

  /** What transcripts tell now, by reading them line by line. */
  #tellIn(outputs: Outputs): void {
    for (const name of [...SESSIONS, ...AGENTS]) {
      const path = join(this.#transcripts, name)
      const rows = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
      for (const row of rows) {
        const message = messageIn(row)
        if (message !== null) grow(outputs, ...message)
      }
    }
  }

  /** What the ledger tells of each response, one that stands there under two ids twice. */
  told(): Outputs {
    const byId: Outputs = new Map()
    for (const path of ledgerFiles(this.ledger)) {
      for (const row of readFileSync(path, 'utf8').split('\n')) {
        const { id, output_tokens: output } = parsed(row) ?? {}
        if (typeof id === 'string' && typeof output === 'number') grow(byId, id, output)
      }
    }
    const told: Outputs = new Map()
    for (const [id, output] of byId) {
      const [, message = '', request = ''] = id.split(':')
      const key = keyOf(message, request)
      told.set(key, (told.get(key) ?? 0) + output)
    }
    return told
  }
}

/** An importer that neither remembers nor writes down anything. */
const FORGETFUL: System = {
  ...SYSTEM,
  imports: (directory) => ({ ...SYSTEM.imports(directory), index: () => null, seen: () => null, write() {} }),
}

function response(message: number, request: number, step: number) {
  const output = step === 1 ? 1 : 100 * step
  return aResponse({ message: `m${message}`, request: `q${request}`, output })
}

function lineText({ message, request, step }: Line): string {
  return responseLines(response(message, request, step))[0] ?? ''
}

function messageIn(row: string): readonly [key: string, output: number] | null {
  const line = parsed(row)
  if (line?.['type'] !== 'assistant') return null
  return [keyOf(line['message'].id, line['requestId']), line['message'].usage.output_tokens]
}

function keyOf(message: string, request: string): string {
  return Number(message.slice(1)) % 2 === 0 ? message : `${message} ${request}`
}

// JSON.parse gives `any`, which is what a reader of foreign JSON has.
function parsed(row: string) {
  try {
    return JSON.parse(row)
  } catch {
    return null
  }
}

function grow(outputs: Outputs, key: string, output: number): void {
  outputs.set(key, Math.max(outputs.get(key) ?? 0, output))
}

function cut(path: string, percent: number): void {
  if (!existsSync(path)) return
  truncateSync(path, Math.floor((readFileSync(path).length * percent) / 100))
}

/** Whether a writer who was killed left half a line. */
function endsOpen(path: string): boolean {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return text !== '' && !text.endsWith('\n')
}

function ledgerFiles(directory: string): readonly string[] {
  const names = existsSync(directory) ? readdirSync(directory) : []
  return names.filter((name) => name.startsWith('sessions')).map((name) => join(directory, name))
}

function rotate(directory: string): void {
  const path = join(directory, 'sessions.jsonl')
  for (let part = 8; part >= 1; part--) {
    if (existsSync(`${path}.${part}`)) renameSync(`${path}.${part}`, `${path}.${part + 1}`)
  }
  if (existsSync(path)) renameSync(path, `${path}.1`)
}
