import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { execFileSync } from 'node:child_process'
import { basename, join } from 'node:path'
import { beforeEach, describe, expect, it, test } from 'vitest'
import { Unreadable } from '../../src/system/file-system.ts'
import { describeEvent } from '../../src/system/ledger-event.ts'
import { LedgerReader } from '../../src/system/ledger-reader.ts'
import { foldMaker, usage } from '../kit/fold-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let directory = ''
let path = ''
let reader: LedgerReader

beforeEach(() => {
  directory = temporaryDirectory()
  path = join(directory, 'sessions.jsonl')
  reader = new LedgerReader(directory, foldMaker())
})

const record = (id: string): string => `${usage({ v: 1, id, cost_usd: 1 })}\n`

function records(): number {
  return reader.fold.rollup.cells.records.reduce((sum, count) => sum + count, 0)
}

const kinds = (): string[] => reader.events.map(({ kind }) => kind)

describe('a ledger that appears', () => {
  it('is empty without file and without directory', () => {
    rmSync(directory, { recursive: true })
    expect(reader.look()).toMatchObject({ changed: false, doubtful: false })
    expect(reader.hasFiles).toBe(false)
    mkdirSync(directory)
    writeFileSync(path, record('a'))
    expect(reader.look().changed).toBe(true)
    expect(records()).toBe(1)
  })

  it('is read from all of its files, and from no other', () => {
    for (const name of ['sessions.jsonl', 'sessions.jsonl.1', 'sessions-2024.jsonl']) {
      writeFileSync(join(directory, name), record(name))
    }
    for (const name of ['sessions.jsonl.gz', 'sessions.json', 'x-sessions.jsonl', 'sessions.jsonl.bak']) {
      writeFileSync(join(directory, name), record(name))
    }
    reader.look()
    expect(records()).toBe(3)
  })

  it('calls its files by their names, however its directory is written', () => {
    writeFileSync(path, 'no record\n')
    for (const written of [`${directory}/`, `${directory}/.`, `${directory}//../${basename(directory)}`]) {
      const other = new LedgerReader(written, foldMaker())
      other.look()
      expect(other.fold.findings.problems.map(({ file }) => file)).toEqual(['sessions.jsonl'])
      other.close()
    }
  })

  it('reads nothing twice while nothing changes', () => {
    writeFileSync(path, record('a'))
    reader.look()
    expect(reader.look()).toMatchObject({ changed: false, doubtful: false })
    expect(reader.events).toEqual([])
  })
})

describe('an unfinished last line', () => {
  it('is held back byte by byte, and counts from its closing brace on, once', () => {
    const [whole, next] = [record('a'), record('b')]
    for (let length = 1; length <= next.length; length++) {
      writeFileSync(path, whole + next.slice(0, length))
      reader.reread()
      expect(records()).toBe(length >= next.length - 1 ? 2 : 1)
      expect(reader.fold.findings.badLines).toBe(0)
    }
  })

  it('is named with its size until it is finished', () => {
    writeFileSync(path, `${record('a')}{"v":1,`)
    reader.look()
    expect(reader.unfinished).toEqual([{ file: 'sessions.jsonl', bytes: 7 }])
    appendFileSync(path, record('b').slice(7))
    reader.look()
    expect(reader.unfinished).toEqual([])
    expect(records()).toBe(2)
  })
})

describe('what happens to the files', () => {
  beforeEach(() => {
    writeFileSync(path, record('a') + record('b'))
    reader.look()
  })

  it('a truncation is believed at the second look, and announced', () => {
    const size = readFileSync(path).length
    truncateSync(path, 0)
    expect(reader.look()).toMatchObject({ changed: false, doubtful: true })
    expect(records()).toBe(2)
    expect(reader.look()).toMatchObject({ changed: true, doubtful: false })
    expect(records()).toBe(0)
    expect(reader.events).toEqual([{ file: 'sessions.jsonl', kind: 'shrank', from: size, to: 0 }])
  })

  it('a size that was only late is no truncation', () => {
    const text = readFileSync(path)
    truncateSync(path, 10)
    reader.look()
    writeFileSync(path, text)
    reader.look()
    reader.look()
    expect(kinds()).not.toContain('shrank')
    expect(records()).toBe(2)
  })

  it('a truncation that grew past the old size is announced as a replacement', () => {
    writeFileSync(path, ['c', 'd', 'e'].map(record).join(''))
    reader.look()
    expect(records()).toBe(3)
    expect(kinds()).toEqual(['replaced'])
  })

  it('a deletion is announced', () => {
    rmSync(path)
    reader.look()
    expect(records()).toBe(0)
    expect(kinds()).toEqual(['disappeared'])
    expect(reader.hasFiles).toBe(false)
  })

  it('another file under the same name is announced as a replacement', () => {
    writeFileSync(join(directory, 'new'), record('c'))
    renameSync(join(directory, 'new'), path)
    reader.look()
    expect(records()).toBe(1)
    expect(kinds()).toEqual(['replaced'])
  })

  it('an edit of the same size is read again', () => {
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"cost_usd":1', '"cost_usd":2'))
    expect(reader.look().changed).toBe(true)
    expect(reader.fold.rollup.sessions.usd.at(0)).toBe(4n * 10n ** 12n)
    expect(kinds()).toEqual(['rewritten'])
  })

  it('a mere touch changes no total', () => {
    utimesSync(path, new Date(0), new Date(0))
    reader.look()
    expect(records()).toBe(2)
  })

  it('a rotation by renaming is no event: what an old writer still appends counts too', () => {
    const late = `${path}.1`
    renameSync(path, late)
    writeFileSync(path, record('c'))
    reader.look()
    appendFileSync(late, record('d'))
    appendFileSync(path, record('e'))
    reader.look()
    expect(records()).toBe(5)
    expect(reader.events).toEqual([])
  })

  it('three rotations between two looks lose nothing', () => {
    for (const id of ['c', 'd', 'e']) {
      for (const part of [2, 1]) {
        try {
          renameSync(`${path}.${part}`, `${path}.${part + 1}`)
        } catch {
          continue
        }
      }
      renameSync(path, `${path}.1`)
      writeFileSync(path, record(id))
    }
    reader.look()
    expect(records()).toBe(5)
    expect(reader.events).toEqual([])
  })

  it('a copy that is then truncated keeps every total, because identities repeat', () => {
    copyFileSync(path, `${path}.1`)
    reader.look()
    expect(records()).toBe(2)
    truncateSync(path, 0)
    appendFileSync(path, record('c'))
    reader.look()
    reader.look()
    expect(records()).toBe(3)
    expect(kinds()).toEqual(['shrank'])
  })
})

const refusal = (): Unreadable => {
  try {
    reader.look()
  } catch (error) {
    if (error instanceof Unreadable) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('what cannot be read is refused with its path and a fix', () => {
  it('a directory in place of the file', () => {
    mkdirSync(path)
    expect(refusal()).toMatchObject({ path, message: 'is not a regular file', fix: 'move it away' })
  })

  it('a pipe, without waiting for a writer', () => {
    execFileSync('mkfifo', [path])
    expect(refusal().message).toBe('is not a regular file')
  })

  it('a file in place of the directory', () => {
    rmSync(directory, { recursive: true })
    writeFileSync(directory, '')
    expect(refusal()).toMatchObject({ path: directory, message: 'is not a directory' })
  })

  test.each([
    ['with a mark, little-endian', [0xff, 0xfe, 0x7b, 0x00]],
    ['with a mark, big-endian', [0xfe, 0xff, 0x00, 0x7b]],
    ['without a mark, little-endian', [0x7b, 0x00, 0x22, 0x00]],
    ['without a mark, big-endian', [0x00, 0x7b, 0x00, 0x22]],
  ])('UTF-16 %s', (_, bytes) => {
    writeFileSync(path, Buffer.from(bytes))
    expect(refusal()).toMatchObject({ message: 'is UTF-16 text', fix: 'save it again as UTF-8' })
  })

  it('and read as soon as it is there again', () => {
    mkdirSync(path)
    refusal()
    rmSync(path, { recursive: true })
    writeFileSync(path, record('a'))
    expect(reader.look().changed).toBe(true)
    expect(records()).toBe(1)
  })
})

it('a large ledger is read in steps that tell how far they are', () => {
  const lines = Array.from({ length: 80_000 }, (_, nth) => record(`r${nth}`))
  writeFileSync(path, lines.join(''))
  const shares: number[] = []
  const steps = reader.steps()
  let step = steps.next()
  for (; step.done !== true; step = steps.next()) shares.push(step.value)
  expect(step.value).toMatchObject({ changed: true, doubtful: false })
  expect(shares.length).toBeGreaterThan(0)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(Math.max(...shares)).toBeLessThanOrEqual(1)
  expect(records()).toBe(80_000)
})

test.each([
  [
    'shrank' as const,
    0,
    's shrank from 100 to 0 bytes, spend below may be incomplete: look for a copy of it',
  ],
  [
    'disappeared' as const,
    0,
    's disappeared (100 bytes), spend below may be incomplete: look for a copy of it',
  ],
  ['replaced' as const, 120, 's was replaced and has been read again from its beginning'],
  [
    'replaced' as const,
    50,
    's was replaced by a shorter file (100 to 50 bytes), spend below may be incomplete: look for a copy of it',
  ],
  ['rewritten' as const, 100, 's was rewritten and has been read again from its beginning'],
])('says in a sentence that a file %s to %s bytes', (kind, to, sentence) => {
  expect(describeEvent({ file: 's', kind, from: 100, to })).toBe(sentence)
})
