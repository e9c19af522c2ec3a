// One after the other is what these promises are about.
/* oxlint-disable no-await-in-loop */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { CLI, type Outcome, runProgram } from './run.ts'
import { NOW, type Sandbox, line, sandbox } from './sandbox.ts'

const LOG = ['log', 'claude-sonnet-4', '12000', '4500', '8000', '3000', '--now', NOW] as const

describe('a record that cannot be saved', () => {
  it('is refused where the ledger is a link, for a cloned repository may bring one', async () => {
    const box = sandbox()
    const keys = join(box.home, 'authorized_keys')
    writeFileSync(keys, 'ssh-ed25519 AAAA\n')
    mkdirSync(box.costs)
    symlinkSync(keys, box.ledger)
    expect(await box.run(LOG)).toEqual(
      failure(`${box.ledger} is a symbolic link, nothing was saved: put a plain file there`),
    )
    expect(readFileSync(keys, 'utf8')).toBe('ssh-ed25519 AAAA\n')
  })

  it('is refused by a link to a full device, before anything is written', async () => {
    const box = sandbox()
    mkdirSync(box.costs)
    symlinkSync('/dev/full', box.ledger)
    expect((await box.run(LOG)).code).toBe(1)
  })

  it.each([
    ['.ai-costs', [], 'is a file, not a directory, nothing was saved: move it away'],
    ['costs', ['--dir', 'costs'], 'is a file, not a directory, nothing was saved: move it away'],
    [
      'costs',
      ['--dir', 'costs/deeper'],
      'the record was NOT saved (ENOTDIR), a part of that path is a file: move it away',
    ],
  ])('is refused where %s is a file', async (name, options, sentence) => {
    const box = sandbox()
    box.write(name, 'precious')
    const { code, stderr } = await box.run([...LOG, ...options])
    expect(code).toBe(1)
    expect(stderr).toContain(sentence)
    expect(readFileSync(join(box.project, name), 'utf8')).toBe('precious')
  })

  it('is refused by a kernel that will not have a directory there, at once', async () => {
    const box = sandbox()
    const { code, stderr } = await box.run([...LOG, '--dir', '/proc/ai-costs'])
    expect(code).toBe(1)
    expect(stderr).toContain('/proc/ai-costs: the record was NOT saved')
  })

  it('is reported when the file may not grow, and the next one is whole', async () => {
    const box = sandbox()
    const padding = fill(box, 8100)
    const limited = (): Promise<Outcome> => inShell(box, 'ulimit -f 8')
    expect(await limited()).toEqual(
      failure(
        expect.stringMatching(
          /: only 92 of \d+ bytes fit, the record was NOT saved: free some disk space\n$/,
        ),
      ),
    )
    expect(await limited()).toEqual(
      failure(
        `${box.ledger}: the record was NOT saved (EFBIG), the file may not grow any further: raise the limit (ulimit -f)`,
      ),
    )
    expect((await box.run(LOG)).code).toBe(0)
    expect(box.readLedger().startsWith(padding)).toBe(true)
    expect(await spentOf(box)).toBe(1.11715)
  })

  it('is reported when the disk is full, and the next one is whole', async (context) => {
    const box = sandbox()
    if (!mayMount()) return context.skip('no mount namespaces here: the full disk was not tried')
    mkdirSync(box.costs)
    // A disk of 64 KiB, gone with its namespace; what matters of it is copied out.
    const outcome = await runProgram(
      'unshare',
      ['-Urm', 'sh', '-ec', FULL_DISK, 'sh', box.costs, process.execPath, CLI, ...LOG],
      { cwd: box.project, env: box.env },
    )
    expect(outcome.stderr.split('\n')).toEqual([
      expect.stringMatching(/: only \d+ of \d+ bytes fit, the record was NOT saved: free some disk space$/),
      `ai-costs: ${box.ledger}: the record was NOT saved (ENOSPC), the disk is full: free some space`,
      '',
    ])
    expect(outcome.stdout).toMatch(
      /^1\n1\nLogged: \$0\.11715 .*\n0\nCRITICAL daily \$0\.12 of \$0\.12 \(97%\)/,
    )
  })

  it('is reported on a disk that is read-only', async (context) => {
    const box = sandbox()
    if (!mayMount()) return context.skip('no mount namespaces here: the read-only disk was not tried')
    mkdirSync(box.costs)
    const script = 'mount -t tmpfs -o ro tmpfs "$1"; shift; exec "$@"'
    const outcome = await runProgram(
      'unshare',
      ['-Urm', 'sh', '-ec', script, 'sh', box.costs, process.execPath, CLI, ...LOG],
      { cwd: box.project, env: box.env },
    )
    expect(outcome).toEqual(
      failure(
        `${box.ledger}: the record was NOT saved (EROFS), the disk is read-only: choose another place with --dir`,
      ),
    )
  })
})

describe('a ledger that is begun', () => {
  it('belongs to its user alone, whatever the umask, and stays out of git', async () => {
    const box = sandbox()
    expect((await inShell(box, 'umask 000')).code).toBe(0)
    expect(modeOf(box.costs)).toBe('700')
    expect(modeOf(box.ledger)).toBe('600')
    expect(modeOf(join(box.costs, '.gitignore'))).toBe('600')
    expect(readFileSync(join(box.costs, '.gitignore'), 'utf8')).toBe('*\n')
  })

  it.each(['log claude-sonnet-4 1 1', 'report --save', 'session start work'])(
    'stays out of git where `%s` found the disk full before',
    async (words) => {
      const box = sandbox()
      if (words.startsWith('report')) await box.run(LOG)
      const call = ['-c', 'ulimit -f 0; exec "$@"', 'bash', process.execPath, CLI, ...words.split(' ')]
      const full = await runProgram('bash', call, { cwd: box.project, env: box.env })
      expect(full).toMatchObject({ code: 1, stderr: expect.stringContaining('(EFBIG)') })
      expect((await box.run(words.split(' '))).code).toBe(0)
      const folder = words.startsWith('report') ? join(box.costs, 'reports') : box.costs
      expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n')
    },
  )

  it('keeps the modes of a directory that somebody chose to share', async () => {
    const box = sandbox()
    mkdirSync(box.costs, { mode: 0o755 })
    await box.run(LOG)
    expect(modeOf(box.costs)).toBe('755')
    expect(existsSync(join(box.costs, '.gitignore'))).toBe(false)
  })

  it('is never begun by a command that reads', async () => {
    const box = sandbox()
    for (const command of ['check', 'status', 'config', 'watch']) await box.run([command])
    await box.run(['init', '--dry-run'])
    expect(existsSync(box.costs)).toBe(false)
    expect(existsSync(join(box.home, '.ai-costs'))).toBe(false)
    expect(existsSync(join(box.home, '.config'))).toBe(false)
  })
})

/** $1: where to mount; the rest is the call. Fills the disk but for a hundred bytes, logs, logs, frees, logs, checks. */
const FULL_DISK = `
  mount -t tmpfs -o size=64k tmpfs "$1"
  cd "$1"
  yes '' | head -c 65436 > sessions.jsonl || true
  cd - > /dev/null
  shift
  set +e
  "$@"; echo $?
  "$@"; echo $?
  mount -o remount,size=128k tmpfs .ai-costs
  "$@"; echo $?
  mkdir -p .ai-config; echo 'budgets: { daily: 0.12 }' > .ai-config/cost-limits.yaml
  "$1" "$2" check --now ${NOW} 2> /dev/null`

function mayMount(): boolean {
  return spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0
}

function failure(sentence: unknown): unknown {
  const stderr = typeof sentence === 'string' ? `ai-costs: ${sentence}\n` : sentence
  return { stdout: '', stderr, code: 1, signal: null }
}

function inShell(box: Sandbox, first: string): Promise<Outcome> {
  return runProgram('bash', ['-c', `${first}; exec "$@"`, 'bash', process.execPath, CLI, ...LOG], {
    cwd: box.project,
    env: box.env,
  })
}

/** One record of $1 and blank lines up to a size, in bytes. */
function fill(box: Sandbox, size: number): string {
  const record = `${line()}\n`
  const text = record + '\n'.repeat(size - record.length)
  box.write('.ai-costs/sessions.jsonl', text)
  return text
}

async function spentOf(box: Sandbox): Promise<number> {
  const { stdout } = await box.run(['check', '--json', '--budget', 'daily', '--now', NOW])
  return JSON.parse(stdout).budgets[0].spent_usd
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8)
}
