import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { appendLines } from '../../src/system/ledger-append.ts'

/** What can happen to a ledger, as data, so that a failing sequence reads like a story. */
export type Action =
  | { readonly kind: 'append' | 'late' | 'duplicate' | 'replace'; readonly seed: number }
  | { readonly kind: 'tear' | 'truncate'; readonly seed: number; readonly share: number }
  | { readonly kind: 'rotate' | 'copytruncate'; readonly recreate: boolean }
  | { readonly kind: 'complete' | 'empty' | 'delete' | 'edit' | 'look' | 'restart' }

/** Actions after which every byte that was ever written is still in some file of the ledger. */
export const HARMLESS: readonly Action['kind'][] = [
  'append',
  'late',
  'duplicate',
  'tear',
  'complete',
  'rotate',
  'look',
  'restart',
]

const seed = fc.nat({ max: 40 })
const share = fc.integer({ min: 0, max: 100 })

/** Any action; appends and looks most often, as in life. */
export const anyAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('append' as const), seed }) },
  { weight: 6, arbitrary: fc.constant({ kind: 'look' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('late' as const, 'duplicate' as const), seed }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tear' as const), seed, share }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'complete' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('truncate' as const), seed, share }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace' as const), seed }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('rotate' as const, 'copytruncate' as const),
      recreate: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('empty' as const, 'delete' as const, 'edit' as const, 'restart' as const),
    }),
  },
)

/** A ledger on disk to which things happen, through other hands than the reader's. */
export class TroubledLedger {
  readonly path: string
  readonly #directory: string
  /** What is missing of the line that was torn last. */
  #rest = ''

  constructor(directory: string) {
    this.#directory = directory
    this.path = join(directory, 'sessions.jsonl')
  }

  /** Does everything but `look` and `restart`, which are the reader's. */
  apply(action: Action): void {
    switch (action.kind) {
      case 'append':
        return appendLines(this.path, lineOf(action.seed, '2025-12-15', 1), 'none')
      case 'late':
        return appendLines(this.path, lineOf(action.seed + 100, '2025-11-02', 1), 'none')
      case 'duplicate':
        return appendLines(this.path, lineOf(action.seed, '2025-12-15', 2), 'none')
      case 'tear': {
        const line = lineOf(action.seed, '2025-12-15', 1)
        const cut = Math.floor((line.length * action.share) / 100)
        this.#rest = `${line.slice(cut)}\n`
        return appendFileSync(this.path, line.slice(0, cut))
      }
      case 'complete':
        appendFileSync(this.path, this.#rest)
        this.#rest = ''
        return
      case 'empty':
        return this.#truncate(0)
      case 'truncate':
        return this.#truncate(this.#lineStart(action.share))
      case 'copytruncate':
        this.#makeRoom()
        if (existsSync(this.path)) copyFileSync(this.path, `${this.path}.1`)
        return this.#truncate(0)
      case 'rotate':
        this.#makeRoom()
        if (existsSync(this.path)) renameSync(this.path, `${this.path}.1`)
        if (action.recreate) writeFileSync(this.path, '')
        return
      case 'delete':
        return rmSync(this.path, { force: true })
      case 'edit':
        return this.#edit()
      case 'replace':
        writeFileSync(`${this.path}.new`, `${lineOf(action.seed + 200, '2025-12-14', 1)}\n`)
        return renameSync(`${this.path}.new`, this.path)
      case 'look':
      case 'restart':
    }
  }

  /** Other content of the same size in the same file. */
  #edit(): void {
    if (!existsSync(this.path)) return
    const text = readFileSync(this.path, 'utf8')
    writeFileSync(
      this.path,
      text.replace(/"input_tokens":(\d)/g, (_, d: string) => `"input_tokens":${(Number(d) % 9) + 1}`),
    )
  }

  #truncate(length: number): void {
    if (existsSync(this.path)) truncateSync(this.path, length)
  }

  #lineStart(percent: number): number {
    if (!existsSync(this.path)) return 0
    const text = readFileSync(this.path, 'utf8')
    return text.lastIndexOf('\n', Math.floor((text.length * percent) / 100)) + 1
  }

  /** Moves `.1` out of the way as logrotate does; nothing is lost. */
  #makeRoom(): void {
    for (let part = 8; part >= 1; part--) {
      const from = join(this.#directory, `sessions.jsonl.${part}`)
      if (existsSync(from)) renameSync(from, join(this.#directory, `sessions.jsonl.${part + 1}`))
    }
  }
}

/** A record told by its seed; every third one comes from a foreign writer, without version and id. */
function lineOf(seedOfRecord: number, day: string, growth: number): string {
  const head = seedOfRecord % 3 === 0 ? {} : { v: 1, id: `r${seedOfRecord}` }
  return JSON.stringify({
    ...head,
    timestamp: `${day}T10:${String(seedOfRecord % 60).padStart(2, '0')}:00Z`,
    session_id: `s${seedOfRecord % 7}`,
    model: seedOfRecord % 2 === 0 ? 'a' : 'b',
    input_tokens: (seedOfRecord + 1) * growth * 11,
    output_tokens: seedOfRecord,
    cost_usd: (seedOfRecord + 1) / 8,
  })
}
