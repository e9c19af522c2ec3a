import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { decodeObject } from '../../src/core/line-reader.ts'
import type { UsageRecord } from '../../src/core/record.ts'
import { RecordScanner } from '../../src/core/record-scanner.ts'
import { aRecord, lineOf } from './a-record.ts'
import { arbitraryObject } from './arbitrary-line.ts'
import { bytesOf } from './fold-of.ts'

const SEED_LINE =
  '{"timestamp":"2025-12-15T14:30:00Z","session_id":"s-1","project":"my-app","model":"claude-sonnet-4","tool":"claude-code",' +
  '"input_tokens":12000,"output_tokens":4500,"cache_read_tokens":8000,"cache_write_tokens":3000,"cost_usd":0.11715}'

/** What a scanner that has just read `before` says of the text; null when it leaves it to the careful reader. */
function scanned(text: string, scanner = new RecordScanner()): UsageRecord | null {
  const bytes = bytesOf(text + '\n')
  if (!scanner.scan(bytes, 0, bytes.length)) return null
  scanner.batch.read(0)
  return { ...scanner.batch.record }
}

function decoded(text: string): UsageRecord | null {
  const bytes = bytesOf(text)
  const result = decodeObject(bytes, 0, bytes.length)
  return result?.kind === 'record' ? result.record : null
}

describe('the scanner', () => {
  it('reads the plain shape without help', () => {
    expect(scanned(SEED_LINE)).toMatchObject({
      timestamp: Date.UTC(2025, 11, 15, 14, 30),
      sessionId: 's-1',
      model: 'claude-sonnet-4',
      inputTokens: 12_000,
      cacheWriteTokens: 3_000,
      costUsd: 117_150_000_000n,
      costSource: null,
    })
  })

  it('reads the shape that we write ourselves', () => {
    const record = aRecord({
      id: 'claude-code:msg_01:req_01',
      costUsd: aRecord().costUsd,
      cacheWrite1hTokens: 7,
      branch: 'main',
      aggregate: true,
    })
    expect(scanned(lineOf(record))).toEqual(record)
  })

  test.each([
    ['an escape', '"session_id":"a\\"b"'],
    ['a letter beyond ASCII', '"session_id":"naïve"'],
    ['an unknown key', '"prompt":"hello"'],
    ['a nested object', '"usage":{"input_tokens":1}'],
    ['a number as a string', '"output_tokens":"12"'],
    ['a negative count', '"output_tokens":-1'],
    ['a fraction of a token', '"output_tokens":1.5'],
    ['a leading zero', '"output_tokens":007'],
    ['more tokens than anyone can use', '"output_tokens":1000000000001'],
    ['an exponent', '"cost_usd":1e-7'],
    ['a cost without digits behind its point', '"cost_usd":1.'],
    ['a cost of sixteen digits', '"cost_usd":0.123456789012345'],
    ['a cost beyond the cap', '"cost_usd":1000001'],
    ['an empty name', '"project":""'],
    ['a null', '"project":null'],
    ['a key named twice', '"input_tokens":7'],
  ])('leaves %s to the careful reader', (_, field) => {
    const start = '{"timestamp":"2025-12-15T14:30:00Z","input_tokens":1'
    expect(scanned(`${start}}`)).not.toBeNull()
    expect(scanned(`${start},${field}}`)).toBeNull()
  })

  test.each([
    '2025-02-29T10:00:00Z',
    '2025-13-01T10:00:00Z',
    '2025-00-10T10:00:00Z',
    '2025-12-00T10:00:00Z',
    '0000-12-10T10:00:00Z',
    '2025-12-15T24:00:00Z',
    '2025-12-15T23:60:00Z',
    '2025-12-15T23:59:60Z',
    '2025-12-15T2x:59:00Z',
    '2025-12-15t23:59:00Z',
    '2025-12-15T23:59:00.5Z',
    '2025-12-15T23:59:00+00:00',
  ])('leaves the timestamp %s to the careful reader', (timestamp) => {
    expect(scanned(`{"timestamp":"${timestamp}","input_tokens":1}`)).toBeNull()
  })

  it('forgets what only the line before had', () => {
    const scanner = new RecordScanner()
    scanned(lineOf(aRecord({ id: 'a', branch: 'main', cacheReadTokens: 5, durationSeconds: 3 })), scanner)
    expect(scanned('{"timestamp":"2025-12-15T14:30:00Z","output_tokens":1}', scanner)).toEqual(
      decoded('{"timestamp":"2025-12-15T14:30:00Z","output_tokens":1}'),
    )
  })

  it('tells more names apart than it remembers, and longer ones', () => {
    const scanner = new RecordScanner()
    const names = Array.from({ length: 3000 }, (_, i) => `project-${i}`.padEnd((i % 90) + 12, 'x'))
    for (const project of [...names, ...names]) {
      expect(scanned(lineOf(aRecord({ project })), scanner)?.project).toBe(project)
    }
  })

  it('never reads beyond its limit', () => {
    const bytes = bytesOf(SEED_LINE)
    for (let limit = 0; limit < bytes.length; limit++) {
      expect(new RecordScanner().scan(bytes, 0, limit)).toBe(false)
      expect(new RecordScanner().scan(bytes.slice(0, limit), 0, limit)).toBe(false)
    }
    expect(new RecordScanner().scan(bytes, 0, bytes.length)).toBe(true)
  })

  it('agrees with the careful reader on everything that both can read, whatever it read before', () => {
    const scanner = new RecordScanner()
    let read = 0
    fc.assert(
      fc.property(fc.array(arbitraryObject(), { minLength: 1, maxLength: 3 }), (lines) => {
        for (const line of lines) {
          const fast = scanned(line, scanner)
          if (fast === null) continue
          read++
          expect(fast).toEqual(decoded(line))
        }
      }),
      { numRuns: 3000 },
    )
    expect(read).toBeGreaterThan(1000)
  })
})
