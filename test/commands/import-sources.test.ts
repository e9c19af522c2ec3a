import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it, test } from 'vitest'

import { UsageError } from '../../src/commands/command.ts'
import {
  directoriesOf,
  findAll,
  findNamed,
  knownSources,
  recognizedSource,
} from '../../src/commands/import-sources.ts'
import type { SourceFiles } from '../../src/commands/import-request.ts'
import type { FieldMapping } from '../../src/core/field-mapping.ts'
import { SOURCES } from '../../src/sources/index.ts'
import { claudeCode } from '../../src/sources/claude-code.ts'
import { codex } from '../../src/sources/codex.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { aResponse, responseLines } from '../kit/transcripts.ts'
import { SYSTEM } from './importing.ts'

let home = ''
beforeEach(() => {
  home = temporaryDirectory()
})

const NONE = new Map<string, never>()
const CLAUDE = `${responseLines(aResponse()).join('\n')}\n`
const CODEX = `${JSON.stringify({
  timestamp: '2026-11-20T10:00:00.000Z',
  type: 'session_meta',
  payload: { id: 't-1', cwd: '/w/app', cli_version: '0.144.0' },
})}\n`

function write(name: string, text: string): string {
  const path = join(home, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

function system() {
  const environment = {
    ...SYSTEM.environment,
    home,
    variables: {},
    platform: 'linux',
    workingDirectory: join(home, 'w'),
  }
  return { ...SYSTEM, environment }
}

const summary = (found: readonly SourceFiles[]) =>
  found.flatMap(({ source, files }) =>
    files.map(({ path }) => `${source.name} ${path.slice(home.length + 1)}`),
  )
const named = (...words: readonly string[]) => summary(findNamed(words, NONE, system()))

describe('without words', () => {
  it('everything is looked for where its tool puts it', () => {
    write('.claude/projects/p/s-1.jsonl', CLAUDE)
    write('.codex/sessions/2026/11/20/rollout-1.jsonl', CODEX)
    write('elsewhere/s-2.jsonl', CLAUDE)
    expect(named()).toEqual([
      'claude-code .claude/projects/p/s-1.jsonl',
      'codex .codex/sessions/2026/11/20/rollout-1.jsonl',
    ])
    expect(findNamed([], NONE, system()).map(({ source }) => source.name)).toEqual(
      SOURCES.map(({ name }) => name),
    )
  })
})

describe('the words of a call', () => {
  beforeEach(() => {
    write('.claude/projects/p/s-1.jsonl', CLAUDE)
    write('.codex/sessions/rollout-1.jsonl', CODEX)
    write('w/mixed/a.jsonl', CLAUDE)
    write('w/mixed/b/rollout-2.jsonl', CODEX)
    write('w/mixed/notes.txt', 'hello')
  })

  test.each<[words: string, found: readonly string[]]>([
    ['claude-code', ['claude-code .claude/projects/p/s-1.jsonl']],
    [
      'codex claude-code',
      ['claude-code .claude/projects/p/s-1.jsonl', 'codex .codex/sessions/rollout-1.jsonl'],
    ],
    ['mixed', ['claude-code w/mixed/a.jsonl', 'codex w/mixed/b/rollout-2.jsonl']],
    ['mixed/a.jsonl', ['claude-code w/mixed/a.jsonl']],
    ['./mixed/../mixed/b', ['codex w/mixed/b/rollout-2.jsonl']],
    ['~/w/mixed/a.jsonl', ['claude-code w/mixed/a.jsonl']],
    ['~/w/mixed/a.jsonl ~/w/mixed/b', ['claude-code w/mixed/a.jsonl', 'codex w/mixed/b/rollout-2.jsonl']],
    ['codex mixed/b', ['codex w/mixed/b/rollout-2.jsonl']],
    ['codex mixed/a.jsonl', ['codex w/mixed/a.jsonl']],
  ])('%s', (words, found) => {
    expect(named(...words.split(' '))).toEqual(found)
  })

  test.each<[words: string, message: RegExp]>([
    ['codx', /neither a source nor a file "codx": sources are .*claude-code, codex/],
    [
      'mixed/notes.txt',
      /notes\.txt has a form that no source knows: name the source before it, e\.g\. codex mixed\/notes\.txt/,
    ],
    ['mixed/nowhere', /neither a source nor a file/],
    ['droid mixed', /no transcript below .*mixed: name its source too/],
    ['claude-code codex mixed/notes.txt', /has a form that no source knows/],
  ])('%s: an error that says what to do', (words, message) => {
    expect(() => named(...words.split(' '))).toThrow(UsageError)
    expect(() => named(...words.split(' '))).toThrow(message)
  })
})

const MAPPING: FieldMapping = {
  files: '*.log',
  fields: new Map([['input_tokens', ['in']]]),
  inputIncludesCached: false,
}

const described = (name: string) => knownSources(new Map([[name, { directories: [], mapping: MAPPING }]]))

describe('the settings', () => {
  it('may name further directories of a tool', () => {
    const settings = new Map([['claude-code', { directories: ['~/more', '/abs'], mapping: null }]])
    const places = directoriesOf(claudeCode, settings, system().environment)
    expect(places.slice(-2)).toEqual([join(home, 'more'), '/abs'])
    expect(places[0]).toBe(join(home, '.claude/projects'))
    write('more/p/s-1.jsonl', CLAUDE)
    expect(summary(findAll([claudeCode], settings, system()))).toEqual(['claude-code more/p/s-1.jsonl'])
  })

  it('may describe a source, also in place of one that comes with the program', () => {
    expect(described('acme').map(({ name }) => name)).toEqual([...SOURCES.map(({ name }) => name), 'acme'])
    const codexes = described('codex').filter(({ name }) => name === 'codex')
    expect(codexes).toHaveLength(1)
    expect(codexes[0]).not.toBe(codex)
  })
})

it('says once what several sources may not read', () => {
  write('w/mixed/a.jsonl', CLAUDE)
  const unreadable = [{ path: '/locked', errno: 'EACCES' }]
  const real = system()
  const find: typeof real.transcripts.find = (...question) => ({
    ...real.transcripts.find(...question),
    unreadable,
  })
  const world = { ...real, transcripts: { ...real.transcripts, find } }
  for (const found of [findNamed(['mixed'], NONE, world), findAll(SOURCES, NONE, world)]) {
    expect(found.flatMap(({ warnings }) => warnings.map(({ path }) => path))).toEqual(['/locked'])
  }
})

it('knows a form where it meets one, and none where there is none', () => {
  expect(recognizedSource(CLAUDE, SOURCES)?.name).toBe('claude-code')
  expect(recognizedSource(CODEX, SOURCES)?.name).toBe('codex')
  expect(recognizedSource(CLAUDE, [codex])).toBeUndefined()
  expect(recognizedSource('', SOURCES)).toBeUndefined()
})
