import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { replaceFile } from '../../src/system/replace-file.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

describe('replaceFile', () => {
  it('writes a new file with its folders, and no backup of nothing', () => {
    const path = join(temporaryDirectory(), 'a/b/c.yaml')
    replaceFile(path, undefined, 'new')
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(readdirSync(join(path, '..'))).toEqual(['c.yaml'])
  })

  it('keeps what was there beside it, and its rights', () => {
    const path = join(temporaryDirectory(), 'c.yaml')
    writeFileSync(path, 'old')
    chmodSync(path, 0o666)
    replaceFile(path, 'old', 'new')
    expect([readFileSync(path, 'utf8'), readFileSync(`${path}.bak`, 'utf8')]).toEqual(['new', 'old'])
    expect(statSync(path).mode & 0o777).toBe(0o666)
  })

  it('keeps it under the name that is wanted', () => {
    const path = join(temporaryDirectory(), 'c.yaml')
    writeFileSync(path, 'old')
    replaceFile(path, 'old', 'new', `${path}-before`)
    expect(readFileSync(`${path}-before`, 'utf8')).toBe('old')
    expect(existsSync(`${path}.bak`)).toBe(false)
  })

  it('refuses a symbolic link and leaves what it leads to alone', () => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'real'), 'old')
    symlinkSync('real', join(directory, 'link'))
    expect(() => replaceFile(join(directory, 'link'), 'old', 'new')).toThrow(/is a symbolic link/)
    expect(readFileSync(join(directory, 'real'), 'utf8')).toBe('old')
    expect(readdirSync(directory).toSorted()).toEqual(['link', 'real'])
  })

  it.each([
    ['was changed', 'other', 'old'],
    ['was begun', 'other', undefined],
    ['is gone', undefined, 'old'],
  ])('refuses a file that %s meanwhile', (_, there, before) => {
    const directory = temporaryDirectory()
    const path = join(directory, 'c.yaml')
    if (there !== undefined) writeFileSync(path, there)
    expect(() => replaceFile(path, before, 'new')).toThrow(/changed by somebody else/)
    expect(existsSync(path) ? readFileSync(path, 'utf8') : undefined).toBe(there)
    expect(readdirSync(directory)).toEqual(there === undefined ? [] : ['c.yaml'])
  })

  it('refuses while another process writes, and does not take its file away', () => {
    const path = join(temporaryDirectory(), 'c.yaml')
    writeFileSync(`${path}.new`, 'half')
    expect(() => replaceFile(path, undefined, 'new')).toThrow(NotSaved)
    expect(readFileSync(`${path}.new`, 'utf8')).toBe('half')
  })

  it('says so where nothing can be written', () => {
    const file = join(temporaryDirectory(), 'file')
    writeFileSync(file, '')
    expect(() => replaceFile(join(file, 'c.yaml'), undefined, 'new')).toThrow(NotSaved)
    expect(() => replaceFile(join(file, 'c.yaml'), undefined, 'new')).toThrow(/was NOT saved \(/)
  })
})
