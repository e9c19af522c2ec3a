import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeRecord } from '../../src/core/decode.ts'
import { picodollarsOf } from '../../src/core/money.ts'
import { type UsageRecord, UNKNOWN, emptyRecord } from '../../src/core/record.ts'
import { recordJson, recordText } from '../../src/core/record-text.ts'
import { foldText, foldMaker } from '../kit/fold-lines.ts'

const name = fc.oneof(fc.constant(UNKNOWN), fc.string({ minLength: 1, unit: 'binary' }))
const label = fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme' }))
const count = fc.nat({ max: 10 ** 9 })

const anyRecord: fc.Arbitrary<UsageRecord> = fc
  .record({
    id: fc.string({ minLength: 1 }),
    timestamp: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    sessionId: name,
    project: name,
    model: name,
    tool: name,
    taskType: name,
    inputTokens: count,
    outputTokens: count,
    cacheReadTokens: count,
    cacheWriteTokens: count,
    cacheWrite1hTokens: count,
    webSearchRequests: count,
    // Below $1,000 a double holds every picodollar, which is how JSON.parse reads it.
    costUsd: fc.option(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }).map(picodollarsOf)),
    costSource: fc.constantFrom('tool' as const, 'table' as const, null),
    durationSeconds: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }).map((seconds) => seconds + 0)),
    aggregate: fc.boolean(),
    note: label,
    branch: label,
    taskId: label,
    enhancement: label,
    projectCode: label,
    machine: label,
    serviceTier: label,
    speed: label,
    inferenceGeo: label,
  })
  .map((fields) => ({
    ...emptyRecord(),
    ...fields,
    costSource: fields.costUsd === null ? null : fields.costSource,
  }))

it('says every record so that it is read again as the same', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      expect(decodeRecord(JSON.parse(recordText(record)))).toEqual({ kind: 'record', record })
    }),
    { numRuns: 500 },
  )
})

it('takes one line, which the ledger counts as one record', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const text = recordText(record)
      expect(text).not.toContain('\n')
      const { fold } = foldText(`${text}\n`, foldMaker())
      expect(fold.findings).toMatchObject({ badLines: 0, rejected: 0 })
      expect(fold.rollup.cells.records.reduce((sum, records) => sum + records, 0)).toBe(1)
    }),
  )
})

it('begins so that a reader finds it behind a torn line', () => {
  expect(recordText({ ...emptyRecord(), id: 'x' })).toMatch(/^\{"v":1,"id":"x","/)
})

it('an adjustment says what it corrects, nothing else does', () => {
  const correcting = { ...emptyRecord(), id: 'x', corrects: 'y' }
  expect(recordText({ ...correcting, adjustment: true })).toContain('"kind":"adjustment","corrects":"y"')
  expect(recordText(correcting)).not.toContain('corrects')
})

it('leaves out what is unknown, empty or unpriced', () => {
  expect(recordJson(emptyRecord())).toMatchObject({
    v: 1,
    session_id: undefined,
    cost_usd: undefined,
    note: undefined,
  })
  expect(recordText({ ...emptyRecord(), costUsd: picodollarsOf(0n) })).toContain('"cost_usd":0')
})
