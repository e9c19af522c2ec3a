import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { CLEAN, type Quality } from '../../src/core/quality.ts'
import { textWidth } from '../../src/formats/pad.ts'
import { qualityLines, qualityReason } from '../../src/formats/quality-lines.ts'

/** The columns beside the titles at 80 columns. */
const USUAL = { columns: 67, rows: 3, ascii: false }

function unpriced(model: string, records = 4) {
  return { model, records, tokens: 900, fix: `add to prices.yaml: prices: [{ model: "${model}" …` }
}

const SHRANK =
  'sessions.jsonl shrank from 12345 to 0 bytes, spend below may be incomplete: look for a copy of it'
const MUCH: Partial<Quality> = {
  unpriced: [unpriced('acme-1'), unpriced('acme-2', 1)],
  rejected: 2,
  badLines: 1,
  notes: [SHRANK],
  undated: 1,
  future: 2,
}

describe('at 80 columns', () => {
  test.each<[what: string, quality: Partial<Quality>, lines: readonly string[]]>([
    ['nothing, when all is well', {}, []],
    [
      'a model without a price, and who shows the fix',
      { unpriced: [unpriced('acme-1')] },
      ['acme-1 unpriced (4 records) — ai-costs check shows the fix'],
    ],
    [
      'a long model without the fix rather than cut',
      { unpriced: [unpriced('us.anthropic.claude-opus-4-5-20251101-v1', 1)] },
      ['us.anthropic.claude-opus-4-5-20251101-v1 unpriced (1 record)'],
    ],
    [
      'what is wrong with a model, however long it is',
      { unpriced: [unpriced('m'.repeat(99), 1)] },
      ['unpriced:', `${'m'.repeat(66)}…`],
    ],
    ['records', { rejected: 1 }, ['1 record with impossible numbers — ai-costs check shows where']],
    ['lines', { badLines: 2 }, ['2 unreadable lines — ai-costs check shows where']],
    ['instants', { undated: 2 }, ['2 records without a time — in all-time totals only']],
    ['clocks', { future: 1 }, ['1 record from the future — look at the clock that wrote it']],
    [
      'whole sentences, between words',
      { notes: [SHRANK] },
      [
        'sessions.jsonl shrank from 12345 to 0 bytes, spend below may be',
        'incomplete: look for a copy of it',
      ],
    ],
    [
      'a file by its name where its folders have no room',
      {
        notes: [`/home/ada/${'work/'.repeat(20)}.ai-config/cost-limits.yaml:1:12: budgets.dayly is unknown`],
      },
      ['cost-limits.yaml:1:12: budgets.dayly is unknown'],
    ],
    [
      'all, while it fits',
      { badLines: 1, undated: 1, future: 1 },
      [
        '1 unreadable line — ai-costs check shows where',
        '1 record without a time — in all-time totals only',
        '1 record from the future — look at the clock that wrote it',
      ],
    ],
    [
      'the costliest, and how many more there are',
      MUCH,
      [
        'acme-1 unpriced (4 records) — ai-costs check shows the fix',
        'acme-2 unpriced (1 record) — ai-costs check shows the fix',
        'and 5 more — ai-costs check shows all',
      ],
    ],
    [
      'no half of a sentence before the number of the others',
      { unpriced: [unpriced('acme-1')], notes: [SHRANK], future: 1 },
      ['acme-1 unpriced (4 records) — ai-costs check shows the fix', 'and 2 more — ai-costs check shows all'],
    ],
  ])('tells of %s', (_, quality, lines) => {
    expect(qualityLines({ ...CLEAN, ...quality }, USUAL)).toEqual(lines)
  })
})

describe('in a single line', () => {
  test.each<[columns: number, quality: Partial<Quality>, line: string]>([
    [67, { badLines: 1 }, '1 unreadable line — ai-costs check shows where'],
    [67, MUCH, 'acme-1 unpriced (4 records), and 6 more'],
    [30, MUCH, 'acme-1 unpriced (4 records) +6'],
    [27, MUCH, 'unpriced: acme-1 +6'],
    [16, MUCH, 'unpriced: ac… +6'],
    [30, { unpriced: [unpriced('acme-1')] }, 'acme-1 unpriced (4 records)'],
    [24, { notes: ['sessions.jsonl was cut'] }, 'sessions.jsonl was cut'],
  ])('of %i columns it says why, not only how many', (columns, quality, line) => {
    expect(qualityLines({ ...CLEAN, ...quality }, { columns, rows: 1, ascii: false })).toEqual([line])
  })
})

describe('the reason in the fewest words', () => {
  test.each<[quality: Partial<Quality>, reason: string | null]>([
    [{}, null],
    [MUCH, 'unpriced: acme-1'],
    [{ badLines: 3 }, '3 unreadable lines'],
    [{ notes: [SHRANK] }, SHRANK],
  ])('of %j', (quality, reason) => {
    expect(qualityReason({ ...CLEAN, ...quality }, false)).toBe(reason)
  })
})

it('needs nothing but ASCII where nothing else can be shown', () => {
  const lines = qualityLines(
    { ...CLEAN, ...MUCH, unpriced: [unpriced('größe\u001b[2J')] },
    { ...USUAL, ascii: true },
  )
  expect(lines[0]).toBe('gr??e\\x1b[2J unpriced (4 records) - ai-costs check shows the fix')
})

test('whatever is wrong, it fits', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 90 })
  const quality = fc.record({
    badLines: fc.nat({ max: 3 }),
    rejected: fc.nat({ max: 3 }),
    undated: fc.nat({ max: 1 }),
    future: fc.nat({ max: 1 }),
    unpriced: fc.array(
      word.map((model) => unpriced(model)),
      { maxLength: 4 },
    ),
    notes: fc.array(word, { maxLength: 4 }),
  })
  const room = fc.record({
    columns: fc.integer({ min: 0, max: 130 }),
    rows: fc.constantFrom(1, 3),
    ascii: fc.boolean(),
  })
  fc.assert(
    fc.property(quality, room, (found, page) => {
      const lines = qualityLines(found, page)
      expect(lines.length).toBeLessThanOrEqual(page.rows)
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(page.columns)
    }),
  )
})
