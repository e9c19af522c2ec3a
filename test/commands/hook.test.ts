import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import * as hook from '../../src/commands/hook.ts'
import { importForHook } from '../../src/commands/import-for-hook.ts'
import { type Result, success } from '../../src/core/result.ts'
import { logError } from '../../src/system/error-log.ts'
import { claimsIn } from '../../src/system/claims.ts'
import { InputTooLarge } from '../../src/system/standard-input.ts'
import type { System } from '../../src/system/system.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { CollectingWorld } from './collecting-world.ts'

interface Started {
  readonly words: readonly string[]
  readonly folder: string
}

/** A world with a hook in it, whose children only say how they were started. */
class HookWorld extends CollectingWorld {
  readonly started: Started[] = []
  readonly variables: Record<string, string> = {}
  stdin: string | null = null
  canStart = true
  readonly hooked: System = {
    ...this.system,
    environment: { ...this.system.environment, variables: this.variables },
    standardInput: { read: () => this.stdin },
    background: {
      start: (words, folder) => this.canStart && this.started.push({ words, folder }) > 0,
    },
  }

  /** An agent calls the hook with an event. */
  call(event: unknown, options: Readonly<Record<string, string>> = {}): Promise<Result> {
    this.stdin = typeof event === 'string' ? event : JSON.stringify(event)
    return hook.run({ arguments: [], options }, this.hooked)
  }

  /** An event of Claude Code about a transcript, which is there. */
  event(name: string, transcript = 'app/a.jsonl'): Record<string, unknown> {
    this.respond(transcript, 'first')
    return {
      session_id: 's',
      transcript_path: this.transcript(transcript),
      cwd: this.project,
      hook_event_name: name,
    }
  }

  /** Codex calls the hook at the end of a turn. */
  turnOfCodex(thread: string): Promise<Result> {
    const event = { type: 'agent-turn-complete', 'thread-id': thread, cwd: this.project }
    return hook.run({ arguments: [JSON.stringify(event)], options: {} }, this.hooked)
  }

  /** What the children import, without what they were told besides. */
  get imports(): readonly (readonly string[])[] {
    return this.started.map(({ words }) => words.slice(1).filter((word) => !word.startsWith('--')))
  }

  errors(directory = this.place.directory): string {
    return readFileSync(join(directory, 'errors.log'), 'utf8')
  }
}

describe('an event', () => {
  it.each(['Stop', 'SubagentStop', 'SessionEnd'])(
    '%s starts an import of its transcript, in silence',
    async (name) => {
      const world = new HookWorld()
      expect(await world.call(world.event(name))).toEqual({ stdout: '', stderr: '', exitCode: 0 })
      expect(world.imports).toEqual([['claude-code', world.transcript('app/a.jsonl')]])
      expect(world.started[0]?.folder).toBe(world.project)
    },
  )

  it.each(['PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'Notification', 'SessionStart', 'constructor'])(
    '%s starts nothing',
    async (name) => {
      const world = new HookWorld()
      await world.call(world.event(name))
      expect(world.started).toEqual([])
    },
  )

  it("of a subagent starts an import of the subagent's transcript too", async () => {
    const world = new HookWorld()
    const agent = world.transcript('app/a/subagents/agent-7.jsonl')
    world.respond('app/a/subagents/agent-7.jsonl', 'second')
    await world.call({ ...world.event('SubagentStop'), agent_id: '7', agent_transcript_path: agent })
    expect(world.imports).toEqual([['claude-code', world.transcript('app/a.jsonl'), agent]])
  })

  it("of Codex comes as an argument, and starts an import of its thread's transcript", async () => {
    const world = new HookWorld()
    const [mine] = ['a1', 'b-a1', 'a11'].map((thread) => rollout(world, thread))
    expect(await world.turnOfCodex('a1')).toEqual(success(''))
    expect(world.imports).toEqual([['codex', mine]])
  })

  it.each(['t', ''])(
    'of Codex about a thread "%s" without a transcript means all of them',
    async (thread) => {
      const world = new HookWorld()
      rollout(world, 'other')
      await world.turnOfCodex(thread)
      expect(world.imports).toEqual([['codex']])
    },
  )

  it('starts nothing as of another instant', async () => {
    const world = new HookWorld()
    await world.call(world.event('Stop'), { now: '2025-12-15T14:30:00Z' })
    expect(world.started).toEqual([])
  })

  it('about a transcript that is gone starts nothing', async () => {
    const world = new HookWorld()
    await world.call({ ...world.event('Stop'), transcript_path: world.transcript('app/gone.jsonl') })
    expect(world.started).toEqual([])
    expect(world.system.files.exists(world.place.directory)).toBe(false)
  })

  it('may be anything at all: the answer is silence', async () => {
    const world = new HookWorld()
    const name = fc.constantFrom('Stop', 'SubagentStop', 'SessionEnd', 'other')
    const path = fc.oneof(fc.string(), fc.constant('/\0'), fc.constant(`/${'a/'.repeat(2000)}`), fc.json())
    const event = fc.record({ hook_event_name: name, transcript_path: path, cwd: path })
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), event), async (given) => {
        expect(await world.call(given)).toEqual(success(''))
      }),
    )
  })
})

describe('the import', () => {
  it('is told of the task that an orchestrator works on', async () => {
    const world = new HookWorld()
    world.variables['CMAT_CURRENT_TASK_ID'] = '--task 17'
    await world.call(world.event('Stop'))
    expect(world.started[0]?.words).toContain('--task-id=--task 17')
  })

  it('is told of no task where it reads the transcripts of others too', async () => {
    const world = new HookWorld()
    world.variables['CMAT_CURRENT_TASK_ID'] = '17'
    rollout(world, 'a1')
    const isTold = (): boolean => world.started.at(-1)!.words.includes('--task-id=17')
    await world.turnOfCodex('a1')
    expect(isTold()).toBe(true)
    await world.turnOfCodex('gone')
    expect([world.imports.at(-1), isTold()]).toEqual([['codex'], false])
    const { transcript_path: _, ...event } = world.event('Stop')
    await world.call(event)
    expect([world.imports.at(-1), isTold()]).toEqual([['claude-code'], false])
  })

  it('that cannot be started leaves nothing claimed, and a line in errors.log', async () => {
    const world = new HookWorld()
    world.canStart = false
    expect(await world.call(world.event('Stop'))).toEqual(success(''))
    expect(claimsOf(world)).toEqual([])
    expect(world.errors()).toMatch(/no import could be started in the background: run ai-costs import\n$/)
  })

  it('has the ledger and the settings of the call', async () => {
    const world = new HookWorld()
    const dir = join(world.home, 'costs')
    await world.call(world.event('Stop'), { dir, config: '-odd' })
    expect(world.started[0]?.words).toEqual(expect.arrayContaining([`--dir=${dir}`, '--config=-odd']))
    expect(world.system.files.isDirectory(join(dir, 'state', 'claims'))).toBe(true)
  })

  it('is about the ledger where the agent works, wherever the hook was called', async () => {
    const world = new HookWorld()
    const other = join(world.home, 'other')
    mkdirSync(join(other, '.ai-costs'), { recursive: true })
    await world.call({ ...world.event('Stop'), cwd: other })
    expect(world.started[0]?.folder).toBe(other)
    expect(world.system.files.isDirectory(join(other, '.ai-costs', 'state', 'claims'))).toBe(true)
  })

  it('is started once for a transcript until it sets out', async () => {
    const world = new HookWorld()
    const event = world.event('Stop')
    await Promise.all(Array.from({ length: 200 }, () => world.call(event)))
    expect(world.imports).toHaveLength(1)
    giveUpAll(world)
    await world.call(event)
    expect(world.imports).toHaveLength(2)
  })

  it('of one transcript does not hold up that of another', async () => {
    const world = new HookWorld()
    await world.call(world.event('Stop'))
    const agents = [1, 2, 3].map((nth) => `app/a/subagents/agent-${nth}.jsonl`)
    const event = world.event('SubagentStop')
    for (const agent of agents) world.respond(agent, agent)
    const transcripts = agents.map((agent) => world.transcript(agent))
    await Promise.all(transcripts.map((path) => world.call({ ...event, agent_transcript_path: path })))
    // That of the session is claimed by the first.
    expect(world.imports.slice(1)).toEqual(agents.map((agent) => ['claude-code', world.transcript(agent)]))
  })

  it('that was claimed minutes ago and never set out is started again', async () => {
    const world = new HookWorld()
    const event = world.event('Stop')
    await world.call(event)
    const [claim = ''] = claimsOf(world)
    const longAgo = Date.now() / 1000 - 6 * 60
    utimesSync(join(world.place.directory, 'state', 'claims', claim), longAgo, longAgo)
    await world.call(event)
    expect(world.imports).toHaveLength(2)
  })
})

describe('trouble', () => {
  it('is one line in errors.log beside the ledger where the agent works', async () => {
    const world = new HookWorld()
    const other = join(world.home, 'other', '.ai-costs')
    mkdirSync(other, { recursive: true })
    writeFileSync(join(other, 'state'), 'in the way')
    expect(await world.call({ ...world.event('Stop'), cwd: join(world.home, 'other') })).toEqual(success(''))
    expect(world.errors(other)).toMatch(/^\d{4}-\S+Z .*state is not a directory\n$/)
  })

  it('is one line where the hook was called when the event is too large to say where the agent works', async () => {
    const world = new HookWorld()
    await world.call(world.event('Stop'))
    const standardInput = {
      read() {
        throw new InputTooLarge()
      },
    }
    const told = await hook.run({ arguments: [], options: {} }, { ...world.hooked, standardInput })
    expect(told).toEqual(success(''))
    expect(world.errors()).toContain('too much on standard input')
  })

  it('is silent where there is nowhere to tell', async () => {
    const world = new HookWorld()
    writeFileSync(world.place.directory, 'a file')
    expect(await world.call(world.event('Stop'))).toEqual(success(''))
    expect(await world.call(world.event('Stop'), { dir: '' })).toEqual(success(''))
    expect(world.started).toEqual([])
  })

  it('is a project ledger that is a link: a cloned repository may have brought it', async () => {
    const world = new HookWorld()
    const elsewhere = join(world.home, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, join(world.project, '.ai-costs'))
    await world.call(world.event('Stop'))
    expect(world.started).toEqual([])
    expect(world.system.files.exists(join(elsewhere, 'state'))).toBe(false)
  })
})

describe('an import on behalf of a hook', () => {
  const NAMES = ['import-1', 'import-2', '../../precious']

  it.each([
    ['ends well', () => Promise.resolve(success('')), null],
    [
      'saves nothing',
      () => Promise.resolve({ stdout: '', stderr: 'ai-costs: the disk is full\n', exitCode: 1 }),
      'ai-costs: the disk is full',
    ],
    ['fails', () => Promise.reject(new Error('the disk\nis gone')), 'the disk is gone'],
  ])('that %s leaves nothing claimed, and tells errors.log what went wrong', async (_, answer, told) => {
    const world = new HookWorld()
    const { directory } = world.place
    mkdirSync(directory)
    writeFileSync(join(directory, 'precious'), '')
    const claims = claimsIn(directory, Date.now)
    for (const name of NAMES.slice(0, 2)) claims.take(name)
    const call = { place: world.place } as Parameters<typeof importForHook>[1]
    await importForHook(NAMES, call, world.system, answer).catch(() => {})
    expect(claimsOf(world)).toEqual([])
    expect(world.system.files.exists(join(directory, 'precious'))).toBe(true)
    if (told === null) expect(world.system.files.exists(join(directory, 'errors.log'))).toBe(false)
    else expect(world.errors()).toMatch(new RegExp(`^\\S+Z ${told}\n$`))
  })

  it('gives up its claims once: those taken since are of others', async () => {
    const world = new HookWorld()
    mkdirSync(world.place.directory)
    const claims = claimsIn(world.place.directory, Date.now)
    claims.take('import-1')
    const call = { place: world.place } as Parameters<typeof importForHook>[1]
    await importForHook(['import-1'], call, world.system, ({ giveUp }) => {
      giveUp()
      expect(claims.take('import-1')).toBe(true)
      return Promise.resolve(success(''))
    })
    expect(claimsOf(world)).toEqual(['import-1'])
  })
})

describe('errors.log', () => {
  it('never takes more than a megabyte with what came before it, and keeps the latest', () => {
    const directory = temporaryDirectory()
    for (let nth = 0; nth < 5000; nth++) logError(directory, `${nth} ${'x'.repeat(1000)}`, () => 0)
    const [now, before] = ['errors.log', 'errors.log.1'].map((name) => readFileSync(join(directory, name)))
    expect((now?.length ?? 0) + (before?.length ?? 0)).toBeLessThan(1.1e6)
    expect(now?.toString()).toMatch(/ 4999 x+\n$/)
  })

  it('tells what repeats once an hour', () => {
    const directory = temporaryDirectory()
    const tell = (minute: number, message: string) => logError(directory, message, () => minute * 60_000)
    for (const minute of [0, 1, 59]) for (const message of ['one', 'two']) tell(minute, message)
    tell(61, 'one')
    // A clock that was set back.
    tell(30, 'two')
    const told = readFileSync(join(directory, 'errors.log'), 'utf8')
    expect(told.split('\n').map((line) => line.slice('1970-01-01T'.length))).toEqual([
      '00:00:00.000Z one',
      '00:00:00.000Z two',
      '01:01:00.000Z one',
      '',
    ])
  })

  it('keeps nobody waiting, though it is a pipe', () => {
    const directory = temporaryDirectory()
    execFileSync('mkfifo', [join(directory, 'errors.log')])
    logError(directory, 'trouble', () => 0)
    expect(readdirSync(directory)).toEqual(['errors.log'])
  })

  it('is not written through a link', () => {
    const directory = temporaryDirectory()
    const precious = join(directory, 'precious')
    writeFileSync(precious, 'mine')
    symlinkSync(precious, join(directory, 'errors.log'))
    logError(directory, 'trouble', () => 0)
    expect(readFileSync(precious, 'utf8')).toBe('mine')
  })
})

/** A transcript of Codex; the answer is its path. */
function rollout(world: HookWorld, thread: string): string {
  const path = join(world.home, `.codex/sessions/2026/11/20/rollout-2026-11-20T10-00-00-${thread}.jsonl`)
  world.append(path, '{}')
  return path
}

function claimsOf({ place }: HookWorld): readonly string[] {
  return readdirSync(join(place.directory, 'state', 'claims'))
}

function giveUpAll(world: HookWorld): void {
  for (const name of claimsOf(world)) world.system.claims(world.place.directory).giveUp(name)
}
