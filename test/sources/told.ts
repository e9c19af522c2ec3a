import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { type Json, jsonLine } from '../../src/core/json.ts'
import type { Source, SourceRecord, Transcript } from '../../src/sources/source.ts'
import { Tally, type TallyCounts } from '../../src/core/tally.ts'

/** Stands in fixtures wherever something was typed or answered, and must stand nowhere else. */
export const CANARY = 'canary-in-a-coal-mine'

export interface Told {
  readonly told: readonly SourceRecord[]
  readonly counts: TallyCounts
}

/** What a source tells of a text, as an import would read it. */
export function read(source: Source, text: string, path: string): Told {
  const tally = new Tally()
  const transcript = { path, name: path.replace(/^\/roots\//, '') }
  if (source.reading.kind === 'document') {
    return { told: source.reading.read(text, transcript, tally), counts: tally.counts() }
  }
  const { told } = readLines(source, text, transcript, null, tally)
  return { told, counts: tally.counts() }
}

/** The ids of all that a source tells of a text. */
export function idsIn(source: Source, text: string, path: string): readonly string[] {
  return read(source, text, path).told.map(({ record }) => record.id)
}

/** The lines of values, as tools write them. */
export function lines(...values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}

/** What every source promises of every transcript. */
export function keepsItsPromises(source: Source, text: string, path: string): void {
  const all = read(source, text, path).told

  test('is found where it lies and recognized where it does not', () => {
    expect(all.length).toBeGreaterThan(0)
    expect(source.isTranscript(path.replace(/^\/roots\//, ''))).toBe(true)
    expect(source.isTranscript('notes.txt')).toBe(false)
    expect(source.recognizes('{"hello": "world"}')).toBe(false)
  })

  test('lets no word of a prompt or an answer out', () => {
    expect(text).toContain(CANARY)
    expect(plain(all)).not.toContain(CANARY)
    expect(plain(stateAfter(source, text, path))).not.toContain(CANARY)
  })

  test('gives every record an id that begins with its tool, and the same when read again', () => {
    for (const { record } of all) {
      expect(record.tool).toBe(source.name)
      expect(record.id.startsWith(`${source.name}:`)).toBe(true)
      expect(record.project).toBe('(unknown)')
    }
    expect(plain(read(source, text, path).told)).toBe(plain(all))
  })

  test('never throws, whatever the bytes', () => {
    const bytes = Buffer.from(text)
    const damaged = fc
      .array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((changes) => {
        const copy = Buffer.from(bytes)
        for (const [at, byte] of changes) copy[at] = byte
        return copy.toString('utf8')
      })
    const any = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), damaged)
    fc.assert(
      fc.property(any, (input) => {
        read(source, input, path)
      }),
    )
  })

  test('never throws, whatever stands in place of a value', () => {
    const values = fc.constantFrom('null', '-1', '1e999', '"7"', '[]', '{}', 'true', '"__proto__"')
    fc.assert(
      fc.property(fc.nat(300), values, (nth, value) => {
        const { told } = read(source, withValue(text, nth, value), path)
        for (const { record } of told) {
          for (const count of Object.values(record)) expect(Number.isNaN(count)).toBe(false)
          expect(record.inputTokens).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  if (source.reading.kind !== 'lines') return

  test('goes on from any line in another process as if it had never stopped', () => {
    const rows = text.split('\n')
    for (let cut = 0; cut <= rows.length; cut++) {
      const tally = new Tally()
      const transcript = { path, name: path }
      const head = readLines(source, rows.slice(0, cut).join('\n'), transcript, null, tally)
      const state: unknown = JSON.parse(jsonLine(head.state))
      const tail = readLines(source, rows.slice(cut).join('\n'), transcript, state as Json, tally)
      expect(plain([...head.told, ...tail.told])).toBe(plain(all))
    }
  })
}

function stateAfter(source: Source, text: string, path: string): Json | null {
  return readLines(source, text, { path, name: path }, null, new Tally()).state
}

function readLines(
  { reading }: Source,
  text: string,
  transcript: Transcript,
  state: Json | null,
  tally: Tally,
): { readonly told: readonly SourceRecord[]; readonly state: Json | null } {
  if (reading.kind !== 'lines') return { told: [], state: null }
  const bytes = Buffer.from(text)
  const reader = reading.open(transcript, state, tally)
  const told: SourceRecord[] = []
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf('\n', start)
    const end = newline < 0 ? bytes.length : newline
    const isMarked = reading.marker === undefined || bytes.subarray(start, end).includes(reading.marker)
    if (isMarked) told.push(...reader.line(bytes, start, end))
    start = end + 1
  }
  return { told, state: reader.state() }
}

/** The text with another value behind its nth colon. */
function withValue(text: string, nth: number, value: string): string {
  const values = [...text.matchAll(/(?<=":\s*)(?:-?\d[\d.]*|"[^"\\]*"|null|true|false)/g)]
  const match = values[nth % values.length]
  if (match === undefined) return text
  return text.slice(0, match.index) + value + text.slice(match.index + match[0].length)
}

function plain(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}` : item))
}
