import {
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'

import { claudeCode } from '../../src/sources/claude-code.ts'
import { codex } from '../../src/sources/codex.ts'
import type { Source } from '../../src/sources/source.ts'
import {
  type FoundTranscripts,
  findTranscripts,
  renewed,
  transcriptAt,
} from '../../src/system/transcript-files.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let root = ''
beforeEach(() => {
  root = realpathSync(temporaryDirectory())
})

/** Writes files, each a second younger than the one before. */
function write(...names: readonly string[]): void {
  for (const [nth, name] of names.entries()) {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, name)
    utimesSync(path, 1_000_000 + nth, 1_000_000 + nth)
  }
}

const find = (source: Source = claudeCode, ...places: readonly string[]): FoundTranscripts =>
  findTranscripts(source, places.length === 0 ? [root] : places.map((place) => join(root, place)))

const namesOf = ({ files }: FoundTranscripts): readonly string[] => files.map(({ name }) => name)

describe('transcripts', () => {
  it('are found in all folders, by the names that a source knows', () => {
    write(
      'p/s-1.jsonl',
      'p/s-1/subagents/deep/agent-1.jsonl',
      'p/agent-1.meta.json',
      'p/notes.txt',
      's-0.jsonl',
    )
    expect(new Set(namesOf(find()))).toEqual(
      new Set(['p/s-1.jsonl', 'p/s-1/subagents/deep/agent-1.jsonl', 's-0.jsonl']),
    )
  })

  it('come the older before the newer, and those of lower rank before all others', () => {
    write('p/s/subagents/agent-1.jsonl', 'p/new.jsonl', 'p/newer.jsonl', 'p/agent-2.jsonl', 'a/newest.jsonl')
    expect(namesOf(find())).toEqual([
      'p/new.jsonl',
      'p/newer.jsonl',
      'a/newest.jsonl',
      'p/s/subagents/agent-1.jsonl',
      'p/agent-2.jsonl',
    ])
  })

  it('of one age come by their paths', () => {
    write('p/b.jsonl', 'p/a.jsonl')
    for (const name of ['a', 'b']) utimesSync(join(root, `p/${name}.jsonl`), 5, 5)
    expect(namesOf(find())).toEqual(['p/a.jsonl', 'p/b.jsonl'])
  })

  it('are known as they lie on disk', () => {
    write('p/s-1.jsonl')
    const path = join(root, 'p/s-1.jsonl')
    const { ino, size, mtimeMs } = statSync(path)
    expect(find().files).toEqual([{ path, name: 'p/s-1.jsonl', ino, size, mtime: mtimeMs }])
  })

  it('are found once, though places overlap by a link', () => {
    write('real/p/s-1.jsonl')
    symlinkSync(join(root, 'real'), join(root, 'link'))
    expect(find(claudeCode, 'real', 'link').files.map(({ path }) => path)).toEqual([
      join(root, 'real/p/s-1.jsonl'),
    ])
  })

  it('behind links further down are not followed', () => {
    write('real/p/s-1.jsonl', 'other/s-2.jsonl')
    symlinkSync(join(root, 'other'), join(root, 'real/p/link'))
    symlinkSync(join(root, 'other/s-2.jsonl'), join(root, 'real/p/s-3.jsonl'))
    expect(namesOf(find(claudeCode, 'real'))).toEqual(['p/s-1.jsonl'])
  })

  it('are those alone that no other one holds too', () => {
    const id = '0198a6f2-0000-7000-8000-00000000000a'
    write(`sessions/2026/01/02/rollout-${id}.jsonl`, `archived_sessions/rollout-${id}.jsonl`)
    expect(find(codex, 'sessions', 'archived_sessions').files.map(({ path }) => path)).toEqual([
      join(root, `sessions/2026/01/02/rollout-${id}.jsonl`),
    ])
  })
})

describe('places', () => {
  it('that do not exist hold none', () => {
    expect(find(claudeCode, 'nowhere')).toEqual({ files: [], folders: [], unreadable: [] })
  })

  it('that may not be looked at are no empty ones', () => {
    symlinkSync('loop', join(root, 'loop'))
    expect(find(claudeCode, 'loop')).toEqual({
      files: [],
      folders: [],
      unreadable: [{ path: join(root, 'loop'), errno: 'ELOOP' }],
    })
  })

  it('may be a file', () => {
    write('s-1.jsonl', 'notes.txt')
    expect(find(claudeCode, 's-1.jsonl').files.map(({ path }) => path)).toEqual([join(root, 's-1.jsonl')])
    expect(find(claudeCode, 'notes.txt').files).toEqual([])
  })

  it('are told with all folders in them, where new ones turn up', () => {
    write('p/s-1/x.txt')
    expect(new Set(find().folders)).toEqual(new Set(['', 'p', 'p/s-1'].map((name) => join(root, name))))
  })
})

describe('a transcript by its path', () => {
  it('is known by its folder and its name', () => {
    write('p/deep/s-1.jsonl')
    expect(transcriptAt(join(root, 'p/deep/s-1.jsonl'))).toMatchObject([{ name: 'deep/s-1.jsonl' }])
    expect(transcriptAt(join(root, 'p/deep'))).toEqual([])
    expect(transcriptAt(join(root, 'nowhere'))).toEqual([])
    expect(transcriptAt(join(root, 'p/deep/s-1.jsonl/below'))).toEqual([])
  })

  it('is as it is now when it is asked about again', () => {
    write('p/s-1.jsonl')
    const [file] = find().files
    if (file === undefined) throw new Error('it was not found')
    writeFileSync(file.path, 'a longer text than before')
    expect(renewed(file)).toMatchObject([{ path: file.path, name: file.name, ino: file.ino, size: 25 }])
    writeFileSync(`${file.path}.new`, 'x')
    renameSync(`${file.path}.new`, file.path)
    expect(renewed(file)[0]?.ino).not.toBe(file.ino)
    rmSync(file.path)
    expect(renewed(file)).toEqual([])
  })

  it('that is a database grows with its log', () => {
    write('opencode.db', 'opencode.db-wal')
    const size = statSync(join(root, 'opencode.db')).size + statSync(join(root, 'opencode.db-wal')).size
    expect(transcriptAt(join(root, 'opencode.db'))).toMatchObject([{ size, mtime: 1_000_001_000 }])
    rmSync(join(root, 'opencode.db-wal'))
    expect(transcriptAt(join(root, 'opencode.db'))).toMatchObject([{ mtime: 1_000_000_000 }])
  })
})
