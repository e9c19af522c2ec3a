import {
  appendFileSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'

import { claudeCode } from '../../src/sources/claude-code.ts'
import { codex } from '../../src/sources/codex.ts'
import { droid } from '../../src/sources/droid.ts'
import { opencode } from '../../src/sources/opencode.ts'
import type { Reading } from '../../src/sources/source.ts'
import { Unreadable } from '../../src/system/file-system.ts'
import {
  type TranscriptContent,
  type TranscriptMark,
  readTranscript,
} from '../../src/system/read-transcript.ts'
import { type TranscriptFile, transcriptAt } from '../../src/system/transcript-files.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { aResponse, responseLines } from '../kit/transcripts.ts'

let path = ''
beforeEach(() => {
  path = join(temporaryDirectory(), 's-1.jsonl')
})

function fileAt(where: string): TranscriptFile {
  const [file] = transcriptAt(where)
  if (file === undefined) throw new Error(`${where} is not there`)
  return file
}

const linesOf = (message: string, blocks = 1): string =>
  `${responseLines(aResponse({ message }), blocks).join('\n')}\n`
const read = (mark: TranscriptMark | null, reading: Reading = claudeCode.reading): TranscriptContent =>
  readTranscript(reading, fileAt(path), mark, null)
const messagesIn = ({ told }: TranscriptContent) =>
  told.map(({ response }) => response.replace('claude-code:', ''))

/** A line of Codex that names no response. */
const used = (input: number): string =>
  JSON.stringify({ type: 'token_usage_record', payload: { usage: { input_tokens: input } } })
const idsIn = ({ told }: TranscriptContent) => told.map(({ record }) => record.id)

describe('a transcript of lines', () => {
  it('is put together by response, and says how often each was told', () => {
    writeFileSync(path, linesOf('a', 3) + linesOf('b') + '{"type":"user"}\n')
    const content = read(null)
    expect(messagesIn(content)).toEqual(['a', 'b'])
    expect(content.told[0]).toMatchObject({
      record: { outputTokens: 400 },
      cwd: '/home/u/app',
      isFinal: true,
    })
    expect(content).toMatchObject({ tellings: 4, repeats: { count: 2 }, bytes: fileAt(path).size })
    expect(content.repeats.sums).toHaveLength(1)
  })

  it('that grew is read from where it was read to', () => {
    writeFileSync(path, linesOf('a'))
    const first = read(null)
    appendFileSync(path, linesOf('b'))
    const second = read(first.mark)
    expect(messagesIn(second)).toEqual(['b'])
    expect(second).toMatchObject({ tellings: 1, bytes: linesOf('b').length })
    expect(messagesIn(read(second.mark))).toEqual([])
  })

  it('whose last line was torn is read again from that line', () => {
    const line = linesOf('b')
    writeFileSync(path, linesOf('a') + line.slice(0, 300))
    const first = read(null)
    expect(messagesIn(first)).toEqual(['a'])
    appendFileSync(path, line.slice(300))
    expect(messagesIn(read(first.mark))).toEqual(['b'])
  })

  it('whose last line lacks its newline counts, and counts again', () => {
    writeFileSync(path, linesOf('a') + linesOf('b').trimEnd())
    const first = read(null)
    expect(messagesIn(first)).toEqual(['a', 'b'])
    expect(messagesIn(read(first.mark))).toEqual(['b'])
  })

  it('whose last line lacks its newline is gone on with from before that line, so that it counts once', () => {
    writeFileSync(path, used(5))
    const first = read(null, codex.reading)
    appendFileSync(path, `\n${used(6)}\n`)
    expect(idsIn(read(first.mark, codex.reading))).toEqual([...idsIn(first), 'codex:s-1:unnamed-1'])
  })

  it.each<[what: string, change: () => void, messages: readonly string[]]>([
    ['cut', () => truncateSync(path, linesOf('a').length), ['a']],
    ['emptied', () => truncateSync(path, 0), []],
    [
      'rewritten in place, at the same length',
      () => writeFileSync(path, linesOf('c') + linesOf('d')),
      ['c', 'd'],
    ],
    [
      'rewritten in place, only further up',
      () => {
        writeFileSync(path, linesOf('c') + linesOf('b'))
        utimesSync(path, 1, 1)
      },
      ['c', 'b'],
    ],
    [
      'rewritten in place, longer',
      () => writeFileSync(path, linesOf('c') + linesOf('d') + linesOf('e')),
      ['c', 'd', 'e'],
    ],
    [
      'replaced by a file that begins alike',
      () => {
        writeFileSync(`${path}.new`, readFileSync(path, 'utf8') + linesOf('c'))
        renameSync(`${path}.new`, path)
      },
      ['a', 'b', 'c'],
    ],
  ])('that was %s is read from the beginning', (_, change, messages) => {
    writeFileSync(path, linesOf('a') + linesOf('b'))
    const { mark } = read(null)
    change()
    const again = read(mark)
    expect(messagesIn(again)).toEqual(messages)
    expect(messagesIn(read(again.mark))).toEqual([])
  })

  it('that went away since it was found is none, and is read in whole when it is back', () => {
    writeFileSync(path, linesOf('a'))
    const file = fileAt(path)
    rmSync(path)
    const gone = readTranscript(claudeCode.reading, file, null, null)
    expect(gone).toMatchObject({ told: [], tellings: 0 })
    writeFileSync(path, linesOf('a'))
    expect(messagesIn(read({ ...gone.mark, ino: fileAt(path).ino }))).toEqual(['a'])
  })

  it('goes on with what its source kept', () => {
    const states: unknown[] = []
    const reading: Reading = {
      kind: 'lines',
      open: (_, state) => {
        states.push(state)
        return { line: () => [], state: () => ({ count: states.length }) }
      },
    }
    writeFileSync(path, '{"a":1}\n')
    const first = read(null, reading)
    const second = read(first.mark, reading)
    truncateSync(path, 3)
    read(second.mark, reading)
    expect(states).toEqual([null, { count: 1 }, null])
  })

  it('counts what it cannot understand', () => {
    writeFileSync(path, `${linesOf('a').slice(0, -30)}\n${linesOf('b')}`)
    expect(read(null).counts).toMatchObject({ damaged: 1, strange: 0 })
  })
})

describe('a transcript that is a document', () => {
  it('is read as a whole each time', () => {
    const text = JSON.stringify({ model: 'm', tokenUsage: { inputTokens: 5, outputTokens: 1 } })
    writeFileSync(path, text)
    const first = read(null, droid.reading)
    expect(first).toMatchObject({ tellings: 1, bytes: text.length, mark: { offset: 0, state: null } })
    expect(read(first.mark, droid.reading).tellings).toBe(1)
  })

  it('of a size that none has is counted as strange', () => {
    writeFileSync(path, '')
    truncateSync(path, (256 << 20) + 1)
    expect(read(null, droid.reading)).toMatchObject({ told: [], counts: { strange: 1 } })
  })
})

describe('a transcript that is a database', () => {
  it('says how to read it where nothing can', () => {
    writeFileSync(path, '')
    expect(() => read(null, opencode.reading)).toThrow(Unreadable)
  })

  it('comes to what its rows tell', () => {
    writeFileSync(path, '')
    const asked: unknown[] = []
    const reading: Reading = {
      kind: 'database',
      queries: [{ table: 't', sql: 'SELECT 1' }],
      row: ({ id }) => [{ record: { ...rowRecord(), id: String(id) }, cwd: '', response: '', isFinal: true }],
    }
    const sqlite = {
      *rows(where: string, queries: unknown) {
        asked.push([where, queries])
        yield { id: 'x' }
        yield { id: 'y' }
        yield { id: 'x' }
      },
    }
    const content = readTranscript(reading, fileAt(path), null, sqlite)
    expect(asked).toEqual([[path, reading.queries]])
    expect(content.told.map(({ record }) => record.id)).toEqual(['x', 'y'])
    expect(content).toMatchObject({ tellings: 3, repeats: { count: 1 } })
  })
})

function rowRecord() {
  const [first] = readRecords()
  if (first === undefined) throw new Error('nothing was told')
  return first.record
}

function readRecords() {
  writeFileSync(path, linesOf('a'))
  return read(null).told
}
