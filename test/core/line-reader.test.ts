import { describe, expect, it, test } from 'vitest'
import { MAX_LINE_BYTES } from '../../src/core/line-reader.ts'
import { aRecord, lineOf } from './a-record.ts'
import { aLedger, bytesOf, foldOf, joined, totalsOf } from './fold-of.ts'

const LINE = lineOf(aRecord({ id: 'a' }))
const OTHER = lineOf(aRecord({ id: 'b' }))

function recordsIn(ledger: string | Uint8Array): number {
  return totalsOf(foldOf(ledger)).cells.reduce((sum, { records }) => sum + records, 0)
}

function badLinesIn(ledger: string | Uint8Array): string[] {
  return foldOf(ledger).findings.problems.map(({ line, reason }) => `${line}: ${reason}`)
}

describe('a reader of lines', () => {
  test.each([
    ['CRLF', `${LINE}\r\n${OTHER}\r\n`, 2],
    ['blank lines', `\n\n${LINE}\n \t\n\r\n${OTHER}\n\n`, 2],
    ['spaces around the object', `  ${LINE}  \n`, 1],
    ['a byte order mark', `\ufeff${LINE}\n`, 1],
    ['no newline at the end', `${LINE}\n${OTHER}`, 2],
    ['two records on one line', `${LINE}${OTHER}\n`, 2],
  ])('takes %s without a word', (_, ledger, records) => {
    expect(recordsIn(ledger)).toBe(records)
    expect(badLinesIn(ledger)).toEqual([])
  })

  test.each([
    ['an array', '[]', '1: is not a JSON object'],
    ['a number', '5', '1: is not a JSON object'],
    ['null', 'null', '1: is not a JSON object'],
    ['a string', '"x"', '1: is not a JSON object'],
    ['NaN', '{"input_tokens":NaN}', '1: is not a JSON object'],
    ['an object that is no record', '{"a":1}', '1: has neither tokens nor cost_usd'],
    ['NULs before a record', `\0\0${LINE}`, '1: begins with NUL bytes'],
    [
      'a torn record before a whole one',
      `${LINE.slice(0, 40)}${LINE}`,
      '1: holds a damaged record beside a whole one',
    ],
    [
      'a byte order mark where the file does not begin',
      `\n\ufeff${LINE}`,
      '2: holds a damaged record beside a whole one',
    ],
    ['brackets without end', `${'['.repeat(60_000)}`, '1: is not a JSON object'],
    ['objects without end', '{"a":'.repeat(5_000), '1: is not a JSON object'],
    [
      'deep but whole nesting',
      `{"a":${'['.repeat(9000)}${']'.repeat(9000)}}`,
      '1: has neither tokens nor cost_usd',
    ],
  ])('names %s by its line, and reads on', (_, line, problem) => {
    expect(badLinesIn(`${line}\n${OTHER}\n`)).toEqual([problem])
    expect(recordsIn(`${line}\n${OTHER}\n`)).toBe(line.includes(LINE) ? 2 : 1)
  })

  it('counts all bad lines and keeps the places of the first few', () => {
    const { findings } = foldOf('x\n'.repeat(50))
    expect(findings.badLines).toBe(50)
    expect(findings.problems.map(({ line, offset }) => [line, offset])).toEqual([
      [1, 0],
      [2, 2],
      [3, 4],
      [4, 6],
      [5, 8],
    ])
  })

  it('reads a record with letters that are no UTF-8', () => {
    const line = bytesOf(LINE.replace('my-app', 'my-aXp') + '\n')
    line[line.indexOf(0x58)] = 0xff
    expect(totalsOf(foldOf(line)).cells.map(({ key }) => JSON.parse(key)[1].project)).toEqual(['my-a\ufffdp'])
  })

  it('holds an unfinished last line back, byte for byte', () => {
    const bytes = bytesOf(LINE)
    const ledger = aLedger()
    for (let at = 0; at < bytes.length - 1; at++) ledger.append(bytes.slice(at, at + 1))
    expect(ledger.cursor.offset).toBe(0)
    expect(ledger.fold.rollup.cells.size).toBe(0)
    expect(ledger.fold.findings.badLines).toBe(0)
    ledger.append(bytes.slice(-1))
    expect(ledger.fold.rollup.cells.records[0]).toBe(1)
    ledger.append('\n')
    ledger.append(OTHER + '\n')
    expect(ledger.fold.rollup.cells.records[0]).toBe(2)
    expect(ledger.fold.findings.badLines).toBe(0)
  })

  it('skips an over-long line without keeping it, and counts it once', () => {
    const ledger = aLedger()
    ledger.append(LINE + '\n')
    const piece = bytesOf('{"prompt":"'.padEnd(50_000, 'x'))
    for (let i = 0; i < 40; i++) ledger.append(piece)
    expect(ledger.cursor.skipping).toBe(true)
    ledger.append(`"}\n${OTHER}\n`)
    expect(ledger.cursor.skipping).toBe(false)
    expect(ledger.cursor.lines).toBe(3)
    expect(ledger.fold.rollup.cells.records[0]).toBe(2)
    expect(ledger.fold.findings.badLines).toBe(1)
    expect(ledger.fold.findings.problems[0]).toMatchObject({ line: 2, reason: 'is longer than 65536 bytes' })
  })

  it('skips an over-long line that arrives whole', () => {
    const long = joined(
      bytesOf(LINE + '\n'),
      new Uint8Array(MAX_LINE_BYTES + 1).fill(0x78),
      bytesOf(`\n${OTHER}\n`),
    )
    expect(badLinesIn(long)).toEqual(['2: is longer than 65536 bytes'])
    expect(recordsIn(long)).toBe(2)
  })
})
