import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { CREDIT_KINDS, type CreditEntry, creditLine, openingAt, parseCredits } from '../../src/core/credit.ts'
import { decimalText, parseMoney } from '../../src/core/money.ts'
import { instant } from '../kit/fold-lines.ts'

const entry = (kind: CreditEntry['kind'], amount: string, at: string): CreditEntry => ({
  id: `${kind}${at}`,
  kind,
  timestamp: instant(at),
  amount: parseMoney(amount)!,
  model: null,
})

describe('credits on record', () => {
  it('are read as they were written', () => {
    const entries = fc.record({
      id: fc.string({ minLength: 1 }),
      kind: fc.constantFrom(...CREDIT_KINDS),
      timestamp: fc.integer({ min: 0, max: 4e12 }),
      amount: fc
        .bigInt({ min: 1n, max: 10n ** 15n - 1n })
        .map((millionths) => parseMoney(`${millionths}e-6`)!),
      model: fc.option(fc.string()),
    })
    fc.assert(
      fc.property(fc.array(entries), (written) => {
        const told = written.map((one) => (one.kind === 'add' ? { ...one, model: null } : one))
        expect(parseCredits(told.map((one) => `${creditLine(one)}\n`).join(''))).toEqual({
          entries: told,
          damaged: 0,
        })
      }),
    )
  })

  test.each([
    ['half a line', '{"v":1,"id":"a","timesta'],
    ['no amount', '{"id":"a","timestamp":"2025-12-01","kind":"set"}'],
    ['a negative one', '{"id":"a","timestamp":"2025-12-01","kind":"add","amount_usd":-5}'],
    ['an amount in quotes', '{"id":"a","timestamp":"2025-12-01","kind":"add","amount_usd":"5"}'],
    ['more than anybody has', '{"id":"a","timestamp":"2025-12-01","kind":"add","amount_usd":1e10}'],
    ['another kind', '{"id":"a","timestamp":"2025-12-01","kind":"take","amount_usd":5}'],
    ['no instant', '{"id":"a","timestamp":"soon","kind":"add","amount_usd":5}'],
    ['a list', '[1]'],
  ])('are counted as damaged with %s', (_, line) => {
    const good = creditLine(entry('add', '1', '2025-12-01'))
    expect(parseCredits(`${line}\n${good}\n`)).toMatchObject({ entries: [{ kind: 'add' }], damaged: 1 })
  })
})

describe('the opening of a balance', () => {
  const LOG = [
    entry('add', '7', '2025-12-20'),
    entry('set', '50', '2025-12-01'),
    entry('add', '20', '2025-11-30'),
    entry('add', '100', '2025-12-04'),
    entry('set', '60', '2025-12-01'),
  ]

  test.each<[asOf: string, since: string | null, credited: string | null]>([
    ['2025-11-29', null, null],
    ['2025-11-30', '2025-11-30', '20'],
    ['2025-12-01', '2025-12-01', '60'],
    ['2025-12-10', '2025-12-01', '160'],
    ['2026-01-01', '2025-12-01', '167'],
  ])('at %s is that of %s with $%s', (asOf, since, credited) => {
    const opening = openingAt(LOG, instant(asOf))
    expect(opening?.since ?? null).toBe(since === null ? null : instant(since))
    expect(opening === null ? null : decimalText(opening.credited)).toBe(credited)
  })
})
