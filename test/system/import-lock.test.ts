import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
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
    const release = lockImports(directory, Date.now())
    expect(release).not.toBeNull()
    expect(lockImports(directory, Date.now())).toBeNull()
    expect(readFileSync(lock, 'utf8')).toBe(`${pid} ${hostname()}\n`)
    expect(statSync(lock).mode & 0o777).toBe(0o600)
    release?.()
    expect(existsSync(lock)).toBe(false)
    expect(lockImports(directory, Date.now())).not.toBeNull()
  })

  test.each<[whose: string, textOf: () => string, ageMs: number, isFree: boolean]>([
    ['of a process that lives is held', () => `${pid} ${hostname()}\n`, 0, false],
    [
      'of a process that has lived for too long is free',
      () => `${pid} ${hostname()}\n`,
      16 * MINUTE_MS,
      true,
    ],
    ['of a process that was killed is free', () => `${nobody()} ${hostname()}\n`, 0, true],
    ['of another machine is held', () => `${nobody()} elsewhere\n`, 14 * MINUTE_MS, false],
    ['of another machine, long ago, is free', () => `${nobody()} elsewhere\n`, 16 * MINUTE_MS, true],
    ['of somebody who is about to sign it is held', () => '', 1000, false],
    ['of somebody who never signed it is free', () => '', MINUTE_MS, true],
  ])('%s', (_, textOf, ageMs, isFree) => {
    const now = left(textOf(), ageMs)
    const release = lockImports(directory, now)
    expect(release !== null).toBe(isFree)
    if (isFree) expect(readFileSync(lock, 'utf8')).toBe(`${pid} ${hostname()}\n`)
    expect(readdirSync(join(directory, 'state')).toSorted()).toEqual(
      ['.gitignore', 'import.lock'].slice(0, 2),
    )
  })

  it('that cannot be taken says why, and what to do', () => {
    writeFileSync(join(directory, 'state'), '')
    expect(() => lockImports(directory, 0)).toThrow(/nothing was imported: .*choose another place with --dir/)
  })
})

describe('waiting for one’s turn', () => {
  it('ends when the other one has', async () => {
    const release = lockImports(directory, Date.now())
    const mine = lockImportsInTurn(directory, Date.now)
    release?.()
    expect(await mine).not.toBeNull()
  })

  it('ends without a turn after minutes', async () => {
    const release = lockImports(directory, Date.now())
    let asked = 0
    const answer = await lockImportsInTurn(directory, () => Date.now() + asked++ * MINUTE_MS)
    expect(answer).toBeNull()
    release?.()
  })
})
