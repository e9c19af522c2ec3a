import * as fc from 'fast-check'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'

import { MAX_LINE_BYTES } from '../../src/core/line-reader.ts'
import { eachRecord } from '../../src/system/ledger-records.ts'
import { usage } from '../kit/fold-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let path = ''
beforeEach(() => {
  path = join(temporaryDirectory(), 'sessions.jsonl')
})

function idsIn(text: string, from = 0, to = Buffer.byteLength(text)): readonly string[] {
  writeFileSync(path, text)
  const ids: string[] = []
  eachRecord([{ path, from, to }], ({ id }) => ids.push(id))
  return ids
}

const line = (id: string, more: object = {}): string => `${usage({ v: 1, id, ...more })}\n`
const many = Array.from({ length: 3000 }, (_, nth) => `r${nth}`)

it('hands out every record of a part, as it stands there', () => {
  expect(idsIn(line('a') + line('b') + line('a'))).toEqual(['a', 'b', 'a'])
})

it('says what each record says', () => {
  writeFileSync(path, line('a', { output_tokens: 7, cost_usd: 0.5, cost_source: 'tool', session_id: 's9' }))
  const seen: unknown[] = []
  eachRecord([{ path, from: 0, to: 9999 }], ({ outputTokens, costUsd, costSource, sessionId }) =>
    seen.push([outputTokens, costUsd, costSource, sessionId]),
  )
  expect(seen).toEqual([[7, 500_000_000_000n, 'tool', 's9']])
})

it('hands out those of a part only, through any number of windows', () => {
  const text = many.map((id) => line(id, { note: 'x'.repeat(200) })).join('')
  const lines = text.split('\n')
  const from = lines.slice(0, 100).join('\n').length + 1
  const to = lines.slice(0, 2900).join('\n').length + 1
  expect(idsIn(text)).toEqual(many)
  expect(idsIn(text, from, to)).toEqual(many.slice(100, 2900))
})

it('leaves out what is damaged, and goes on behind it', () => {
  const torn = line('torn').slice(0, 30)
  expect(idsIn(`${line('a')}nonsense\n\n${torn}\n${line('b')}`)).toEqual(['a', 'b'])
  expect(idsIn(`${line('a')}${torn}${line('glued')}`)).toEqual(['a', 'glued'])
})

it('leaves out a line that is longer than any can be', () => {
  expect(idsIn(`${line('a')}${'x'.repeat(3 * MAX_LINE_BYTES)}\n${line('b')}`)).toEqual(['a', 'b'])
})

it('hands out the rest of a line that a part begins with only where it is a record', () => {
  const text = line('a') + line('b')
  expect(idsIn(text, 5)).toEqual(['b'])
})

it('hands out a last line without a newline when it is whole', () => {
  expect(idsIn(line('a') + line('b').trimEnd())).toEqual(['a', 'b'])
  expect(idsIn(line('a') + line('b').slice(0, 40))).toEqual(['a'])
})

it('hands out nothing of files that went away', () => {
  expect(() => eachRecord([{ path, from: 0, to: 100 }], () => expect.unreachable())).not.toThrow()
})

it('ends, whatever is written there', () => {
  const text = fc.array(fc.constantFrom(line('a'), '{"v":1,"id":"', '\n', '\0', 'x'.repeat(5000)), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(text, fc.nat(20), (parts, from) => {
      const whole = parts.join('')
      for (const id of idsIn(whole, Math.min(from, whole.length))) expect(id).toBe('a')
    }),
  )
})
