import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it, test } from 'vitest'

import { UsageError } from '../../src/commands/command.ts'
import * as importing from '../../src/commands/import.ts'
import type { System } from '../../src/system/system.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { type AResponse, aResponse, responseLines } from '../kit/transcripts.ts'
import { type Answer, call } from './calling.ts'
import { SYSTEM } from './importing.ts'

let home = ''
let project = ''
beforeEach(() => {
  home = realpathSync(temporaryDirectory())
  project = join(home, 'app')
  mkdirSync(join(project, '.ai-costs'), { recursive: true })
})

/** The machine of a user whose home is the test's. */
function system(workingDirectory = project, stdin: string | null = null): System {
  const environment = {
    ...SYSTEM.environment,
    home,
    variables: {},
    platform: 'linux',
    workingDirectory,
    zone: () => 'UTC',
  }
  return { ...SYSTEM, environment, standardInput: { read: () => stdin } }
}

const run = (words: string, world = system()): Promise<Answer> => call(importing, words, world)

function tell(name: string, ...responses: readonly Partial<AResponse>[]): string {
  const path = join(home, '.claude/projects', name)
  mkdirSync(dirname(path), { recursive: true })
  const lines = responses.flatMap((one) => responseLines(aResponse({ cwd: project, ...one }), 2))
  appendFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** Of Claude Code, as `--json` reports them. */
function responsesOf(json: string): number | undefined {
  const { sources } = JSON.parse(json) as { sources: { source: string; responses: number }[] }
  return sources.find(({ source }) => source === 'claude-code')?.responses
}

function records(directory = join(project, '.ai-costs')): Record<string, unknown>[] {
  const path = join(directory, 'sessions.jsonl')
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  return lines.map((line): Record<string, unknown> => JSON.parse(line))
}

const messages = () => records().map(({ id }) => String(id).split(':')[1])

async function imported(words: string, world = system()): Promise<Record<string, unknown>> {
  const answer = await run(`${words} --json`, world)
  expect(answer).toMatchObject({ stderr: '', exitCode: 0 })
  const { sources } = JSON.parse(answer.stdout)
  return sources.find(({ source }: { readonly source: string }) => source === 'claude-code')
}

describe('an import', () => {
  it('says what came in, and the next one that nothing did', async () => {
    tell('p/s-1.jsonl', {}, { message: 'msg_2', request: 'req_2' })
    const ledger = join(project, '.ai-costs/sessions.jsonl')
    const { stdout, stderr, exitCode } = await run('')
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toContain(`Imported 2 responses, $0.03, into ${ledger}\n`)
    expect(stdout).toContain('  Claude Code: 1 file, 1 read,')
    expect(await run('')).toEqual({
      stdout: `Nothing new for ${ledger}\n  Claude Code: 1 file, unchanged\n`,
      stderr: '',
      exitCode: 0,
    })
  })

  it('of nothing says where to look', async () => {
    expect((await run('')).stdout).toBe(
      'No transcripts found: see ai-costs doctor for where they are looked for\n',
    )
    expect(existsSync(join(project, '.ai-costs/state'))).toBe(false)
  })

  it('names the model that has no price, and the line to add', async () => {
    tell('p/s-1.jsonl', { model: 'acme-1' })
    expect(await run('')).toMatchObject({
      stderr: expect.stringMatching(
        /^ai-costs: acme-1 has no price: 1 response, 21,610 tokens: .*acme-1.*\n$/,
      ),
      exitCode: 0,
    })
  })

  it('names the file that has what nobody knows, and is no success', async () => {
    const path = tell('p/s-1.jsonl', {})
    writeFileSync(path, readFileSync(path, 'utf8').replace('"input_tokens":10', '"input_tokens":"ten"'))
    expect(await run('')).toMatchObject({
      stderr: `ai-costs: ${path} has 1 part of a form that is not known, which may hold usage: look at the file\n`,
      exitCode: 1,
    })
    expect(records()).toHaveLength(1)
  })

  it('says so again as long as the file is there, also beside good ones', async () => {
    const path = tell('p/s-1.jsonl', {})
    writeFileSync(path, readFileSync(path, 'utf8').replace('"usage":', '"usageV2":'))
    tell('p/s-2.jsonl', {})
    const first = await run('--json')
    const again = await run('--json')
    const complaint = { exitCode: 1, stderr: expect.stringContaining(`${path} has `) }
    expect([first, again]).toMatchObject([complaint, complaint])
    expect([first, again].map(({ stdout }) => responsesOf(String(stdout)))).toEqual([1, 0])
  })

  it('reports what the ledger then counts, also where a response grows from file to file', async () => {
    const path = tell('p/s-1.jsonl', {})
    const [early = ''] = readFileSync(path, 'utf8').split('\n')
    writeFileSync(path, `${early}\n`)
    tell('p/s-2.jsonl', {})
    const outcome = await run('--json')
    const { sources } = JSON.parse(String(outcome.stdout)) as {
      sources: { source: string; cost_usd: number }[]
    }
    const largest = Math.max(...records().map(({ cost_usd: cost }) => Number(cost)))
    expect(sources.find(({ source }) => source === 'claude-code')?.cost_usd).toBeCloseTo(largest, 9)
  })

  it('goes on when nothing was appended but the time of a file changed', async () => {
    const path = tell('p/s-1.jsonl', {})
    await run('')
    writeFileSync(path, readFileSync(path, 'utf8'))
    expect(await imported('')).toMatchObject({ responses: 0 })
    expect(records()).toHaveLength(1)
  })
})

describe('a project’s ledger', () => {
  beforeEach(() => {
    tell(
      'p/s-1.jsonl',
      { message: 'at' },
      { message: 'below', cwd: join(project, 'src') },
      { message: 'beside', cwd: join(home, 'app-2') },
    )
  })

  test.each<[what: string, words: string, ids: readonly string[]]>([
    ['gets what was done below the project', '', ['at', 'below']],
    ['gets the rest with --all', '--all', ['at', 'below', 'beside']],
  ])('%s', async (_, words, ids) => {
    await run(words)
    expect(messages()).toEqual(ids)
  })

  it('is found from below, and its records counted', async () => {
    mkdirSync(join(project, 'src/deep'), { recursive: true })
    expect(await imported('', system(join(project, 'src/deep')))).toMatchObject({
      responses: 2,
      elsewhere: 1,
    })
  })

  it('that is reached through a link gets what the project’s real folder says', async () => {
    symlinkSync(project, join(home, 'link'))
    await run('', system(join(home, 'link')))
    expect(messages()).toEqual(['at', 'below'])
  })

  it('that was named gets everything', async () => {
    await run(`--dir ${join(project, '.ai-costs')}`)
    expect(messages()).toEqual(['at', 'below', 'beside'])
  })

  it('that is a link is not trusted', async () => {
    rmSync(join(project, '.ai-costs'), { recursive: true })
    mkdirSync(join(home, 'elsewhere'))
    symlinkSync(join(home, 'elsewhere'), join(project, '.ai-costs'))
    expect(await run('')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/is a symbolic link, .*--dir/),
    })
    expect(records(join(home, 'elsewhere'))).toEqual([])
  })
})

it('without a project everything comes into the user’s own ledger, which is made', async () => {
  rmSync(join(project, '.ai-costs'), { recursive: true })
  tell('p/s-1.jsonl', { message: 'a' }, { message: 'b', cwd: '/somewhere/else' })
  await run('')
  expect(records(join(home, '.ai-costs'))).toHaveLength(2)
})

describe('--since', () => {
  beforeEach(() => {
    tell(
      'p/s-1.jsonl',
      { message: 'a', at: Date.UTC(2025, 11, 9, 23, 30) },
      { message: 'b', at: Date.UTC(2025, 11, 10, 0, 30) },
    )
  })

  test.each<[since: string, ids: readonly string[]]>([
    ['2025-12-10', ['b']],
    ['2025-12-09', ['a', 'b']],
    ['2025-12-11', []],
    ['2025-12-10T00:30:00Z', ['b']],
    ['2025-12-10T00:30:01Z', []],
  ])('%s', async (since, ids) => {
    await run(`--since ${since}`)
    expect(messages()).toEqual(ids)
  })

  it('is a day of the zone that is set', async () => {
    mkdirSync(join(project, '.ai-config'))
    writeFileSync(join(project, '.ai-config/cost-limits.yaml'), 'timezone: Europe/Berlin\n')
    await run('--since 2025-12-10')
    expect(messages()).toEqual(['a', 'b'])
  })

  it('that is no day says how to write one', async () => {
    await expect(run('--since yesterday')).rejects.toThrow(
      new UsageError('--since is no day: write it like 2026-11-01'),
    )
  })
})

describe('options', () => {
  it('--dry-run says what would come in, and saves nothing', async () => {
    tell('p/s-1.jsonl', {})
    const { stdout, exitCode } = await run('--dry-run')
    expect([stdout.split(',')[0], exitCode]).toEqual(['Would import 1 response', 0])
    expect([records(), existsSync(join(project, '.ai-costs/state'))]).toEqual([[], false])
  })

  it('--task-id and --enhancement label what comes in', async () => {
    tell('p/s-1.jsonl', {})
    await run('--task-id T-7 --enhancement faster')
    expect(records()).toMatchObject([{ task_id: 'T-7', enhancement: 'faster' }])
  })

  it('--now is wrong: nothing is written as of another instant', async () => {
    await expect(run('--now 2025-12-15T00:00:00Z')).rejects.toThrow(
      /--now reads only: leave it out to import/,
    )
  })
})

it('imports nothing while the settings are broken', async () => {
  tell('p/s-1.jsonl', {})
  mkdirSync(join(project, '.ai-config'))
  writeFileSync(join(project, '.ai-config/cost-limits.yaml'), 'budgets:\n  daily: -1\n')
  const { stderr, exitCode } = await run('')
  expect([exitCode, records()]).toEqual([1, []])
  expect(stderr).toMatch(/cost-limits\.yaml:2.*nothing was imported: mend that first\n$/s)
})

it('lets the lock go, also when it fails', async () => {
  tell('p/s-1.jsonl', {})
  const lock = join(project, '.ai-costs/state/import.lock')
  symlinkSync(join(home, 'nowhere'), join(project, '.ai-costs/sessions.jsonl'))
  expect(await run('')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(
      /sessions\.jsonl is a symbolic link, nothing was saved: put a plain file there/,
    ),
  })
  expect([existsSync(lock), existsSync(join(home, 'nowhere'))]).toEqual([false, false])
  rmSync(join(project, '.ai-costs/sessions.jsonl'))
  await run('')
  expect([existsSync(lock), records().length]).toEqual([false, 1])
})

describe('what comes through a pipe', () => {
  const LINE = `${responseLines(aResponse()).join('\n')}\n`

  it('is known by its form', async () => {
    expect(await imported('- --all', system(project, LINE))).toMatchObject({ responses: 1, tellings: 1 })
    expect(await imported('- --all', system(project, LINE))).toMatchObject({ responses: 0 })
    expect(records()).toHaveLength(1)
  })

  it('is what the call says', async () => {
    expect((await run('droid - --all', system(project, LINE))).stdout).toContain('Droid: 1 file')
    expect(records()).toEqual([])
  })

  it('and the same from its file afterwards is no news', async () => {
    tell('p/s-1.jsonl', { cwd: '/home/u/app' })
    await run('- --all', system(project, LINE))
    await run('--all')
    expect(new Set(records().map(({ id }) => id)).size).toBe(1)
  })

  test.each<[what: string, words: string, stdin: string | null, message: RegExp]>([
    ['nothing', '-', null, /nothing on standard input: pipe a transcript into it/],
    ['something of no known form', '-', 'hello', /form that no source knows: name the source before the -/],
    ['paths beside it', '- a.jsonl', LINE, /leave the paths out, or the -/],
  ])('%s: an error that says what to do', async (_, words, stdin, message) => {
    await expect(run(words, system(project, stdin))).rejects.toThrow(message)
  })
})
