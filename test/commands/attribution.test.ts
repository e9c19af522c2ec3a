import { beforeEach, describe, expect, it, test } from 'vitest'

import { Attribution } from '../../src/commands/attribution.ts'
import { type FakeSystem, fakeSystem } from '../kit/fake-system.ts'
import { Unreadable } from '../../src/system/file-system.ts'

let system: FakeSystem
beforeEach(() => {
  system = fakeSystem()
})

/** The project of a folder in a world with some files. */
function projectOf(folder: string, files: Readonly<Record<string, string>> = {}) {
  for (const [path, text] of Object.entries(files)) system.texts.set(path, text)
  return new Attribution(system.files).projectOf(folder)
}

describe('the project of a folder is called like', () => {
  test.each<[what: string, folder: string, files: Record<string, string>, name: string]>([
    ['the repository that it is in', '/w/shop/src/deep', { '/w/shop/.git/HEAD': '' }, 'shop'],
    ['the repository that it is', '/w/shop', { '/w/shop/.git/HEAD': '' }, 'shop'],
    ['the nearest of several', '/w/shop/lib', { '/w/.git/HEAD': '', '/w/shop/.git/HEAD': '' }, 'shop'],
    [
      'the repository of its worktree',
      '/tmp/feature/src',
      { '/tmp/feature/.git': 'gitdir: /w/shop/.git/worktrees/feature\n' },
      'shop',
    ],
    [
      'the worktree of Windows',
      'C:/tmp/feature',
      { 'C:/tmp/feature/.git': 'gitdir: C:\\w\\shop\\.git\\worktrees\\feature\n' },
      'shop',
    ],
    ['a submodule itself', '/w/shop/lib', { '/w/shop/lib/.git': 'gitdir: ../.git/modules/lib\n' }, 'lib'],
    [
      'where its code stands, without a repository',
      '/w/shop/src',
      { '/w/shop/.claude/project-code.txt': 'S' },
      'shop',
    ],
    [
      'the repository, though a code stands above it',
      '/w/shop/src',
      { '/w/shop/.git/HEAD': '', '/w/.claude/project-code.txt': 'S' },
      'shop',
    ],
    ['itself, without either', '/gone/since/then', {}, 'then'],
    ['itself, as Windows writes it', 'C:\\Users\\u\\shop', {}, 'shop'],
    ['itself, as Windows writes it, wherever we are', 'C:\\Users\\u\\shop', { '.git/HEAD': '' }, 'shop'],
    ['nothing that is known, where a folder is relative', '.', { '.git/HEAD': '' }, '(unknown)'],
    ['nothing that is known, where no folder was told', '', { '/.git/HEAD': '' }, '(unknown)'],
    ['nothing that is known, at the root', '/', {}, '(unknown)'],
  ])('%s', (_, folder, files, name) => {
    expect(projectOf(folder, files).name).toBe(name)
  })
})

describe('the code to bill is', () => {
  const FILE = '/w/shop/.claude/project-code.txt'
  test.each<[what: string, text: string, code: string]>([
    ['the first line', 'ACME-17\nnotes\n', 'ACME-17'],
    ['without blanks around it', '  ACME 17 \r\nnotes', 'ACME 17'],
    ['nothing where nothing stands', ' \n', ''],
    ['nothing where a whole story stands', 'x'.repeat(65), ''],
    ['as long as a code may be', 'x'.repeat(64), 'x'.repeat(64)],
    ['nothing that looks like a key', 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789', ''],
  ])('%s', (_, text, code) => {
    expect(projectOf('/w/shop/src', { [FILE]: text }).code).toBe(code)
  })

  it('that of the nearest folder above', () => {
    expect(projectOf('/w/shop/src', { [FILE]: 'near', '/w/.claude/project-code.txt': 'far' }).code).toBe(
      'near',
    )
    expect(projectOf('/w/other', { [FILE]: 'near', '/w/.claude/project-code.txt': 'far' }).code).toBe('far')
  })

  it('not that of whoever imports, for a folder that is nowhere above here', () => {
    const files = { '.claude/project-code.txt': 'OURS' }
    expect(['.', 'C:\\w\\shop', 'shop'].map((folder) => projectOf(folder, files).code)).toEqual(['', '', ''])
  })

  it('nothing where it is a link, which a cloned repository may have brought', () => {
    system.texts.set(FILE, 'S')
    const files = { ...system.files, isLink: (path: string) => path === FILE }
    expect(new Attribution(files).projectOf('/w/shop')).toEqual({ name: 'shop', code: '' })
  })

  it('nothing where it cannot be read', () => {
    system.texts.set(FILE, 'S')
    const files = {
      ...system.files,
      readText: () => {
        throw new Unreadable(FILE, 'is larger than 1024 bytes', 'make it smaller')
      },
    }
    expect(new Attribution(files).projectOf('/w/shop')).toEqual({ name: 'shop', code: '' })
  })
})

it('asks about each folder once', () => {
  let asked = 0
  const files = { ...system.files, exists: (path: string) => (asked++, system.files.exists(path)) }
  const attribution = new Attribution(files)
  const first = attribution.projectOf('/w/shop')
  const count = asked
  expect([attribution.projectOf('/w/shop'), asked]).toEqual([first, count])
})
