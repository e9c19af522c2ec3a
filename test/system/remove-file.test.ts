import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { removeFile } from '../../src/system/remove-file.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

describe('removeFile', () => {
  it('takes the file away', () => {
    const folder = temporaryDirectory()
    writeFileSync(join(folder, 'a'), 'text')
    removeFile(join(folder, 'a'), 'text', null)
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps it under the name of the backup', () => {
    const folder = temporaryDirectory()
    writeFileSync(join(folder, 'a'), 'text')
    removeFile(join(folder, 'a'), 'text', join(folder, 'b'))
    expect(readdirSync(folder)).toEqual(['b'])
    expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('text')
  })

  it('leaves a file that was changed meanwhile', () => {
    const path = join(temporaryDirectory(), 'a')
    writeFileSync(path, 'other')
    expect(() => removeFile(path, 'text', null)).toThrow(/changed by somebody else/)
    expect(readFileSync(path, 'utf8')).toBe('other')
  })

  it('says so when there is none', () => {
    expect(() => removeFile(join(temporaryDirectory(), 'a'), 'text', null)).toThrow(NotSaved)
  })
})
