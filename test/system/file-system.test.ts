import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { Unreadable, systemFiles } from '../../src/system/file-system.ts'
import { repositoryOf } from '../../src/system/repository.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let directory = ''
let path = ''

beforeEach(() => {
  directory = temporaryDirectory()
  path = join(directory, 'cost-limits.yaml')
})

const read = (): string | undefined => systemFiles.readText(path, 16)

describe('reading a settings file', () => {
  it('gives its text, or nothing where there is none', () => {
    expect(read()).toBeUndefined()
    writeFileSync(path, 'budgets: {}')
    expect(read()).toBe('budgets: {}')
    expect(systemFiles.readText(join(path, 'below'), 16)).toBeUndefined()
  })

  it('refuses what is larger than a person would write', () => {
    writeFileSync(path, 'x'.repeat(17))
    expect(read).toThrow(Unreadable)
    expect(read).toThrow('is larger than 16 bytes')
  })

  it('refuses a directory, and a pipe without waiting for its writer', () => {
    mkdirSync(path)
    expect(read).toThrow('is not a regular file')
    path = join(directory, 'pipe')
    execFileSync('mkfifo', [path])
    expect(read).toThrow('is not a regular file')
  })
})

describe('creating a file', () => {
  it('makes its folders, and never overwrites', () => {
    path = join(directory, 'a', 'b', 'c.yaml')
    expect(systemFiles.create(path, 'mine', 0o644)).toBe(true)
    expect(systemFiles.create(path, 'yours', 0o644)).toBe(false)
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })

  it('does not write through a link that leads nowhere', () => {
    symlinkSync(join(directory, 'elsewhere'), path)
    expect(systemFiles.create(path, 'mine', 0o644)).toBe(false)
    expect(systemFiles.exists(join(directory, 'elsewhere'))).toBe(false)
  })
})

describe('the stamp of a file', () => {
  it('changes with every state, and only then', () => {
    const stamps = [systemFiles.stamp(path)]
    for (const text of ['a', 'b', 'bc']) {
      writeFileSync(path, text)
      stamps.push(systemFiles.stamp(path))
      expect(systemFiles.stamp(path)).toBe(stamps.at(-1))
    }
    expect(stamps[0]).toBe('')
    expect(new Set(stamps).size).toBe(4)
  })
})

const among = (...paths: string[]) => ({ exists: (candidate: string) => paths.includes(candidate) })

describe('the repository of a folder', () => {
  it('is the nearest folder above with a .git of any kind', () => {
    expect(repositoryOf('/a/b/c', among('/a/.git', '/a/b/.git'))).toBe('/a/b')
    expect(repositoryOf('/a/b/c', among('/a/.git'))).toBe('/a')
  })

  it('is none without', () => {
    expect(repositoryOf('/a/b/c', among())).toBeNull()
  })
})
