import * as fc from 'fast-check'
import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'

import { type LinesRead, readLines } from '../../src/system/transcript-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

interface Read extends LinesRead {
  readonly lines: readonly string[]
}

function linesAt(path: string, from = 0, marker?: string): Read {
  const lines: string[] = []
  const fd = openSync(path, 'r')
  try {
    const read = readLines(fd, from, marker, (bytes, start, end) =>
      lines.push(bytes.toString('utf8', start, end)),
    )
    return { ...read, lines }
  } finally {
    closeSync(fd)
  }
}

function linesOf(text: string, from = 0, marker?: string): Read {
  const path = join(temporaryDirectory(), 'transcript.jsonl')
  writeFileSync(path, text)
  return linesAt(path, from, marker)
}

describe('the lines of a transcript', () => {
  test.each<[what: string, text: string, lines: readonly string[], offset: number]>([
    ['come whole', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}'], 16],
    ['come without returns', '{"a":1}\r\n{"b":2}\r\n', ['{"a":1}', '{"b":2}'], 18],
    ['come without blank ones', '\n\n{"a":1}\n\r\n\n', ['{"a":1}'], 13],
    ['are none in an empty file', '', [], 0],
    [
      'are handed out unfinished where they may be whole, and read again',
      '{"a":1}\n{"b":2}',
      ['{"a":1}', '{"b":2}'],
      8,
    ],
    ['may end in blanks before that', '{"a":1}\n{"b":2} \r', ['{"a":1}', '{"b":2} \r'], 8],
    ['wait where they are torn', '{"a":1}\n{"b":', ['{"a":1}'], 8],
    ['wait where only blanks are there yet', '{"a":1}\n   ', ['{"a":1}'], 8],
  ])('%s', (_, text, lines, offset) => {
    expect(linesOf(text)).toEqual({ lines, offset, skipped: 0 })
  })

  it('come from an offset on', () => {
    expect(linesOf('{"a":1}\n{"b":2}\n{"c":3}\n', 8)).toMatchObject({
      lines: ['{"b":2}', '{"c":3}'],
      offset: 24,
    })
    expect(linesOf('{"a":1}\n', 8)).toMatchObject({ lines: [], offset: 8 })
    expect(linesOf('{"a":1}\n', 800)).toMatchObject({ lines: [], offset: 800 })
  })

  it('with a marker are those that hold it', () => {
    const text = 'one\nan x here\nx\ntwo x and x\nthree\n'
    expect(linesOf(text, 0, 'x')).toMatchObject({
      lines: ['an x here', 'x', 'two x and x'],
      offset: text.length,
    })
    expect(linesOf(text, 4, 'x').lines).toEqual(['an x here', 'x', 'two x and x'])
    expect(linesOf('{"no":1}\n', 0, 'x').lines).toEqual([])
  })

  it('are not confused by what an earlier file left in memory', () => {
    linesOf(`${'{"x":1}\n'.repeat(1000)}`)
    expect(linesOf('{"a":1}\n', 0, 'x').lines).toEqual([])
  })
})

describe('long lines and large files', () => {
  const MB = 1 << 20

  test.each([
    ['shorter than a piece of the file', MB - 10],
    ['as long as a piece', MB - 3],
    ['a little longer', MB - 2],
    ['of many pieces', 5 * MB],
  ])('a line %s comes whole, and those around it', (_, length) => {
    const long = `{${'x'.repeat(length)}}`
    const text = `{"a":1}\n${long}\n{"b":2}\n`
    const { lines, offset } = linesOf(text)
    expect(lines.map((line) => line.length)).toEqual([7, length + 2, 7])
    expect([lines[1] === long, offset]).toEqual([true, text.length])
  })

  it('a line that is longer than any can be is skipped, and its neighbours come', () => {
    const path = join(temporaryDirectory(), 'transcript.jsonl')
    writeFileSync(path, '{"a":1}\n')
    // A hole costs no disk.
    truncateSync(path, 67 * MB)
    const fd = openSync(path, 'r+')
    writeSync(fd, '\n{"b":2}\n', 67 * MB)
    closeSync(fd)
    expect(linesAt(path)).toEqual({ lines: ['{"a":1}', '{"b":2}'], offset: 67 * MB + 9, skipped: 1 })
  })

  it('come to the same as splitting the text, wherever the pieces end', () => {
    const line = fc.tuple(fc.nat(3 * MB), fc.constantFrom('{"mark":1}', '{}', '{"é":"größe 数据"}'))
    const path = join(temporaryDirectory(), 'transcript.jsonl')
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), fc.boolean(), (parts, isMarked) => {
        const all = parts.map(([length, text]) => `{${'é'.repeat(length / 40)}${text}}`)
        writeFileSync(path, all.map((text) => `${text}\n`).join(''))
        const wanted = isMarked ? all.filter((text) => text.includes('mark')) : all
        expect(linesAt(path, 0, isMarked ? 'mark' : undefined).lines).toEqual(wanted)
      }),
      { numRuns: 25 },
    )
  })
})

it('reads a growing file in any steps as it reads it at once', () => {
  const path = join(temporaryDirectory(), 'transcript.jsonl')
  const texts = fc.array(fc.constantFrom('{"a":1}\n', '{"b":', '2}\n', '\n', '{"c":3}', '\r\n', ' '), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(texts, (parts) => {
      let text = ''
      let offset = 0
      const whole = new Set<string>()
      for (const part of parts) {
        writeFileSync(path, (text += part))
        const read = linesAt(path, offset)
        offset = read.offset
        for (const line of read.lines) whole.add(line)
      }
      for (const line of linesOf(text).lines) expect(whole).toContain(line)
      expect(offset).toBe(text.lastIndexOf('\n') + 1)
    }),
    { numRuns: 60 },
  )
})
