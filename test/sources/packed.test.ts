import { expect, it } from 'vitest'

import { type MutableRecord, emptyRecord } from '../../src/core/record.ts'
import { claudeCode } from '../../src/sources/claude-code.ts'
import { packTold, unpackTold } from '../../src/sources/packed.ts'
import { aResponse, responseLines } from '../kit/transcripts.ts'
import { usd } from '../kit/a-budget.ts'
import { aTelling } from './a-telling.ts'
import { read } from './told.ts'

/** A record in which no two fields are the same, so that none can stand for another. */
function fullRecord(): MutableRecord {
  const entries = Object.entries(emptyRecord()).map(([key, value], nth): [string, unknown] => {
    if (typeof value === 'number') return [key, nth + 1]
    if (typeof value === 'boolean') return [key, nth % 2 === 0]
    return [key, value === null ? nth + 0.5 : `${key}-${nth}`]
  })
  return { ...emptyRecord(), ...Object.fromEntries(entries), costUsd: usd('1.25') }
}

it('brings every field of a record through to another thread', () => {
  const told = [
    aTelling({ record: fullRecord(), cwd: '/a', response: 'r', isFinal: false }),
    aTelling({ isFinal: true }),
  ]
  expect(unpackTold(structuredClone(packTold(told)))).toEqual(told)
})

it('brings through what sources tell, whatever the order of its fields', () => {
  const { told } = read(claudeCode, responseLines(aResponse(), 3).join('\n'), '/roots/a/s-1.jsonl')
  const all = told.map((one) => ({ ...one, isUpdate: false }))
  expect(unpackTold(structuredClone(packTold(all)))).toEqual(all)
  expect(unpackTold([])).toEqual([])
})
