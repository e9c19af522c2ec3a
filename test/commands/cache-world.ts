import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import * as checkAnswers from '../../src/commands/answer-check.ts'
import * as hookAnswers from '../../src/commands/answer-hook.ts'
import * as routeAnswers from '../../src/commands/answer-route.ts'
import * as statusAnswers from '../../src/commands/answer-statusline.ts'
import * as check from '../../src/commands/check.ts'
import type { Command } from '../../src/commands/command.ts'
import * as hook from '../../src/commands/hook.ts'
import { type Answers, type Further, hotAnswer } from '../../src/commands/hot-answer.ts'
import { hotCheck } from '../../src/commands/hot-check.ts'
import type { HotCommand } from '../../src/commands/hot-command.ts'
import { hotHook } from '../../src/commands/hot-hook.ts'
import { hotRoute } from '../../src/commands/hot-route.ts'
import { hotStatusline } from '../../src/commands/hot-statusline.ts'
import type { FewLimits } from '../../src/commands/judge-few.ts'
import * as news from '../../src/commands/judge-news.ts'
import { parseQuickly } from '../../src/commands/parse.ts'
import * as route from '../../src/commands/route.ts'
import * as statusline from '../../src/commands/statusline.ts'
import { type Override, overrideLine } from '../../src/core/override.ts'
import { patternEngine } from '../../src/core/pattern-engine.ts'
import type { Result } from '../../src/core/result.ts'
import { cacheFiles } from '../../src/system/cache-files.ts'
import { createSystem } from '../../src/system/create-system.ts'
import type { System } from '../../src/system/system.ts'
import { usd } from '../kit/a-budget.ts'
import { usage } from '../kit/fold-lines.ts'
import { type Action, TroubledLedger } from '../system/ledger-actions.ts'

const HOUR = 3_600_000
const NOON = Date.UTC(2025, 11, 15, 12)

/** What can happen around a ledger. */
export type Happening =
  | Action
  | { readonly kind: 'settings' | 'router'; readonly text: string }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'today'; readonly seed: number }
  | { readonly kind: 'spent'; readonly session: string; readonly usd: number }
  | { readonly kind: 'lately'; readonly seed: number; readonly daysAgo: number; readonly minutesAgo: number }
  | { readonly kind: 'damage'; readonly file: number; readonly at: number }
  | { readonly kind: 'override'; readonly what: Overriding; readonly from: number; readonly hours: number }
  | { readonly kind: 'unreadable-overrides' }
  | { readonly kind: 'forget'; readonly file: number }

export type Overriding = 'raise daily' | 'raise weekly' | 'allow' | 'snooze' | 'end'

/** What is asked, and what stands on standard input. */
export interface Question {
  readonly words: readonly [command: keyof typeof COMMANDS, ...options: string[]]
  /** On standard input. */
  readonly input?: object
}

const COMMANDS = { check, hook, route, statusline } satisfies Readonly<Record<string, Command>>

/** The same from the cache alone. */
const HOT = {
  check: hotly(hotCheck, checkAnswers),
  hook: hotly(hotHook, hookAnswers),
  route: hotly(hotRoute, routeAnswers),
  statusline: hotly(hotStatusline, statusAnswers),
}

interface Heard {
  readonly few: FewLimits
  readonly onAnswer: () => void
  readonly onNews: () => void
}

function hotly<Asking>(command: HotCommand<Asking>, { answerFromCache }: Answers<Asking>) {
  return (words: readonly string[], system: System, { few, onAnswer, onNews }: Heard): Result | null => {
    const further: Further<Asking> = {
      answers: () => ({
        answerFromCache(question, cache, there, means) {
          onAnswer()
          return answerFromCache(question, cache, there, { ...means, few })
        },
      }),
      news() {
        onNews()
        return news
      },
      extras: () => checkAnswers,
      engine: () => ({ patternEngine }),
    }
    return hotAnswer(command, words, system, further)
  }
}

/** A ledger with settings and a clock of its own, asked with the cache and without. */
export class World {
  readonly directory: string
  readonly ledger: TroubledLedger
  readonly system: System
  readonly few: FewLimits
  /** How often the cache alone had the answer, that of the last call, or that with a few records counted on top. */
  fromCache = 0
  recalled = 0
  counted = 0
  #now = NOON
  #input: string | null = null
  #claims = new Set<string>()
  /** Before the last call. */
  #before = new Set<string>()
  #edits = 0
  #overridden = 0
  #spent = 0
  /** Bytes of the ledger when it was asked about last. */
  #length = 0

  constructor(root: string, few: FewLimits = { worthSaving: 0, mostBehind: 1 << 20 }) {
    this.few = few
    this.directory = join(root, 'project/.ai-costs')
    mkdirSync(this.directory, { recursive: true })
    mkdirSync(join(root, 'home/.config/ai-costs'), { recursive: true })
    this.ledger = new TroubledLedger(this.directory)
    const system = createSystem()
    this.system = {
      ...system,
      clock: { now: () => this.#now, random: system.clock.random },
      cache: (directory) => cacheFiles(directory, () => this.#now),
      standardInput: { read: () => this.#input },
      alertClaims: () => ({ isTaken: (name) => this.#claims.has(name), take: (name) => this.#take(name) }),
      // Nobody is told, and nothing goes on.
      background: { start: () => false },
      // These happen in 2025, and files are written today.
      files: { ...system.files, look: (path) => ({ ...system.files.look(path), changed: 0 }) },
      environment: {
        variables: {},
        workingDirectory: join(root, 'project'),
        home: join(root, 'home'),
        platform: 'linux',
        zone: () => 'UTC',
      },
    }
  }

  happen(happening: Happening): void {
    switch (happening.kind) {
      case 'settings':
        return this.#write('cost-limits.yaml', happening.text)
      case 'router':
        return this.#write('model-router.yaml', happening.text)
      case 'wait':
        this.#now += happening.hours * HOUR
        return
      case 'today':
        return appendFileSync(
          this.ledger.path,
          `${usage({ id: `t${happening.seed}`, session_id: `s${happening.seed % 4}`, timestamp: new Date(this.#now).toISOString(), cost_usd: happening.seed })}\n`,
        )
      case 'spent':
        return this.#spend(happening.session, happening.usd)
      case 'lately': {
        const { seed, daysAgo, minutesAgo } = happening
        const timestamp = new Date(this.#now - daysAgo * 24 * HOUR - minutesAgo * 60_000).toISOString()
        const fields = {
          id: `l${seed}/${daysAgo}`,
          session_id: `s${seed}`,
          model: 'a',
          cost_usd: (seed + 1) / 10,
        }
        return appendFileSync(this.ledger.path, `${usage({ ...fields, timestamp })}\n`)
      }
      case 'damage':
        return this.#inState(happening.file, (path) => {
          const bytes = readFileSync(path)
          if (bytes.length > 0) bytes[happening.at % bytes.length]! ^= 0x40
          writeFileSync(path, bytes)
        })
      case 'forget':
        return this.#inState(happening.file, (path) => rmSync(path))
      case 'override':
        return this.#override(happening.what, this.#now + happening.from * HOUR, happening.hours * HOUR)
      case 'unreadable-overrides':
        // A folder in its place, or none any more.
        if (existsSync(this.#overrides)) return rmSync(this.#overrides, { recursive: true })
        return void mkdirSync(this.#overrides)
      case 'edit':
        this.ledger.apply(happening)
        return this.#date(this.ledger.path)
      default:
        this.ledger.apply(happening)
    }
  }

  /** What a call says: from the cache alone where that is enough, else by the whole program with the cache's help. */
  async quickly(question: Question): Promise<Result> {
    this.#input = inputOf(question)
    const claims = new Set(this.#claims)
    try {
      return await this.#quickly(question)
    } finally {
      this.#before = claims
    }
  }

  async #quickly(question: Question): Promise<Result> {
    let isRecalled = true
    let isFolded = false
    const length = existsSync(this.ledger.path) ? readFileSync(this.ledger.path).length : 0
    const [name, ...options] = question.words
    const result = HOT[name](options, this.system, {
      few: this.few,
      onAnswer: () => (isRecalled = false),
      onNews: () => (isFolded = true),
    })
    if (result === null) return this.#wholly(question.words)
    this.fromCache++
    if (isRecalled) this.recalled++
    else if (!isFolded && length > this.#length) this.counted++
    this.#length = length
    return result
  }

  /** What a full reading says, in the place of the call before: what that claimed is not claimed yet. */
  async thoroughly(question: Question): Promise<Result> {
    this.#input = inputOf(question)
    const claimed = this.#claims
    this.#claims = this.#before
    const result = await this.#wholly([...question.words, '--no-cache'])
    for (const name of claimed) this.#claims.add(name)
    return result
  }

  async #wholly([name, ...options]: Question['words']): Promise<Result> {
    const command: Command = COMMANDS[name]
    const call = parseQuickly(command.grammar, options)
    if (call === null) throw new Error(`${name} ${options.join(' ')} is no call`)
    return command.run(call, this.system, [])
  }

  #take(name: string): boolean {
    const isFirst = !this.#claims.has(name)
    this.#claims.add(name)
    return isFirst
  }

  /** A record of now with a cost. */
  #spend(session: string, dollars: number): void {
    const timestamp = new Date(this.#now).toISOString()
    const id = `spent${this.#spent++}`
    appendFileSync(this.ledger.path, `${usage({ id, session_id: session, timestamp, cost_usd: dollars })}\n`)
  }

  get #overrides(): string {
    return join(this.directory, 'overrides.jsonl')
  }

  #override(what: Overriding, timestamp: number, duration: number): void {
    // Somebody has made room for it.
    if (existsSync(this.#overrides) && statSync(this.#overrides).isDirectory())
      rmSync(this.#overrides, { recursive: true })
    const id = `o${this.#overridden++}`
    const lasting = { id, timestamp, until: timestamp + duration }
    const [kind, budget = ''] = what.split(' ')
    const override: Override =
      kind === 'raise'
        ? { kind, ...lasting, budget, by: usd('2'), why: null }
        : kind === 'allow'
          ? { kind, ...lasting, sessionId: null, why: null }
          : kind === 'snooze'
            ? { kind, ...lasting }
            : { kind: 'end', id, timestamp, ends: `o${this.#overridden - 2}` }
    appendFileSync(this.#overrides, `${overrideLine(override)}\n`)
  }

  #inState(nth: number, act: (path: string) => void): void {
    const state = join(this.directory, 'state')
    const names = existsSync(state)
      ? readdirSync(state).filter((name) => name !== 'claims' && !name.startsWith('.'))
      : []
    const name = names[nth % Math.max(1, names.length)]
    if (name !== undefined) act(join(state, name))
  }

  #write(name: string, text: string): void {
    const path = join(this.system.environment.home, '.config/ai-costs', name)
    writeFileSync(path, `${text}\n`)
    this.#date(path)
  }

  /** The clocks of file systems tick slowly; people do too. */
  #date(path: string): void {
    if (existsSync(path)) utimesSync(path, 1000, ++this.#edits)
  }
}

function inputOf({ input }: Question): string | null {
  return input === undefined ? null : JSON.stringify(input)
}
