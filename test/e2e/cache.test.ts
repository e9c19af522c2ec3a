import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  utimesSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { cacheFiles } from '../../src/system/cache-files.ts'
import { CLI, runProgram } from './run.ts'
import { type Sandbox, line, sandbox } from './sandbox.ts'

const WITHOUT = ['check', '--json', '--no-cache']

/** What is taken away from an installation must not be known from another one. */
const FROM_FILES = { NODE_DISABLE_COMPILE_CACHE: '1' }

/** An installation of our own, from which files can be taken away. */
function installation(box: Sandbox): { readonly cli: string; readonly remove: (name: string) => void } {
  const root = mkdtempSync(join(box.temporary, 'install-'))
  const dist = dirname(CLI)
  cpSync(dist, join(root, 'dist'), { recursive: true })
  for (const name of ['config', 'package.json']) {
    cpSync(join(dist, '..', name), join(root, name), { recursive: true })
  }
  return { cli: join(root, 'dist/bin.cjs'), remove: (name) => rmSync(join(root, 'dist', name)) }
}

/** The instant an answer was given is all that may differ. */
function told(stdout: string): unknown {
  const { as_of: _, ...answer } = JSON.parse(stdout)
  return answer
}

function lines(count: number, session: string): string[] {
  return Array.from({ length: count }, (_, nth) =>
    line({
      id: `${session}-${nth}`,
      session_id: session,
      timestamp: new Date().toISOString(),
      cost_usd: 0.01,
    }),
  )
}

describe('the cache of a ledger', () => {
  it(
    'answers without the whole program, also about what was appended since',
    { timeout: 30_000 },
    async () => {
      const box = sandbox()
      box.limits('budgets: { daily: 10, weekly: 50, per_session: 1 }')
      box.append(...lines(300, 'one'))
      const { cli, remove } = installation(box)
      // Settings that have just been written may be written again without looking any different.
      await pause(2100)
      expect((await box.run(['check', '--json'], { cli, env: FROM_FILES })).code).toBe(2)
      remove('cli.cjs')
      const old = await box.run(['check', '--json'], { cli, env: FROM_FILES })
      expect(told(old.stdout)).toEqual(told((await box.run(WITHOUT)).stdout))

      box.append(...lines(5, 'two'), line({ id: 'one-3', session_id: 'one', cost_usd: 5 }))
      const news = await box.run(['check', '--json'], { cli, env: FROM_FILES })
      expect(news.stderr).toBe('')
      expect(told(news.stdout)).toEqual(told((await box.run(WITHOUT)).stdout))

      box.limits('budgets: { daily: 11 }')
      expect((await box.run(['check', '--json'], { cli, env: FROM_FILES })).stdout).toBe('')
    },
  )

  it('stays whole and right under a hundred readers and a writer', { timeout: 60_000 }, async () => {
    const box = sandbox()
    box.append(...lines(50, 'first'))
    for (let wave = 0; wave < 4; wave++) {
      const running = Array.from({ length: 25 }, () => box.run(['check', '--json']))
      for (let nth = 0; nth < 20; nth++) box.append(...lines(20, `s-${wave}-${nth}`))
      // oxlint-disable-next-line no-await-in-loop
      for (const { code, stdout } of await Promise.all(running)) {
        expect(code).toBeLessThan(3)
        expect(JSON.parse(stdout)).toMatchObject({ schema: 1, data_quality: { bad_lines: 0, notes: [] } })
      }
    }
    const quick = await box.run(['check', '--json'])
    expect(told(quick.stdout)).toEqual(told((await box.run(WITHOUT)).stdout))
    expect(cacheFiles(box.costs, Date.now).read('cache')).not.toBeNull()
    expect(readdirSync(join(box.costs, 'state')).toSorted()).toEqual([
      '.gitignore',
      'cache',
      'claims',
      'day',
      'fold',
      'ids',
      'routing',
      'sessions',
    ])
  })

  it('is not believed after an upgrade, by another clock, or as a copy', { timeout: 30_000 }, async () => {
    const box = sandbox()
    box.append(...lines(20, 'one'))
    const without = await box.run(WITHOUT)
    await box.run(['check', '--json'])
    const state = join(box.costs, 'state')
    const text = readFileSync(join(state, 'cache'), 'utf8')
    expect(text).not.toContain(box.home)
    for (const forged of [
      text.replaceAll(/"program":"\w+"/g, '"program":"0123456789abcdef"'),
      text.replaceAll('$', '$1').replaceAll(/"self":"\d+/g, '"self":"1'),
      text.slice(0, text.length / 2),
      '',
      '{}\n{}\n',
    ]) {
      writeFileSync(join(state, 'cache'), forged)
      // oxlint-disable-next-line no-await-in-loop
      expect(told((await box.run(['check', '--json'])).stdout)).toEqual(told(without.stdout))
    }
  })
})

/** As at home, where the others have it somewhere else. */
function keeping(box: Sandbox) {
  return { env: { ...box.env, XDG_CACHE_HOME: '' } }
}

function home(box: Sandbox): string {
  return join(box.home, '.cache/ai-costs')
}

describe('what stands in the way', () => {
  it('of a cache costs nobody an answer, nor a file', { timeout: 30_000 }, async () => {
    const box = sandbox()
    box.append(...lines(20, 'one'))
    const state = join(box.costs, 'state')
    for (const name of ['cache', 'day', 'fold', 'ids', 'sessions', 'day.new', 'fold.new', 'ids.new']) {
      mkdirSync(state, { recursive: true })
      execFileSync('mkfifo', [join(state, name)])
    }
    const precious = join(box.home, 'precious')
    writeFileSync(precious, 'precious')
    linkSync(precious, join(state, 'sessions.new'))
    for (let call = 0; call < 3; call++) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await box.run(['check'])).code).toBe(0)
    }
    expect(readFileSync(precious, 'utf8')).toBe('precious')
    expect(readFileSync(join(state, '.gitignore'), 'utf8')).toBe('*\n')
  })

  it('of a start is never taken for a warning', { timeout: 30_000 }, async () => {
    const box = sandbox()
    box.append(...lines(20, 'one'))
    const { cli, remove } = installation(box)
    const gone = join(box.home, 'gone')
    mkdirSync(gone)
    const there = await runProgram(
      'bash',
      ['-c', `rmdir ../gone; exec "$0" "$@"`, process.execPath, cli, 'check', '--dir', box.costs],
      { cwd: gone, env: { ...box.env, ...FROM_FILES } },
    )
    expect(there.code).toBe(3)
    for (const name of ['hot/check.cjs', 'hot/hook.cjs', 'cli.cjs']) remove(name)
    expect((await box.run(['check'], { cli, env: FROM_FILES })).code).toBe(3)
    expect((await box.run(['status'], { cli, env: FROM_FILES })).code).toBe(70)
    // An agent goes on all the same.
    expect((await box.run(['hook'], { cli, env: FROM_FILES })).code).toBe(0)
  })

  it('of listing a settings directory does not hide what changed in it', { timeout: 30_000 }, async () => {
    const box = sandbox()
    box.append(...lines(20, 'one'))
    const settings = join(box.home, 'settings')
    mkdirSync(settings)
    const call = ['check', '--json', '--config', settings]
    const write = (daily: string): void => {
      writeFileSync(join(settings, 'cost-limits.yaml'), `budgets: { daily: ${daily} }\n`)
      utimesSync(join(settings, 'cost-limits.yaml'), 1e9, 1e9)
    }
    write('10')
    chmodSync(settings, 0o311)
    await pause(2100)
    expect((await box.run(call)).code).toBe(0)
    write('0.1')
    expect((await box.run(call)).code).toBe(2)
    chmodSync(settings, 0o700)
  })
})

describe('compiled code', () => {
  it('is kept for the user alone, and used until the program changes', { timeout: 30_000 }, async () => {
    const box = sandbox()
    box.append(...lines(20, 'one'))
    const answers = [await box.run(['check'], keeping(box)), await box.run(['check'], keeping(box))]
    const kept = readdirSync(home(box))
    expect(kept.map((name) => name.replace(/[.]cjs-.*/s, '')).toSorted()).toEqual(['cli', 'hot-check'])
    for (const name of kept) expect(statSync(join(home(box), name)).mode & 0o777).toBe(0o600)
    const before = kept.map((name) => statSync(join(home(box), name)).mtimeMs)
    answers.push(await box.run(['check'], keeping(box)))
    expect(kept.map((name) => statSync(join(home(box), name)).mtimeMs)).toEqual(before)
    expect(new Set(answers.map(({ code }) => code)).size).toBe(1)
    expect(answers.map(({ stderr }) => stderr)).toEqual(['', '', ''])
  })

  it(
    'does not keep the whole program from loading more of itself, call after call',
    { timeout: 30_000 },
    async () => {
      const box = sandbox()
      box.append(...lines(3, 'one'))
      box.limits('budgets: { daily: 10 }')
      for (const words of [
        ['check'],
        ['--help'],
        ['check', '--bogus'],
        ['status'],
        ['check'],
        ['--help'],
        ['status'],
      ]) {
        // oxlint-disable-next-line no-await-in-loop
        const [kept, plain] = [await box.run(words, keeping(box)), await box.run(words)]
        expect([words, kept.code, kept.stderr]).toEqual([words, plain.code, plain.stderr])
      }
    },
  )

  it('is not believed when it is damaged, or others may write it', { timeout: 30_000 }, async () => {
    const box = sandbox()
    box.append(...lines(20, 'one'))
    await box.run(['check', '--json'], keeping(box))
    const right = await box.run(['check', '--json'], keeping(box))
    for (const spoil of [
      (path: string) => writeFileSync(path, ''),
      (path: string) => writeFileSync(path, 'no code'),
      (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 2000)),
      (path: string) => writeFileSync(path, readFileSync(path).fill(0, 4096)),
      (path: string) =>
        writeFileSync(
          path,
          readFileSync(path).map((byte, at) => (at % 997 === 3 ? byte ^ 8 : byte)),
        ),
      (path: string) => chmodSync(path, 0o666),
    ]) {
      for (const name of readdirSync(home(box))) spoil(join(home(box), name))
      // oxlint-disable-next-line no-await-in-loop
      const answer = await box.run(['check', '--json'], keeping(box))
      expect([answer.code, answer.stderr, told(answer.stdout)]).toEqual([right.code, '', told(right.stdout)])
    }
    // What was not believed is made anew.
    const used =
      readdirSync(home(box)).find((name) => name.startsWith('json.hot-check.cjs')) ?? 'nothing kept'
    expect(statSync(join(home(box), used)).mode & 0o777).toBe(0o600)
  })
})
