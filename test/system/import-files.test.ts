import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, test } from 'vitest'

import { type ImportFiles, type ImportIndex, importFiles } from '../../src/system/import-files.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let directory = ''
let state = ''
beforeEach(() => {
  directory = temporaryDirectory()
  state = join(directory, 'state')
})

const INDEX: ImportIndex = {
  scope: { program: 'p', project: '/home/u/größe', since: null },
  ledger: [{ ino: '12', size: 34, guard: 56 }],
  marks: {
    'claude-code': {
      '/t.jsonl': { ino: 1, size: 2, mtime: 3.5, offset: 4, guard: -5, state: null, strange: 0 },
    },
    codex: {
      '/c.jsonl': { ino: 1, size: 2, mtime: 3, offset: 4, guard: 5, state: { model: 'm' }, strange: 0 },
    },
  },
}
const ROWS = Float64Array.of(1, -2, 3e9, 4.5, 5, 6, 7, 8)

const open = (): ImportFiles => importFiles(directory, () => 0)
const written = (): ImportFiles => {
  const files = open()
  files.write(INDEX, ROWS)
  return files
}

describe('what an import remembers', () => {
  it('is what it wrote, for itself and for the next one', () => {
    for (const files of [written(), open()]) {
      expect(files.index()).toEqual(INDEX)
      expect(files.seen()).toEqual(ROWS)
    }
  })

  it('is what was written last', () => {
    written().write({ ...INDEX, marks: {} }, Float64Array.of(9, 9, 9, 9))
    expect(open().index()?.marks).toEqual({})
    expect(open().seen()).toEqual(Float64Array.of(9, 9, 9, 9))
  })

  it('may be nothing', () => {
    open().write({ ...INDEX, ledger: [], marks: {} }, new Float64Array(0))
    expect(open().seen()).toEqual(new Float64Array(0))
  })

  it('is for its user only, and nothing that git would see', () => {
    written()
    for (const name of ['imported', 'imported-ids'])
      expect(statSync(join(state, name)).mode & 0o777).toBe(0o600)
    expect(statSync(state).mode & 0o777).toBe(0o700)
    expect(readFileSync(join(state, '.gitignore'), 'utf8')).toBe('*\n')
  })
})

const flip = (name: string, at: number): void => {
  const bytes = readFileSync(join(state, name))
  bytes[at] = bytes[at]! ^ 1
  writeFileSync(join(state, name), bytes)
}

const cut = (name: string): void => {
  const bytes = readFileSync(join(state, name))
  writeFileSync(join(state, name), bytes.subarray(0, bytes.length - 8))
}

describe('what cannot be believed is nothing', () => {
  test.each<[what: string, damage: () => void]>([
    ['an index that is gone', () => rmSync(join(state, 'imported'))],
    ['an index with another checksum', () => flip('imported', 0)],
    ['an index with another byte', () => flip('imported', 60)],
    ['an index that was cut', () => cut('imported')],
    ['an empty index', () => writeFileSync(join(state, 'imported'), '')],
    ['an index without lines', () => writeFileSync(join(state, 'imported'), 'nonsense')],
    [
      'an index that is a folder',
      () => {
        rmSync(join(state, 'imported'))
        mkdirSync(join(state, 'imported'))
      },
    ],
    [
      'an index behind a link',
      () => {
        writeFileSync(join(directory, 'elsewhere'), readFileSync(join(state, 'imported')))
        rmSync(join(state, 'imported'))
        symlinkSync(join(directory, 'elsewhere'), join(state, 'imported'))
      },
    ],
  ])('%s', (_, damage) => {
    written()
    damage()
    expect([open().index(), open().seen()]).toEqual([null, null])
  })

  test.each<[what: string, damage: () => void]>([
    ['gone', () => rmSync(join(state, 'imported-ids'))],
    ['damaged', () => flip('imported-ids', 20)],
    ['cut', () => cut('imported-ids')],
    ['those of another index', () => writeFileSync(join(state, 'imported-ids'), new Uint8Array(64))],
  ])('ids that are %s, though the index can', (_, damage) => {
    written()
    damage()
    expect(open().index()).toEqual(INDEX)
    expect(open().seen()).toBeNull()
  })

  it('and nothing was written where nothing could be', () => {
    writeFileSync(state, '')
    expect(() => open().write(INDEX, ROWS)).toThrow('is not a directory')
    expect(open().index()).toBeNull()
  })
})

it('leaves no half-written files', () => {
  written()
  expect(existsSync(join(state, 'imported.new')) || existsSync(join(state, 'imported-ids.new'))).toBe(false)
})
