import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Links, Unreadable, systemFiles } from '../../src/system/file-system.ts'
import { repositoryOf } from '../../src/system/repository.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let directory = ''
let path = ''

beforeEach(() => {
  directory = temporaryDirectory()
  path = join(directory, 'cost-limits.yaml')
})

const read = (links: Links = 'follow'): string | undefined => systemFiles.readText(path, 16, links)

describe('reading a settings file', () => {
  it('gives its text, or nothing where there is none', () => {
    expect(read()).toBeUndefined()
    writeFileSync(path, 'budgets: {}')
    expect(read()).toBe('budgets: {}')
    expect(systemFiles.readText(join(path, 'below'), 16, 'follow')).toBeUndefined()
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

describe('reading a settings file in UTF-16', () => {
  it.each<[what: string, bytes: Buffer]>([
    ['with its mark', Buffer.from('\uFEFFa: 1', 'utf16le')],
    ['in the other order', Buffer.from('\uFEFFa: 1', 'utf16le').swap16()],
    ['without a mark', Buffer.from('a: 1', 'utf16le')],
  ])('%s says so', (_, bytes) => {
    writeFileSync(path, bytes)
    expect(refusal(read)).toEqual({ path, message: 'is UTF-16 text', fix: 'save it again as UTF-8' })
  })
})

describe('a symbolic link', () => {
  const NOT_FOLLOWED = {
    message: 'is a symbolic link, which is followed only in your own settings',
    fix: 'put a plain copy there, or name the directory with --config if you trust it',
  }
  const NOWHERE = {
    message: 'is a symbolic link that leads nowhere',
    fix: 'let it lead there again, or remove it',
  }

  it('in place of a settings file is followed only where links are trusted', () => {
    writeFileSync(join(directory, 'elsewhere'), 'budgets: {}')
    symlinkSync(join(directory, 'elsewhere'), path)
    expect(read('follow')).toBe('budgets: {}')
    expect(refusal(() => read('refuse'))).toEqual({ path, ...NOT_FOLLOWED })
  })

  it('in place of a settings directory is followed only where links are trusted', () => {
    const elsewhere = join(directory, 'elsewhere')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'prices.yaml'), 'prices: []')
    const link = join(directory, '.ai-config')
    symlinkSync(elsewhere, link)
    path = join(link, 'prices.yaml')
    expect(read('follow')).toBe('prices: []')
    expect(refusal(() => read('refuse'))).toEqual({ path: link, ...NOT_FOLLOWED })
  })

  it('further up, where the user has gone by himself, is no matter', () => {
    const link = join(directory, 'work')
    symlinkSync(directory, link)
    mkdirSync(join(directory, '.ai-config'))
    path = join(link, '.ai-config', 'prices.yaml')
    writeFileSync(path, 'prices: []')
    expect(read('refuse')).toBe('prices: []')
  })

  it('in place of a file, when it leads nowhere, is not the same as no file', () => {
    symlinkSync(join(directory, 'gone'), path)
    expect(refusal(() => read('follow'))).toEqual({ path, ...NOWHERE })
    expect(refusal(() => read('refuse'))).toEqual({ path, ...NOT_FOLLOWED })
  })

  it('in place of a directory, when it leads nowhere, is not the same as no directory', () => {
    const link = join(directory, 'ai-costs')
    symlinkSync(join(directory, 'gone'), link)
    path = join(link, 'cost-limits.yaml')
    expect(refusal(() => read('follow'))).toEqual({ path: link, ...NOWHERE })
  })

  it('in place of a directory that has no such file is like that directory', () => {
    const link = join(directory, 'ai-costs')
    symlinkSync(directory, link)
    path = join(link, 'cost-limits.yaml')
    expect(read('follow')).toBeUndefined()
  })

  it('to itself is refused', () => {
    symlinkSync(path, path)
    expect(() => read('follow')).toThrow(Unreadable)
  })

  it('is told from a file, from a directory and from nothing, wherever it leads', () => {
    symlinkSync(directory, path)
    symlinkSync(join(directory, 'gone'), join(directory, 'dangling'))
    writeFileSync(join(directory, 'plain'), '')
    const isLink = (name: string): boolean => systemFiles.isLink(join(directory, name))
    expect(['cost-limits.yaml', 'dangling', 'plain', 'gone', 'plain/below', ''].map(isLink)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })
})

/** What an attempt says when it throws `Unreadable`. */
function refusal(attempt: () => unknown): Pick<Unreadable, 'path' | 'message' | 'fix'> {
  try {
    attempt()
  } catch (error) {
    if (error instanceof Unreadable) return { path: error.path, message: error.message, fix: error.fix }
    throw error
  }
  throw new Error('nothing was refused')
}

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

it('one look at a path sees what single questions tell', () => {
  writeFileSync(path, 'a')
  symlinkSync(path, join(directory, 'link'))
  symlinkSync(directory, join(directory, 'folder-link'))
  symlinkSync(join(directory, 'nowhere'), join(directory, 'dangling'))
  for (const one of [path, `${path}/below`, directory, 'link', 'folder-link', 'dangling', 'gone']) {
    const place = join(directory, one.replace(directory, '.'))
    const { isLink, isDirectory, stamp, changed } = systemFiles.look(place)
    expect([isLink, isDirectory, stamp]).toEqual([
      systemFiles.isLink(place),
      systemFiles.isDirectory(place),
      systemFiles.stamp(place),
    ])
    expect(changed === -Infinity).toBe(stamp === '')
  }
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
