import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { pid } from 'node:process'
import { beforeEach, describe, expect, it, test } from 'vitest'

import { lockImports, lockImportsInTurn } from '../../src/system/import-lock.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const MINUTE_MS = 60_000

let directory = ''
let lock = ''
beforeEach(() => {
  directory = temporaryDirectory()
  lock = join(directory, 'state', 'import.lock')
})

/** The lock as another process left it, so many milliseconds before the answer. */
function left(text: string, ageMs: number): number {
  mkdirSync(join(directory, 'state'))
  writeFileSync(lock, text)
  utimesSync(lock, 1000, 1000)
  return 1_000_000 + ageMs
}

/** The number of a process that has ended. */
function nobody(): number {
  return spawnSync(process.execPath, ['-e', '']).pid
}

describe('the lock of importers', () => {
  it('is held by one at a time, and free when released', () => {
    const held = lockImports(directory, Date.now)
    expect(held).not.toBeNull()
    expect(lockImports(directory, Date.now)).toBeNull()
    expect(readFileSync(lock, 'utf8')).toBe(`${pid} ${hostname()}\n`)
    expect(statSync(lock).mode & 0o777).toBe(0o600)
    held?.release()
    expect(existsSync(lock)).toBe(false)
    expect(lockImports(directory, Date.now)).not.toBeNull()
  })

  test.each<[whose: string, textOf: () => string, ageMs: number, isFree: boolean]>([
    ['of a process that lives is held', () => `${pid} ${hostname()}\n`, MINUTE_MS - 1, false],
    [
      'of a process that has not refreshed it for a minute is free',
      () => `${pid} ${hostname()}\n`,
      MINUTE_MS + 1,
      true,
    ],
    ['of a process that was killed is free', () => `${nobody()} ${hostname()}\n`, 0, true],
    ['of another machine is held', () => `${nobody()} elsewhere\n`, MINUTE_MS - 1, false],
    ['of another machine, long ago, is free', () => `${nobody()} elsewhere\n`, MINUTE_MS + 1, true],
    ['of somebody who is about to sign it is held', () => '', 1000, false],
    ['of somebody who never signed it is free', () => '', MINUTE_MS, true],
  ])('%s', (_, textOf, ageMs, isFree) => {
    const now = left(textOf(), ageMs)
    const held = lockImports(directory, () => now)
    expect(held !== null).toBe(isFree)
    if (isFree) expect(readFileSync(lock, 'utf8')).toBe(`${pid} ${hostname()}\n`)
    expect(readdirSync(join(directory, 'state')).toSorted()).toEqual(
      ['.gitignore', 'import.lock'].slice(0, 2),
    )
  })

  it('that cannot be taken says why, and what to do', () => {
    writeFileSync(join(directory, 'state'), '')
    expect(() => lockImports(directory, () => 0)).toThrow(
      /nothing was imported: .*choose another place with --dir/,
    )
  })

  it('stays with whoever goes on refreshing it', () => {
    let now = Date.now()
    const held = lockImports(directory, () => now)
    for (let nth = 0; nth < 20; nth++) {
      now += MINUTE_MS / 4
      held?.refresh()
      expect(lockImports(directory, () => now)).toBeNull()
    }
    now += 2 * MINUTE_MS
    expect(lockImports(directory, () => now)).not.toBeNull()
  })

  it('is not refreshed with every step', () => {
    let now = Date.now()
    const held = lockImports(directory, () => now)
    const before = statSync(lock).mtimeMs
    now += 4000
    held?.refresh()
    expect(statSync(lock).mtimeMs).toBe(before)
  })

  it('that somebody else took meanwhile is neither refreshed nor released by who lost it', () => {
    let now = Date.now()
    const lost = lockImports(directory, () => now)
    now += 2 * MINUTE_MS
    const held = lockImports(directory, () => now)
    const before = statSync(lock)
    lost?.refresh()
    lost?.release()
    expect(statSync(lock)).toEqual(before)
    held?.release()
    expect(existsSync(lock)).toBe(false)
  })

  it('is released once', () => {
    const held = lockImports(directory, Date.now)
    held?.release()
    const next = lockImports(directory, Date.now)
    held?.refresh()
    held?.release()
    expect(existsSync(lock)).toBe(true)
    next?.release()
  })
})

describe('waiting for one’s turn', () => {
  it('ends when the other one has', async () => {
    const held = lockImports(directory, Date.now)
    const holders = new Set<string>()
    const mine = lockImportsInTurn(directory, Date.now, (holder) => {
      holders.add(holder)
      held?.release()
    })
    expect(await mine).not.toBeNull()
    expect([...holders]).toEqual([`pid ${pid}`])
  })

  it('says on which machine the other one is, and nothing that acts on a terminal', async () => {
    const holders: string[] = []
    for (const text of ['17 else.where', '17 \u001b[31m', '']) {
      const now = left(text, 0)
      let asked = 0
      const after = (): number => now + (asked++ < 3 ? 0 : 5 * MINUTE_MS)
      // oxlint-disable-next-line no-await-in-loop -- one lock after the other
      await lockImportsInTurn(directory, after, (holder) => holders.push(holder))
      rmSync(join(directory, 'state'), { recursive: true })
    }
    expect([...new Set(holders)]).toEqual(['pid 17 on else.where', 'pid unknown'])
  })

  it('ends without a turn after minutes', async () => {
    let asked = 0
    const now = (): number => Date.now() + asked++ * 10_000
    const held = lockImports(directory, now)
    expect(await lockImportsInTurn(directory, now, () => held?.refresh())).toBeNull()
    held?.release()
  })
})
