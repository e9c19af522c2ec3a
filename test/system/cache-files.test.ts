import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cacheFiles } from '../../src/system/cache-files.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const FOLD = { sums: [4, 5] }
const CACHE = { version: 1, text: 'größe', numbers: [1, 2.5, -3] }
const DAY = { verdicts: [7] }
const NOW = Date.now()
const INDEXES = { ids: [Uint8Array.of(1, 2), Uint8Array.of(3)], sessions: [Uint8Array.of(9)] }

function aCache() {
  const directory = temporaryDirectory()
  return { directory, state: join(directory, 'state'), files: cacheFiles(directory, () => NOW) }
}

describe('the files of the cache', () => {
  it('give back what was written, and the indexes beside it', () => {
    const { files, state } = aCache()
    expect(files.read('cache')).toBeNull()
    expect(files.write({ cache: CACHE, day: DAY, fold: FOLD }, INDEXES)).toBe(true)
    expect(files.read('cache')).toEqual(CACHE)
    expect(files.read('day')).toEqual(DAY)
    expect(files.read('fold')).toEqual(FOLD)
    const bytes = new Uint8Array(10)
    const ids = files.openIndex('ids')
    expect(ids?.readAt(bytes, 1)).toBe(2)
    expect([...bytes.subarray(0, 2)]).toEqual([2, 3])
    ids?.close()
    expect(readdirSync(state).toSorted()).toEqual(['.gitignore', 'cache', 'day', 'fold', 'ids', 'sessions'])
  })

  it('keep the indexes when only the cache is new', () => {
    const { files } = aCache()
    files.write({ cache: CACHE, day: DAY, fold: FOLD }, INDEXES)
    expect(files.write({ cache: { version: 2 }, day: DAY, fold: FOLD }, null)).toBe(true)
    expect(files.read('cache')).toEqual({ version: 2 })
    expect(files.openIndex('sessions')).not.toBeNull()
  })

  it('are not believed when any byte of them changed', () => {
    const { files, state } = aCache()
    files.write({ cache: CACHE, day: DAY, fold: FOLD }, null)
    const path = join(state, 'cache')
    const whole = readFileSync(path)
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Buffer.from(whole)
        damaged[at]! ^= flip
        writeFileSync(path, damaged)
        expect(files.read('cache')).toBeNull()
      }),
      { numRuns: 200 },
    )
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length))
      expect(files.read('cache')).toBeNull()
    }
    writeFileSync(path, whole)
    expect(files.read('cache')).toEqual(CACHE)
  })

  it('are not believed when they were copied here', () => {
    const { files, state } = aCache()
    files.write({ cache: CACHE, day: DAY, fold: FOLD }, null)
    copyFileSync(join(state, 'cache'), join(state, 'copy'))
    renameSync(join(state, 'copy'), join(state, 'cache'))
    expect(files.read('cache')).toBeNull()
  })

  it('are left alone while somebody else writes them, but not for ever', () => {
    const { files, state } = aCache()
    files.write({ cache: CACHE, day: DAY, fold: FOLD }, null)
    const lock = join(state, 'cache.new')
    writeFileSync(lock, '')
    expect(files.write({ cache: { version: 2 }, day: DAY, fold: FOLD }, null)).toBe(false)
    expect(files.read('cache')).toEqual(CACHE)
    utimesSync(lock, 0, 0)
    expect(files.write({ cache: { version: 2 }, day: DAY, fold: FOLD }, null)).toBe(false)
    expect(files.write({ cache: { version: 2 }, day: DAY, fold: FOLD }, null)).toBe(true)
    expect(files.read('cache')).toEqual({ version: 2 })
  })

  it('never lead through a link', () => {
    const { files, state, directory } = aCache()
    const elsewhere = join(directory, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, state)
    expect(files.write({ cache: CACHE, day: DAY, fold: FOLD }, INDEXES)).toBe(false)
    expect(readdirSync(elsewhere)).toEqual([])
    rmSync(state)
    expect(files.write({ cache: CACHE, day: DAY, fold: FOLD }, INDEXES)).toBe(true)
    renameSync(join(state, 'cache'), join(state, 'real'))
    symlinkSync(join(state, 'real'), join(state, 'cache'))
    expect(files.read('cache')).toBeNull()
  })

  it('are not written behind a ledger directory that is a link', () => {
    const { directory } = aCache()
    symlinkSync(directory, join(directory, 'linked'))
    const files = cacheFiles(join(directory, 'linked'), () => NOW)
    expect(files.write({ cache: CACHE, day: DAY, fold: FOLD }, INDEXES)).toBe(false)
    expect(readdirSync(directory)).toEqual(['linked'])
  })

  it('cost nobody an answer who may not write them', () => {
    const files = cacheFiles('/proc/nowhere', () => NOW)
    expect(files.write({ cache: CACHE, day: DAY, fold: FOLD }, null)).toBe(false)
    expect(files.read('cache')).toBeNull()
    expect(files.openIndex('ids')).toBeNull()
  })
})
