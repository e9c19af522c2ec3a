import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import * as check from '../../src/commands/check.ts'
import { answerFromCache } from '../../src/commands/answer-from-cache.ts'
import type { Invocation } from '../../src/commands/command.ts'
import { hotAnswer } from '../../src/commands/hot-answer.ts'
import type { FewLimits } from '../../src/commands/judge-few.ts'
import * as news from '../../src/commands/judge-news.ts'
import { parseQuickly } from '../../src/commands/parse.ts'
import type { Result } from '../../src/core/result.ts'
import { cacheFiles } from '../../src/system/cache-files.ts'
import { createSystem } from '../../src/system/create-system.ts'
import type { System } from '../../src/system/system.ts'
import { usage } from '../kit/fold-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { type Action, TroubledLedger, anyAction } from '../system/ledger-actions.ts'

const HOUR = 3_600_000
const NOON = Date.UTC(2025, 11, 15, 12)

/** What can happen around a ledger. */
type Happening =
  | Action
  | { readonly kind: 'settings'; readonly text: string }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'today'; readonly seed: number }
  | { readonly kind: 'damage'; readonly file: number; readonly at: number }
  | { readonly kind: 'forget'; readonly file: number }

const SETTINGS = [
  'budgets: { daily: 3, weekly: 20, per_session: 2 }',
  'budgets: { daily: 4, weekly: 20, per_session: 2 }',
  'budgets: { monthly: 50, scoped: [{ name: a, model: a, daily: 2, per_session: 1 }] }',
  'budgets: { monthly: 50, scoped: [{ name: b, model: b, daily: 2, per_session: 1 }] }',
  'budgets: { daily: 3 }\ntimezone: America/New_York',
  'budgets: { daily: 3 }\ncost_mode: computed',
  'budgets: { dayly: 3 }',
  'budgets: { daily: -3 }',
]

const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('today' as const), seed: fc.nat(9) }) },
  { weight: 12, arbitrary: anyAction },
  { weight: 2, arbitrary: fc.constantFrom(...SETTINGS).map((text) => ({ kind: 'settings' as const, text })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1, 7, 26, 24 * 9, -1, -30).map((hours) => ({ kind: 'wait' as const, hours })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('damage' as const), file: fc.nat(2), at: fc.nat(5000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), file: fc.nat(2) }) },
)

/** What is asked, in turns: each is answered from another part of the cache. */
const QUESTIONS = [['--json'], [], ['--quiet'], ['--fail-on=critical']] as const
type Question = (typeof QUESTIONS)[number]

/** Whether a few lines are written down or read again, and how soon a fold is behind too far. */
const anyFew: fc.Arbitrary<FewLimits> = fc.record({
  worthSaving: fc.constantFrom(0, 1 << 16),
  mostBehind: fc.constantFrom(1 << 10, 1 << 20),
})

class World {
  readonly directory: string
  readonly ledger: TroubledLedger
  readonly system: System
  readonly few: FewLimits
  /** How often the cache alone had the answer, that of the last call, or that with a few records counted on top. */
  fromCache = 0
  recalled = 0
  counted = 0
  #now = NOON
  #edits = 0
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
        return this.#write(
          join(this.system.environment.home, '.config/ai-costs/cost-limits.yaml'),
          happening.text,
        )
      case 'wait':
        this.#now += happening.hours * HOUR
        return
      case 'today':
        return appendFileSync(
          this.ledger.path,
          `${usage({ id: `t${happening.seed}`, session_id: `s${happening.seed % 4}`, timestamp: new Date(this.#now).toISOString(), cost_usd: happening.seed })}\n`,
        )
      case 'damage':
        return this.#inState(happening.file, (path) => {
          const bytes = readFileSync(path)
          if (bytes.length > 0) bytes[happening.at % bytes.length]! ^= 0x40
          writeFileSync(path, bytes)
        })
      case 'forget':
        return this.#inState(happening.file, (path) => rmSync(path))
      case 'edit':
        this.ledger.apply(happening)
        return this.#date(this.ledger.path)
      default:
        this.ledger.apply(happening)
    }
  }

  /** What a call says: from the cache alone where that is enough, else by the whole program with the cache's help. */
  async quickly(question: Question): Promise<Result> {
    let isRecalled = true
    let isFolded = false
    const length = existsSync(this.ledger.path) ? readFileSync(this.ledger.path).length : 0
    const result = hotAnswer(['check', ...question], this.system, {
      answers: () => {
        isRecalled = false
        return {
          answerFromCache: (name, invocation, cache, judgeNews) =>
            answerFromCache(name, invocation, cache, judgeNews, this.few),
        }
      },
      news: () => {
        isFolded = true
        return news
      },
    })
    if (result === null) return check.run(callOf(question), this.system)
    this.fromCache++
    if (isRecalled) this.recalled++
    else if (!isFolded && length > this.#length) this.counted++
    this.#length = length
    return result
  }

  async thoroughly(question: Question): Promise<Result> {
    return check.run(callOf([...question, '--no-cache']), this.system)
  }

  #inState(nth: number, act: (path: string) => void): void {
    const state = join(this.directory, 'state')
    const names = existsSync(state) ? readdirSync(state).filter((name) => !name.startsWith('.')) : []
    const name = names[nth % Math.max(1, names.length)]
    if (name !== undefined) act(join(state, name))
  }

  #write(path: string, text: string): void {
    writeFileSync(path, `${text}\n`)
    this.#date(path)
  }

  /** The clocks of file systems tick slowly; people do too. */
  #date(path: string): void {
    if (existsSync(path)) utimesSync(path, 1000, ++this.#edits)
  }
}

function callOf(words: readonly string[]): Invocation {
  const call = parseQuickly(check.grammar, words)
  if (call === null) throw new Error(`${words.join(' ')} is no call`)
  return call
}

it('an answer from the cache is the answer of a full reading, byte for byte, whatever happened in between', async () => {
  const root = temporaryDirectory()
  let fromCache = 0
  let recalled = 0
  let counted = 0
  let asked = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyHappening, { maxLength: 25 }), anyFew, async (happenings, few) => {
      rmSync(root, { recursive: true, force: true })
      const world = new World(root, few)
      for (const one of happenings) {
        world.happen(one)
        const question = QUESTIONS[asked++ % QUESTIONS.length]!
        // One after the other is what this is about.
        // oxlint-disable-next-line no-await-in-loop
        const [quick, thorough] = [await world.quickly(question), await world.thoroughly(question)]
        expect(quick).toEqual(thorough)
      }
      fromCache += world.fromCache
      recalled += world.recalled
      counted += world.counted
    }),
    { numRuns: 400 },
  )
  // Else this would compare a full reading with itself.
  expect(fromCache / asked).toBeGreaterThan(0.2)
  expect(counted / asked).toBeGreaterThan(0.02)
  expect(recalled / asked).toBeGreaterThan(0.02)
})

it('a clock that is set back to the day before, from which budgets see as much, still tells that day apart', async () => {
  const world = new World(temporaryDirectory())
  world.happen({ kind: 'wait', hours: (30 - 15) * 24 })
  for (const seed of [1, 2]) world.happen({ kind: 'append', seed })
  world.happen({ kind: 'today', seed: 3 })
  world.happen({ kind: 'wait', hours: 24 })
  world.happen({ kind: 'today', seed: 4 })
  await world.quickly(['--json'])
  world.happen({ kind: 'wait', hours: -24 })
  expect(await world.quickly(['--json'])).toEqual(await world.thoroughly(['--json']))
})
