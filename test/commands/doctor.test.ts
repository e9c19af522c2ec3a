import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import * as doctor from '../../src/commands/doctor.ts'
import * as importing from '../../src/commands/import.ts'
import * as init from '../../src/commands/init.ts'
import { Unreadable } from '../../src/system/file-system.ts'
import { createSystem } from '../../src/system/create-system.ts'
import type { System } from '../../src/system/system.ts'
import { usage } from '../kit/fold-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { aResponse, responseLines } from '../kit/transcripts.ts'
import { type Answer, call } from './calling.ts'

let home: string
let system: System
let variables: Record<string, string>

beforeEach(() => {
  home = temporaryDirectory()
  variables = { XDG_CONFIG_HOME: join(home, '.config') }
  mkdirSync(join(home, 'app'))
  const real = createSystem()
  system = {
    ...real,
    environment: {
      ...real.environment,
      home,
      workingDirectory: join(home, 'app'),
      variables,
      zone: () => 'UTC',
    },
    clock: { ...real.clock, now: () => Date.UTC(2025, 11, 15, 12) },
  }
})

const examine = (words = ''): Promise<Answer> => call(doctor, words, system)

function write(path: string, text: string): void {
  const whole = join(home, path)
  mkdirSync(dirname(whole), { recursive: true, mode: 0o700 })
  writeFileSync(whole, text, { mode: 0o600 })
}

function transcript(name = 's-1'): void {
  const lines = responseLines(aResponse({ cwd: join(home, 'app'), session: name }))
  write(`.claude/projects/-app/${name}.jsonl`, lines.map((line) => `${line}\n`).join(''))
}

interface Found {
  readonly topic: string
  readonly health: string
  readonly message: string
  readonly fix: string | null
  readonly facts: Record<string, unknown>
}

async function findings(topic: string): Promise<readonly Found[]> {
  const { stdout } = await examine('--json')
  return (JSON.parse(stdout) as { findings: Found[] }).findings.filter((one) => one.topic === topic)
}

describe('doctor', () => {
  it('says of an empty machine where the ledger would be and how to begin one', async () => {
    const { stdout, stderr, exitCode } = await examine()
    expect([stderr, exitCode]).toEqual(['', 0])
    expect(stdout).toMatch(
      /^1 worth a look\.\n\nWorth a look\n {2}ledger: there is none yet, ~\/\.ai-costs would/,
    )
    expect(stdout).toContain('    fix: ai-costs import brings in')
    expect(stdout).toContain('\nNot used here\n')
    expect(stdout).toContain('  Codex CLI: there is no ~/.codex/sessions, nor 1 other place\n')
  })

  it('makes nothing', async () => {
    await examine()
    expect(system.files.exists(join(home, '.ai-costs'))).toBe(false)
  })

  it('counts files, records and damaged lines of the ledger', async () => {
    write('.ai-costs/sessions.jsonl', `${usage({ id: 'a', cost_usd: 1 })}\n{torn\n`)
    write('.ai-costs/sessions-2024.jsonl', `${usage({ id: 'b', cost_usd: 1 })}\n`)
    const [damage, ledger] = await findings('ledger')
    expect(damage).toMatchObject({
      health: 'attention',
      message: expect.stringContaining('sessions.jsonl:2'),
    })
    expect(ledger?.facts).toMatchObject({ files: 2, records: 2, damaged: 1, rejected: 0 })
  })

  it('names models of the last 30 days that have no price, with the fix', async () => {
    write(
      '.ai-costs/sessions.jsonl',
      [
        usage({ id: 'a', model: 'acme-1', timestamp: '2025-11-20T10:00:00Z' }),
        usage({ id: 'b', model: 'acme-2', timestamp: '2025-11-01T10:00:00Z' }),
        '',
      ].join('\n'),
    )
    expect(await findings('prices')).toMatchObject([
      {
        health: 'attention',
        message: 'acme-1 has none: 1 record of the last 30 days, 110 tokens',
        fix: expect.stringContaining('add to prices.yaml'),
      },
      { health: 'fine', facts: { updated: null } },
    ])
  })

  it.skipIf(process.platform === 'win32')('says who else may look into the ledger', async () => {
    write('.ai-costs/sessions.jsonl', '')
    chmodSync(join(home, '.ai-costs'), 0o755)
    expect(await findings('ledger')).toMatchObject([
      { health: 'attention', fix: `chmod go-rwx ${join(home, '.ai-costs')}`, facts: { mode: '755' } },
      { health: 'fine' },
    ])
  })

  it('says when nothing can be saved', async () => {
    write('.ai-costs/sessions.jsonl', '')
    const files = { ...system.files, permissions: () => ({ mode: 0o500, isWritable: false }) }
    system = { ...system, files }
    expect((await findings('ledger'))[0]).toMatchObject({ health: 'attention', facts: { writable: false } })
  })

  it('exits with 3 and puts it first when a settings file is broken', async () => {
    write('.config/ai-costs/cost-limits.yaml', 'budgets:\n  daily: ten\n')
    const { stdout, exitCode } = await examine()
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(
      /^1 thing broken, 1 worth a look\.\n\nBroken\n {2}settings: ~\/\.config\/ai-costs\/cost-limits\.yaml:2:10: budgets\.daily is "ten".*\n {4}fix: write/,
    )
  })

  it('exits with 3 when the ledger cannot be read, and still looks at everything else', async () => {
    write('.ai-costs', 'a file')
    write('app/.ai-costs/sessions.jsonl/x', '')
    const { stdout, exitCode } = await examine()
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/Broken\n {2}ledger: /)
    expect(stdout).toContain('Node: ')
  })

  it('exits with 3 when the updated prices are none', async () => {
    const prices = {
      ...system.prices,
      updated: () => {
        throw new Unreadable('/p.json', 'is no price table of ours', 'remove it')
      },
    }
    system = { ...system, prices }
    expect(await findings('prices')).toMatchObject([{ health: 'broken', fix: 'remove it' }])
    expect((await examine()).exitCode).toBe(3)
  })

  it('says what of a tool is not imported yet, until it is', async () => {
    transcript()
    expect(await findings('Claude Code')).toMatchObject([
      {
        health: 'attention',
        fix: 'ai-costs import claude-code',
        facts: { transcripts: 1, pending: 1, imported: null },
      },
    ])
    await call(importing, '', system)
    expect(await findings('Claude Code')).toMatchObject([
      { health: 'fine', fix: null, facts: { pending: 0 } },
    ])
    transcript('s-2')
    expect(await findings('Claude Code')).toMatchObject([{ health: 'attention', facts: { pending: 1 } }])
  })

  it('goes on saying which transcripts were read in vain', async () => {
    for (const name of ['s-1', 's-2', 's-3', 's-4', 's-5']) {
      const [line = ''] = responseLines(aResponse({ cwd: join(home, 'app'), session: name }))
      write(`.claude/projects/-app/${name}.jsonl`, `${line.replace('"usage":', '"usageV2":')}\n`)
    }
    await call(importing, '', system)
    const strange = (await findings('Claude Code')).filter(({ facts }) => 'strange' in facts)
    expect(strange.map(({ health, facts }) => [health, facts['strange']])).toEqual([
      ['attention', 1],
      ['attention', 1],
      ['attention', 1],
    ])
    expect(strange[2]?.message).toMatch(/1 part of a form that is not known, .*2 other transcripts$/)
  })

  it('leaves to the pane what is collected', async () => {
    transcript()
    write('.config/ai-costs/cost-limits.yaml', 'collect: [claude-code]\n')
    expect(await findings('Claude Code')).toMatchObject([{ health: 'fine', facts: { pending: 1 } }])
  })

  it('names every directory that it looked at, found or missing', async () => {
    transcript()
    const [claude] = await findings('Claude Code')
    expect(claude?.facts['directories']).toContainEqual({
      path: join(home, '.claude/projects'),
      found: true,
    })
    expect(claude?.facts['directories']).toContainEqual({
      path: join(home, '.claude/transcripts'),
      found: false,
    })
  })

  it('says which tools need SQLite where there is none', async () => {
    write('.local/share/opencode/opencode.db', '')
    const transcripts = { ...system.transcripts, loadDatabases: () => Promise.resolve(false) }
    system = { ...system, transcripts }
    expect((await findings('OpenCode'))[0]).toMatchObject({
      health: 'attention',
      fix: 'use Node 22.13 or later, or npm install -g libsql',
    })
  })

  it('says of a tool whose transcripts may not be read', async () => {
    transcript()
    const reason = new Unreadable(
      '/s-1.jsonl',
      'cannot be read (EACCES)',
      'give this user the right to read it',
    )
    const head = (): string => {
      throw reason
    }
    system = { ...system, transcripts: { ...system.transcripts, head } }
    expect((await findings('Claude Code'))[0]).toMatchObject({
      health: 'attention',
      fix: 'give this user the right to read it',
    })
  })

  it('names the newest transcripts that cannot be read, and says how many others there are', async () => {
    for (let nth = 0; nth < 7; nth++) {
      transcript(`s-${nth}`)
      utimesSync(join(home, `.claude/projects/-app/s-${nth}.jsonl`), 1000 + nth, 1000 + nth)
    }
    system = { ...system, transcripts: { ...system.transcripts, head: headOfFew } }
    expect((await findings('Claude Code')).map(({ message }) => message.replace(/^.*-app\//, ''))).toEqual([
      's-5.jsonl cannot be read (EIO)',
      's-4.jsonl cannot be read (EACCES)',
      's-3.jsonl cannot be read (EACCES)',
      '3 more transcripts cannot be read',
      expect.stringContaining('7 transcripts'),
    ])
  })

  it.each([
    ['none', {}, 'fine', 'none in'],
    ['after each turn', { Stop: 'ai-costs hook' }, 'fine', 'Stop in'],
    ['only before', { PreToolUse: 'ai-costs hook' }, 'attention', 'PreToolUse in'],
  ])('says which hooks call it: %s', async (_, commands, health, message) => {
    const hooks = Object.entries(commands).map(([event, command]) => [event, [{ hooks: [{ command }] }]])
    write('.claude/settings.json', JSON.stringify({ hooks: Object.fromEntries(hooks) }))
    expect(await findings('hooks')).toMatchObject([{ health, message: expect.stringContaining(message) }])
  })

  it.each([
    ['.claude/settings.json', 'claude-code'],
    ['app/.codex/hooks.json', 'codex --here'],
    ['.config/opencode/plugins/ai-costs.js', 'opencode'],
  ])('says when %s calls what is gone', async (path, tool) => {
    const program = { node: process.execPath, script: join(home, 'ai-costs', 'bin.cjs') }
    const there = { ...system, ownProgram: () => program }
    await call(init, `--tool ${tool}`, there)
    expect(await findings('hooks')).toContainEqual(
      expect.objectContaining({
        health: 'attention',
        message: `${join(home, path)} calls ${program.script}, which is gone`,
        fix: `ai-costs init --tool ${tool} brings it up to date`,
      }),
    )
    write('ai-costs/bin.cjs', '')
    expect((await findings('hooks')).filter(({ health }) => health !== 'fine')).toEqual([])
  })

  it('prints nothing that acts on a terminal', async () => {
    write('.ai-costs/sessions.jsonl', `${usage({ id: 'a', model: 'x\u001b[31m' })}\n`)
    expect((await examine()).stdout).not.toContain('\u001b')
  })
})

/** Of seven transcripts only the newest can be read. */
function headOfFew(path: string): string {
  if (path.endsWith('s-6.jsonl')) return ''
  if (path.endsWith('s-5.jsonl')) throw Object.assign(new Error('EIO'), { code: 'EIO' })
  throw new Unreadable(path, 'cannot be read (EACCES)', 'give this user the right to read it')
}
