import { closeSync, mkdirSync, openSync, utimesSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { Filler } from './filler.ts'
import type { Random } from './random.ts'
import { type Response, type Setting, TranscriptLines } from './transcript-lines.ts'
import type { TranscriptTruth } from './transcript-truth.ts'

const MODELS = [
  { id: 'claude-sonnet-4-5-20250929', weight: 60 },
  { id: 'claude-opus-4-1-20250805', weight: 20 },
  { id: 'claude-haiku-4-5-20251001', weight: 20 },
]

const LARGEST_CONTEXT = 180_000
/** Only short sessions are resumed: so many lines at most. */
const RESUMED_LINES = 400
const WRITE_LENGTH = 1 << 20

/** What sessions are made of. */
export interface SessionMaker {
  readonly chance: Random
  readonly filler: Filler
  readonly truth: TranscriptTruth
}

export interface SessionPlan {
  /** Directory of the transcripts of its project. */
  readonly folder: string
  readonly cwd: string
  /** Epoch milliseconds. */
  readonly start: number
  /** About how long its transcript is, in bytes. */
  readonly bytes: number
  /** A session that it goes on from, by copying its lines. */
  readonly resumed: WrittenSession | null
}

/** A session that another may resume. */
export interface WrittenSession {
  readonly session: string
  readonly lines: readonly { readonly text: string; readonly isTelling: boolean }[]
}

/** Writes a session with its subagents. Returns what another may resume, or null for one that is too long. */
export function writeSession(plan: SessionPlan, maker: SessionMaker): WrittenSession | null {
  return new Session(plan, maker).write()
}

class Session {
  readonly #plan: SessionPlan
  readonly #maker: SessionMaker
  readonly #lines: TranscriptLines
  readonly #setting: Setting
  readonly #model: string
  readonly #told: Response[] = []
  readonly #kept: { text: string; isTelling: boolean }[] = []
  #at: number
  #context: number

  constructor(plan: SessionPlan, maker: SessionMaker) {
    const { uuid, integer, pick, weighted } = maker.chance
    this.#plan = plan
    this.#maker = maker
    this.#lines = new TranscriptLines(maker.chance, maker.filler)
    this.#setting = {
      session: uuid(),
      cwd: plan.cwd,
      branch: pick(['main', 'feat/x', 'fix/bug-12']),
      version: `2.0.${integer(10, 76)}`,
      isSidechain: false,
      agent: null,
    }
    this.#model = weighted(MODELS).id
    this.#at = plan.start
    this.#context = integer(12_000, 22_000)
  }

  write(): WrittenSession | null {
    const { session } = this.#setting
    const { next } = this.#maker.chance
    const file = this.#open(`${session}.jsonl`)
    if (next() < 0.5) this.#put(file, this.#lines.summary())
    for (const { text, isTelling } of this.#plan.resumed?.lines ?? []) {
      const from = this.#plan.resumed?.session ?? ''
      this.#put(file, text.replace(`"sessionId":"${from}"`, `"sessionId":"${session}"`), isTelling)
    }
    while (file.bytes < this.#plan.bytes) {
      if (next() < 0.12) this.#prompt(file)
      const tasks = this.#turn(file, this.#setting)
      for (let nth = 0; nth < tasks; nth++) this.#subagent(file)
      if (next() < 0.004) this.#put(file, this.#lines.failure(this.#setting, this.#at))
    }
    file.close(
      this.#at,
      next() < 0.02 ? '{"parentUuid":null,"message":{"id":"msg_torn","usage":{"input_to' : '',
    )
    return this.#kept.length < RESUMED_LINES ? { session, lines: this.#kept } : null
  }

  #prompt(file: OutFile): void {
    this.#at += this.#maker.chance.integer(5000, 900_000)
    this.#put(file, this.#lines.prompt(this.#setting, this.#at))
    this.#put(file, this.#lines.snapshot(this.#at))
  }

  /** A response and what its tools answered; returns how many of these were subagents. */
  #turn(file: OutFile, setting: Setting): number {
    const { next, weighted, integer } = this.#maker.chance
    const response = this.#newResponse(setting)
    if (!setting.isSidechain) this.#told.push(response)
    this.#maker.truth.add(response)
    this.#tell(file, setting, response)
    const results = weighted([
      { count: 0, weight: 15 },
      { count: 1, weight: 65 },
      { count: 2, weight: 20 },
    ]).count
    let tasks = 0
    for (let nth = 0; nth < results; nth++) {
      const isTask = !setting.isSidechain && next() < 0.02
      if (isTask) tasks++
      this.#at += integer(50, 4000)
      this.#put(file, this.#lines.result(setting, isTask, this.#at))
    }
    return tasks
  }

  /** In a file of its own, or among the lines of its session as in older versions. */
  #subagent(file: OutFile): void {
    const { next, integer, pick, uuid } = this.#maker.chance
    const agent = uuid().slice(0, 8)
    const setting = { ...this.#setting, isSidechain: true, agent }
    if (next() < 0.3) {
      for (let turns = integer(2, 8); turns > 0; turns--) this.#turn(file, setting)
      return
    }
    const own = this.#open(`${setting.session}/subagents/agent-${agent}.jsonl`)
    // A side question begins with what was said before, under a new request.
    if (next() < 0.1) this.#tell(own, setting, { ...pick(this.#told), request: `req_${uuid()}` })
    for (let turns = integer(2, 20); turns > 0; turns--) this.#turn(own, setting)
    own.close(this.#at, '')
  }

  #newResponse({ isSidechain }: Setting): Response {
    const { next, integer, uuid } = this.#maker.chance
    const written = integer(80, 4000)
    const response: Response = {
      id: `msg_${uuid()}`,
      request: `req_${uuid()}`,
      model: isSidechain && next() < 0.5 ? 'claude-haiku-4-5-20251001' : this.#model,
      input: integer(1, 40),
      output: integer(30, 2600),
      read: this.#context,
      written,
      hour: next() < 0.15 ? written : 0,
    }
    this.#context = this.#context + written > LARGEST_CONTEXT ? 20_000 : this.#context + written
    return response
  }

  #tell(file: OutFile, setting: Setting, response: Response): void {
    this.#at += this.#maker.chance.integer(200, 9000)
    for (const line of this.#lines.response(setting, response, this.#at)) this.#put(file, line, true)
  }

  #put(file: OutFile, text: string, isTelling = false): void {
    const { truth } = this.#maker
    file.line(text)
    truth.lines++
    if (isTelling) truth.tellings++
    if (file.isMain && this.#kept.length < RESUMED_LINES) this.#kept.push({ text, isTelling })
  }

  #open(name: string): OutFile {
    return new OutFile(join(this.#plan.folder, name), !name.includes('/'), this.#maker.truth)
  }
}

/** A file that is written in large pieces, and is as old as its last line. */
class OutFile {
  readonly isMain: boolean
  bytes = 0
  readonly #path: string
  readonly #fd: number
  readonly #truth: TranscriptTruth
  #lines: string[] = []
  #length = 0

  constructor(path: string, isMain: boolean, truth: TranscriptTruth) {
    mkdirSync(dirname(path), { recursive: true })
    this.isMain = isMain
    this.#path = path
    this.#fd = openSync(path, 'w')
    this.#truth = truth
  }

  line(text: string): void {
    this.#lines.push(text, '\n')
    this.#length += text.length + 1
    this.bytes += text.length + 1
    if (this.#length > WRITE_LENGTH) this.#flush()
  }

  /** Ends it with what a writer that was killed left. */
  close(at: number, torn: string): void {
    this.#lines.push(torn)
    this.#flush()
    closeSync(this.#fd)
    utimesSync(this.#path, at / 1000, at / 1000)
    this.#truth.files++
  }

  #flush(): void {
    this.#truth.bytes += writeSync(this.#fd, this.#lines.join(''))
    this.#lines = []
    this.#length = 0
  }
}
