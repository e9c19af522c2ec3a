import { execFileSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { Unreadable, systemFiles } from '../../src/system/file-system.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

describe('the end of a file', () => {
  it.each([
    [100, 'one\ntwo\n'],
    [8, 'one\ntwo\n'],
    [7, 'two\n'],
    [5, 'two\n'],
    [2, ''],
  ])('in at most %i bytes is %j: whole lines only', (bytes, lines) => {
    const path = join(temporaryDirectory(), 'some.jsonl')
    writeFileSync(path, 'one\ntwo\n')
    expect(systemFiles.readEnd(path, bytes)).toBe(lines)
  })

  it('of none is none', () => {
    expect(systemFiles.readEnd(join(temporaryDirectory(), 'none.jsonl'), 10)).toBeUndefined()
  })

  it('is not read through a link, nor from what is no file', () => {
    const folder = temporaryDirectory()
    const [link, pipe] = [join(folder, 'link'), join(folder, 'pipe')]
    symlinkSync('/etc/hostname', link)
    execFileSync('mkfifo', [pipe])
    for (const path of [link, pipe, folder]) expect(() => systemFiles.readEnd(path, 10)).toThrow(Unreadable)
  })
})
