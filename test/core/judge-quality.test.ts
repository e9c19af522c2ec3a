import { describe, expect, it, test } from 'vitest'
import { CLEAN, type Quality, hasFindings } from '../../src/core/quality.ts'
import { usage } from '../kit/fold-lines.ts'
import { judged } from './judging.ts'

const qualityOf = (lines: readonly string[], at = '2025-12-15T14:30:00Z'): Quality =>
  judged({ lines, at }).quality

it('a clean ledger leaves nothing to say', () => {
  expect(qualityOf([usage({ cost_usd: 1 })])).toEqual(CLEAN)
})

describe('models without a price', () => {
  it('are named with their records, tokens and the line that prices them, most tokens first', () => {
    const { unpriced } = qualityOf([
      usage({ id: 'a', model: 'small' }),
      usage({ id: 'b', model: 'acme', input_tokens: 400, cache_read_tokens: 50 }),
      usage({ id: 'c', model: 'acme', input_tokens: 430 }),
      usage({ id: 'd', model: 'equal' }),
    ])
    expect(unpriced.map(({ model, records, tokens }) => [model, records, tokens])).toEqual([
      ['acme', 2, 900],
      ['equal', 1, 110],
      ['small', 1, 110],
    ])
    expect(unpriced[0]?.fix).toBe(
      'add to prices.yaml: prices: [{ model: "acme", input: 0.00, output: 0.00 }] with its USD per million tokens',
    )
  })

  test.each<[timestamp: string | undefined, named: boolean, why: string]>([
    ['2025-12-15T10:00:00Z', true, 'today'],
    ['2025-12-01T00:00:00Z', true, 'this month'],
    ['2025-11-30T23:59:59Z', false, 'in no period that is judged'],
    ['2026-01-01T00:00:00Z', false, 'in none yet'],
    [undefined, true, 'perhaps in each of them'],
  ])('count when they were used %s: %s (%s)', (timestamp, named) => {
    expect(qualityOf([usage({ timestamp, model: 'acme' })]).unpriced).toHaveLength(named ? 1 : 0)
  })

  it('stay of a week that began in the month before', () => {
    const line = usage({ timestamp: '2025-09-29T10:00:00Z', model: 'acme' })
    expect(qualityOf([line], '2025-10-02T10:00:00Z').unpriced).toHaveLength(1)
  })

  it('are quoted, so that a name cannot become another setting', () => {
    expect(qualityOf([usage({ model: 'a", input: 1 }] #' })]).unpriced[0]?.fix).toContain(
      '"a\\", input: 1 }] #"',
    )
  })
})

describe('what could not be counted', () => {
  it('is told by file, line, byte and reason, never by its content', () => {
    const { badLines, rejected, notes } = qualityOf([
      usage({ cost_usd: 1 }),
      'my secret prompt',
      usage({ cost_usd: -3, note: 'secret' }),
    ])
    expect({ badLines, rejected }).toEqual({ badLines: 1, rejected: 1 })
    const [first, second] = [notes[0] ?? '', notes[1] ?? '']
    expect(first).toMatch(/^sessions\.jsonl:2 \(byte \d+\) is not a JSON object and is not counted: mend/)
    expect(second).toMatch(/^sessions\.jsonl:3 \(byte \d+\) cost_usd is negative/)
    expect(notes.join()).not.toContain('secret')
  })

  it('names only the first few lines but counts all', () => {
    const { badLines, notes } = qualityOf(Array.from({ length: 500 }, () => 'x'))
    expect(badLines).toBe(500)
    expect(notes).toHaveLength(5)
  })
})

describe('instants', () => {
  it('that are no instants are counted', () => {
    expect(qualityOf([usage({ timestamp: 'today', cost_usd: 1 })]).undated).toBe(1)
  })

  test.each([
    ['2025-12-15T14:35:00Z', 0],
    ['2025-12-15T14:35:00.001Z', 1],
    ['9999-12-31T00:00:00Z', 1],
  ])('%s is ahead of 14:30 %i times', (timestamp, future) => {
    expect(qualityOf([usage({ timestamp, cost_usd: 1 })]).future).toBe(future)
  })
})

test.each<[count: number, beginning: string]>([
  [1, '1 record has neither id nor session_id'],
  [2, '2 records have neither id nor session_id'],
])('%i records that cannot be told from a repetition', (count, beginning) => {
  const lines = Array.from({ length: count }, () => usage({ session_id: undefined, cost_usd: 1 }))
  expect(qualityOf(lines).notes).toEqual([expect.stringContaining(beginning)])
})

describe('anything at all is a finding', () => {
  test.each<[part: Partial<Quality>, found: boolean]>([
    [{}, false],
    [{ badLines: 1 }, true],
    [{ rejected: 1 }, true],
    [{ undated: 1 }, true],
    [{ future: 1 }, true],
    [{ notes: ['x'] }, true],
    [{ unpriced: [{ model: 'm', records: 1, tokens: 1, fix: 'f' }] }, true],
  ])('%j', (part, found) => {
    expect(hasFindings({ ...CLEAN, ...part })).toBe(found)
  })
})
