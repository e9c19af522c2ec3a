import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, test } from 'vitest'

import { type GrownFile, grownSince, stampLedger } from '../../src/system/ledger-stamp.ts'
import { usage } from '../kit/fold-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let directory = ''
let path = ''
beforeEach(() => {
  directory = temporaryDirectory()
  path = join(directory, 'sessions.jsonl')
})

/** Only the end of a file proves that it is the same: here no two lines end alike. */
const line = (id: string): string => `${usage({ v: 1, id }).slice(0, -1)},"note":"${id}"}\n`
const textOf = ({ path: file, from, to }: GrownFile): string =>
  readFileSync(file).subarray(from, to).toString('utf8')
/** What grew since a stamp of what is there now. */
function grown(change: () => void): readonly string[] | null {
  const stamp = stampLedger(directory)
  change()
  return grownSince(directory, stamp)?.map(textOf) ?? null
}

describe('a ledger that only grew says what came since', () => {
  test.each<[what: string, change: () => void, texts: readonly string[]]>([
    ['nothing', () => {}, []],
    ['what was appended', () => appendFileSync(path, line('b')), [line('b')]],
    ['half a line', () => appendFileSync(path, line('b').slice(0, 9)), [line('b').slice(0, 9)]],
    ['a new part', () => writeFileSync(join(directory, 'sessions-2024.jsonl'), line('b')), [line('b')]],
    [
      'nothing of files that are none of its own',
      () => writeFileSync(join(directory, 'alerts.log'), 'x'),
      [],
    ],
    ['nothing where a part was renamed', () => renameSync(path, `${path}.1`), []],
    [
      'what was appended to both parts, the older first',
      () => {
        appendFileSync(path, line('b'))
        renameSync(path, `${path}.1`)
        writeFileSync(path, line('c'))
      },
      [line('b'), line('c')],
    ],
  ])('%s', (_, change, texts) => {
    writeFileSync(path, line('a'))
    expect(grown(change)).toEqual(texts)
  })

  it('all of it, where there was none', () => {
    expect(grown(() => writeFileSync(path, line('a')))).toEqual([line('a')])
    rmSync(path)
    expect(grown(() => {})).toEqual([])
    expect(stampLedger(join(directory, 'nowhere'))).toEqual([])
  })
})

describe('a ledger from which something was taken says so', () => {
  test.each<[what: string, change: () => void]>([
    ['deleted', () => rmSync(path)],
    ['emptied', () => truncateSync(path, 0)],
    ['cut by a line', () => truncateSync(path, line('a').length)],
    ['edited, at the same length', () => writeFileSync(path, line('a') + line('c'))],
    ['edited and longer', () => writeFileSync(path, line('a') + line('c') + line('d'))],
    [
      'replaced by what it was without a line',
      () => {
        writeFileSync(`${path}.new`, line('b'))
        renameSync(`${path}.new`, path)
      },
    ],
    [
      'a part lost in a rotation',
      () => {
        writeFileSync(`${path}.new`, line('c'))
        renameSync(`${path}.new`, path)
      },
    ],
  ])('%s', (_, change) => {
    writeFileSync(path, line('a') + line('b'))
    expect(grown(change)).toBeNull()
  })
})

it('says which folder is none, and what to do', () => {
  writeFileSync(path, '')
  expect(() => stampLedger(path)).toThrow('is not a directory')
  expect(() => grownSince(path, [])).toThrow('is not a directory')
})

it('survives a stamp that was saved and read again', () => {
  mkdirSync(join(directory, 'state'))
  writeFileSync(path, line('a'))
  const stamp = structuredClone(stampLedger(directory))
  appendFileSync(path, line('b'))
  expect(grownSince(directory, stamp)).toEqual([
    { path, from: line('a').length, to: line('a').length + line('b').length },
  ])
})
