import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'

import { Unreadable } from '../../src/system/file-system.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { trackedFiles } from '../../src/system/tracked-files.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let ledger = ''
beforeEach(() => {
  ledger = temporaryDirectory()
})

describe('the session that runs', () => {
  it('is one, whoever begins the second', () => {
    const [one, other] = [trackedFiles(ledger), trackedFiles(ledger)]
    expect(one.running()).toBeNull()
    expect(one.begin('a\n')).toBe(true)
    expect(other.begin('b\n')).toBe(false)
    expect(other.running()).toBe('a\n')
    expect(readdirSync(join(ledger, 'state')).toSorted()).toEqual(['.gitignore', 'tracked'])
    expect(statSync(one.path).mode & 0o777).toBe(0o600)
  })

  it('is ended by whoever knows it, once', () => {
    const files = trackedFiles(ledger)
    files.begin('a\n')
    expect(files.end('b\n')).toBe(false)
    expect(files.end('a\n')).toBe(true)
    expect(files.end('a\n')).toBe(false)
    expect(files.begin('b\n')).toBe(true)
  })

  it('is begun over the remains of a process that was killed', () => {
    mkdirSync(join(ledger, 'state'))
    writeFileSync(join(ledger, 'state', `tracked.${process.pid}`), 'half')
    expect(trackedFiles(ledger).begin('a\n')).toBe(true)
    expect(trackedFiles(ledger).running()).toBe('a\n')
  })

  it('is never written through a link, nor read', () => {
    const elsewhere = join(ledger, 'elsewhere')
    writeFileSync(elsewhere, 'mine\n')
    mkdirSync(join(ledger, 'state'))
    symlinkSync(elsewhere, join(ledger, 'state', 'tracked'))
    const files = trackedFiles(ledger)
    expect(() => files.running()).toThrow(Unreadable)
    expect(files.begin('a\n')).toBe(false)
    expect(() => files.end('mine\n')).toThrow(Unreadable)
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine\n')
  })

  it('is not begun where the folder is a link or cannot be made', () => {
    const other = join(ledger, 'other')
    mkdirSync(other)
    symlinkSync(other, join(ledger, 'state'))
    expect(() => trackedFiles(ledger).begin('a\n')).toThrow(NotSaved)
    expect(readdirSync(other)).toEqual([])
    expect(() => trackedFiles('/proc/none').begin('a\n')).toThrow(NotSaved)
  })
})

describe('what the session before came to', () => {
  it('is kept until the next one, and never in the way', () => {
    const files = trackedFiles(ledger)
    expect(files.last()).toBeNull()
    files.keepLast('x\n')
    files.keepLast('y\n')
    expect(files.last()).toBe('y\n')
    expect(existsSync(files.path)).toBe(false)
    const nowhere = trackedFiles('/proc/none')
    nowhere.keepLast('x\n')
    expect(nowhere.last()).toBeNull()
  })
})
