import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type Money,
  type Share,
  NO_MONEY,
  decimalText,
  displayCost,
  displayMoney,
  minus,
  overTime,
  parseDecimal,
  parseMoney,
  parseShare,
  percentOf,
  picodollarsOf,
  plus,
  ratioOf,
  reaches,
  roundUp,
  scaleHalfEven,
  timeFor,
} from '../../src/core/money.ts'

const DOLLAR = 10n ** 12n

function usd(text: string): Money {
  const money = parseMoney(text)
  if (money === null) throw new Error(`${text} is no money`)
  return money
}

const anyMoney = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }).map(picodollarsOf)
const anyLimit = fc.bigInt({ min: 1n, max: 10n ** 20n }).map(picodollarsOf)

describe('decimal text becomes picodollars', () => {
  test.each<[text: string, picodollars: bigint | null]>([
    ['0', 0n],
    ['-0', 0n],
    ['0.11715', 117_150_000_000n],
    ['10', 10n * DOLLAR],
    ['10.00', 10n * DOLLAR],
    ['+1.5', 1_500_000_000_000n],
    ['-3', -3n * DOLLAR],
    ['.5', 500_000_000_000n],
    ['5.', 5n * DOLLAR],
    ['2.5e-7', 250_000n],
    ['1E3', 1000n * DOLLAR],
    ['1e-12', 1n],
    ['010', 10n * DOLLAR],
    [' 1 ', DOLLAR],
    ['0.0000000000005', 0n],
    ['0.0000000000015', 2n],
    ['0.0000000000025', 2n],
    ['0.00000000000250001', 3n],
    ['-0.0000000000015', -2n],
    ['0.00007500003000000001', 75_000_030n],
    ['1e400', 10n ** 412n],
    ['', null],
    ['.', null],
    ['-', null],
    ['e5', null],
    ['$10', null],
    ['10,00', null],
    ['1_000', null],
    ['0x10', null],
    ['Infinity', null],
    ['NaN', null],
    ['1.2.3', null],
    ['1 2', null],
    ['1e99999', null],
    ['٣', null],
  ])('%s', (text, picodollars) => {
    expect(parseMoney(text)).toBe(picodollars)
  })

  it('at once, however long the text is', () => {
    expect(parseMoney('9'.repeat(100_000))).toBeNull()
    expect(parseMoney(`0.${'0'.repeat(100_000)}`)).toBeNull()
    expect(parseMoney('9'.repeat(400))).toBe((10n ** 400n - 1n) * DOLLAR)
  })

  it('and back into the same text and amount', () => {
    fc.assert(fc.property(anyMoney, (amount) => parseMoney(decimalText(amount)) === amount))
  })

  it('as a double of at most fifteen digits is written, so that jq sees the same amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }).map(picodollarsOf), (amount) => {
        expect(parseMoney(String(Number(decimalText(amount))))).toBe(amount)
      }),
    )
  })

  test.each<[text: string, millionths: bigint | null]>([
    ['0.80', 800_000n],
    ['1', 1_000_000n],
    ['0.9999995', 1_000_000n],
    ['0.9999985', 999_998n],
    ['80%', null],
  ])('a share of %s', (text, millionths) => {
    expect(parseShare(text)).toBe(millionths)
  })

  test.each<[text: string, integer: bigint]>([
    ['0.5', 0n],
    ['1.5', 2n],
    ['2.5', 2n],
    ['-2.5', -2n],
    ['-3.5', -4n],
  ])('%s as a whole number, half-even', (text, integer) => {
    expect(parseDecimal(text, 0)).toBe(integer)
  })
})

describe('decimal text is plain', () => {
  test.each<[amount: bigint, text: string]>([
    [0n, '0'],
    [1n, '0.000000000001'],
    [-1n, '-0.000000000001'],
    [117_150_000_000n, '0.11715'],
    [10n * DOLLAR, '10'],
    [1000n * DOLLAR + DOLLAR / 2n, '1000.5'],
    [10n ** 30n, `1${'0'.repeat(18)}`],
  ])('%s', (amount, text) => {
    expect(decimalText(picodollarsOf(amount))).toBe(text)
  })
})

describe('sums are exact', () => {
  it('in any order', () => {
    fc.assert(
      fc.property(fc.array(anyMoney), fc.infiniteStream(fc.nat()), (amounts, ranks) => {
        const keyed = amounts.map((amount) => ({ amount, rank: ranks.next().value ?? 0 }))
        const shuffled = keyed.toSorted((a, b) => a.rank - b.rank).map(({ amount }) => amount)
        expect(shuffled.reduce(plus, NO_MONEY)).toBe(amounts.reduce(plus, NO_MONEY))
      }),
    )
  })

  it('for a million times $0.117', () => {
    let sum = NO_MONEY
    for (let i = 0; i < 1_000_000; i++) sum = plus(sum, usd('0.117'))
    expect(displayMoney(sum)).toBe('$117,000.00')
    expect(decimalText(sum)).toBe('117000')
  })

  it('and taken apart again', () => {
    fc.assert(fc.property(anyMoney, anyMoney, (a, b) => minus(plus(a, b), b) === a))
  })
})

describe('factors round once, half-even', () => {
  test.each<[amount: bigint, numerator: bigint, denominator: bigint, result: bigint]>([
    [1n, 1n, 2n, 0n],
    [3n, 1n, 2n, 2n],
    [5n, 1n, 2n, 2n],
    [-3n, 1n, 2n, -2n],
    [10n, 11n, 10n, 11n],
    [7n, 1n, 3n, 2n],
    [8n, 1n, 3n, 3n],
  ])('%s × %s/%s = %s', (amount, numerator, denominator, result) => {
    expect(scaleHalfEven(picodollarsOf(amount), numerator, denominator)).toBe(result)
  })

  it('never further than half a picodollar from the truth', () => {
    fc.assert(
      fc.property(
        anyMoney,
        fc.bigInt({ min: 1n, max: 1000n }),
        fc.bigInt({ min: 1n, max: 1000n }),
        (a, n, d) => {
          const error = scaleHalfEven(a, n, d) * d - a * n
          expect(2n * (error < 0n ? -error : error) <= d).toBe(true)
        },
      ),
    )
  })
})

describe('money as people read it', () => {
  test.each<[amount: string, text: string, table: string]>([
    ['0', '$0.00', '$0.00'],
    ['0.000000000001', '<$0.0001', '<$0.0001'],
    ['0.000099999999', '<$0.0001', '<$0.0001'],
    ['0.0001', '$0.0001', '$0.0001'],
    ['0.00014999', '$0.0001', '$0.0001'],
    ['0.00015', '$0.0002', '$0.0002'],
    ['0.0028', '$0.0028', '$0.0028'],
    ['0.009999999999', '$0.0100', '$0.0100'],
    ['0.01', '$0.01', '$0.0100'],
    ['0.11715', '$0.12', '$0.1172'],
    ['0.58575', '$0.59', '$0.5858'],
    ['8.10', '$8.10', '$8.1000'],
    ['9.995', '$10.00', '$9.9950'],
    ['99.99', '$99.99', '$99.9900'],
    ['99.994999999999', '$99.99', '$99.9950'],
    ['100', '$100.00', '$100.00'],
    ['1234.565', '$1,234.57', '$1,234.57'],
    ['1000000', '$1,000,000.00', '$1,000,000.00'],
    ['123456789012345678.905', '$123,456,789,012,345,678.91', '$123,456,789,012,345,678.91'],
    ['-0.00001', '>-$0.0001', '>-$0.0001'],
    ['-0.11715', '-$0.12', '-$0.1172'],
    ['-1234.565', '-$1,234.57', '-$1,234.57'],
  ])('%s', (amount, text, table) => {
    expect(displayMoney(usd(amount))).toBe(text)
    expect(displayMoney(usd(amount), 'table')).toBe(table)
  })

  it('never reads as nothing unless it is nothing', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), (amount) => {
        expect(/^\$0\.0+$/.test(displayMoney(picodollarsOf(amount)))).toBe(amount === 0n)
      }),
    )
  })

  it('is at most half a unit of its last digit from the truth', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: DOLLAR / 10_000n, max: 10n ** 20n }), (amount) => {
        const text = displayMoney(picodollarsOf(amount))
        const unit = 10n ** BigInt(12 - (text.split('.')[1]?.length ?? 0))
        const error = usd(text.replace(/[$,]/g, '')) - amount
        expect(2n * (error < 0n ? -error : error) <= unit).toBe(true)
      }),
    )
  })

  test.each<[amount: string, text: string]>([
    ['0', '$0.00'],
    ['3', '$3.00'],
    ['0.11715', '$0.11715'],
    ['0.58575', '$0.58575'],
    ['-0.05', '-$0.05'],
    ['0.0028', '$0.0028'],
    ['0.0000005', '<$0.0001'],
    ['0.0000015', '$0.000002'],
    ['0.0000025', '$0.000002'],
    ['1234.5', '$1234.50'],
  ])('one record: %s', (amount, text) => {
    expect(displayCost(usd(amount))).toBe(text)
  })
})

describe('comparing with a limit', () => {
  it('a threshold is reached at exactly its share, not a picodollar earlier', () => {
    const share = fc.bigInt({ min: 1n, max: 1_000_000n }).map((millionths) => millionths as Share)
    fc.assert(
      fc.property(anyLimit, share, (limit, threshold) => {
        // The least amount that is not below the share: limit · share / 10^6, rounded up.
        const least = (limit * threshold + 999_999n) / 1_000_000n
        expect(reaches(picodollarsOf(least - 1n), limit, threshold)).toBe(false)
        expect(reaches(picodollarsOf(least), limit, threshold)).toBe(true)
        expect(reaches(picodollarsOf(least + 1n), limit, threshold)).toBe(true)
      }),
    )
  })

  it('one-cent records that sum to exactly 80 % have reached it', () => {
    for (let cents = 1n; cents <= 2000n; cents++) {
      const spent = picodollarsOf((cents * DOLLAR) / 100n)
      const limit = picodollarsOf((spent * 100n) / 80n)
      expect(reaches(spent, limit, 800_000n as Share)).toBe(true)
    }
  })

  test.each<[spent: string, limit: string, percent: number | null, ratio: number | null]>([
    ['9.999999999999', '10', 99, 0.999999],
    ['10', '10', 100, 1],
    ['10.000000000001', '10', 100, 1],
    ['8.10', '10', 81, 0.81],
    ['0', '10', 0, 0],
    ['-0.000000000001', '10', -1, -0.000001],
    ['106.9', '50', 213, 2.138],
    ['1', '0', null, null],
    ['0', '0', null, null],
    ['1000000', '0.000000000001', 1e20, 1e18],
  ])('%s of %s', (spent, limit, percent, ratio) => {
    expect(percentOf(usd(spent), usd(limit))).toBe(percent)
    expect(ratioOf(usd(spent), usd(limit))).toBe(ratio)
  })

  it('neither percent nor ratio ever overstates', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }).map(picodollarsOf), anyLimit, (spent, limit) => {
        fc.pre(spent < limit * 1000n)
        const percent = percentOf(spent, limit) ?? NaN
        expect(BigInt(percent) * limit <= spent * 100n).toBe(true)
        expect((BigInt(percent) + 1n) * limit > spent * 100n).toBe(true)
        const millionths = BigInt(Math.round((ratioOf(spent, limit) ?? NaN) * 1e6))
        expect(millionths * limit <= spent * 1_000_000n).toBe(true)
      }),
    )
  })
})

describe('money over time', () => {
  test.each<[perHour: string, ms: number, amount: string]>([
    ['6', 3_600_000, '6'],
    ['6', 600_000, '1'],
    ['6', 0, '0'],
    ['0.000000000001', 1_800_000, '0'],
    ['0.000000000003', 1_800_000, '0.000000000002'],
  ])('%s an hour within %d ms comes to %s', (perHour, ms, amount) => {
    expect(decimalText(overTime(usd(perHour), ms))).toBe(amount)
  })

  test.each<[part: string, whole: string, ms: number, took: number]>([
    ['1', '4', 1000, 250],
    ['4', '4', 1000, 1000],
    ['6', '4', 1000, 1500],
    ['0.000000000001', '4', 1000, 1],
    ['1', '3', 1000, 334],
    ['1', '1', 0, 0],
  ])('%s of %s in %d ms takes %d, rounded up', (part, whole, ms, took) => {
    expect(timeFor(usd(part), usd(whole), ms)).toBe(took)
  })

  test.each<[amount: string, grain: string, rounded: string]>([
    ['1.00001', '0.0001', '1.0001'],
    ['1.0001', '0.0001', '1.0001'],
    ['0', '0.0001', '0'],
    ['-1.00019', '0.0001', '-1.0001'],
  ])('%s in whole steps of %s is %s', (amount, grain, rounded) => {
    expect(decimalText(roundUp(usd(amount), usd(grain)))).toBe(rounded)
  })
})
