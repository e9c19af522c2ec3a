import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, test } from 'vitest'

import { lookAtLock, makeLock, takeAway } from '../../src/system/lock-file.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let directory = ''
let path = ''
beforeEach(() => {
  directory = temporaryDirectory()
  path = join(directory, 'lock')
})

describe('taking a lock away', () => {
  it('happens to the one that was judged', () => {
    writeFileSync(path, '1 gone\n')
    expect(takeAway(path, lookAtLock(path)!)).toBe(true)
    expect(readdirSync(directory)).toEqual([])
  })

  it('is for one process only', () => {
    writeFileSync(path, '1 gone\n')
    const judged = lookAtLock(path)!
    expect([takeAway(path, judged), takeAway(path, judged)]).toEqual([true, false])
  })

  test.each<[what: string, change: () => void]>([
    ['that its holder refreshed meanwhile', () => utimesSync(path, 5000, 5000)],
    [
      'that another process has made since',
      () => {
        rmSync(path)
        writeFileSync(path, '2 here\n')
      },
    ],
    ['that was signed meanwhile', () => writeFileSync(path, '2 here\n')],
  ])('does not happen to one %s: it stays where it is', (_, change) => {
    writeFileSync(path, '')
    utimesSync(path, 1000, 1000)
    const judged = lookAtLock(path)!
    change()
    const [text, { ino }] = [readFileSync(path, 'utf8'), statSync(path)]
    expect(takeAway(path, judged)).toBe(false)
    expect([readFileSync(path, 'utf8'), statSync(path).ino, readdirSync(directory)]).toEqual([
      text,
      ino,
      ['lock'],
    ])
  })
})

it('removes its own lock only', () => {
  const mine = makeLock(path)
  rmSync(path)
  const other = makeLock(path)
  mine?.remove()
  expect(readdirSync(directory)).toEqual(['lock'])
  other?.remove()
  expect(readdirSync(directory)).toEqual([])
})

it('sees nothing where there is no file', () => {
  expect(lookAtLock(path)).toBeNull()
  mkdirSync(path)
  expect(lookAtLock(path)).toBeNull()
  expect(makeLock(path)).toBeNull()
})
