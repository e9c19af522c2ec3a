import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type BilledProject,
  type Rate,
  codeOf,
  codedProject,
  mergedProjects,
} from '../../src/core/billing.ts'
import { chargeFor, inCents } from '../../src/core/charge.ts'
import { monthOf } from '../../src/core/month.ts'
import { groupOf } from '../../src/core/groups.ts'
import { type Money, decimalText, parseMoney, picodollarsOf } from '../../src/core/money.ts'
import { planUse } from '../../src/core/plan.ts'
import { emptyRecord } from '../../src/core/record.ts'
import { DAY_MS } from '../../src/core/timestamp.ts'
import { instant } from '../kit/fold-lines.ts'

const usd = (text: string): Money => parseMoney(text)!
const day = (text: string): number => instant(text) / DAY_MS
const DECEMBER = monthOf(day('2025-12-01'))
const USE = { usd: usd('12.345678'), lowerBound: true, begun: 3 }

function project(rate: Rate | null, term: Partial<BilledProject> = {}): BilledProject {
  return { ...codedProject('APP-01', 'my-app'), rate, ...term }
}

describe('what is charged for use', () => {
  test.each<[why: string, project: BilledProject, charge: string | null, lowerBound?: boolean]>([
    ['its cost to the cent, and no less than is known', project({ method: 'api' }), '12.35', true],
    ['the fee of a retainer, whatever was used', project({ method: 'retainer', fee: usd('500') }), '500'],
    ['nothing where the retainer is billed elsewhere', project({ method: 'retainer', fee: null }), '0'],
    [
      'no fee for a month before the retainer',
      project({ method: 'retainer', fee: usd('500') }, { start: day('2026-01-01') }),
      '0',
    ],
    [
      'the whole fee for the month in which it ends',
      project({ method: 'retainer', fee: usd('500') }, { end: day('2025-12-01') }),
      '500',
    ],
    [
      'so much for each session that began',
      project({ method: 'subscription', perSession: usd('15.5') }),
      '46.5',
    ],
    ['what nobody knows without a rate', project({ method: 'subscription', perSession: null }), null],
    ['nothing for what is done for oneself', project({ method: 'internal' }), '0'],
    ['what nobody knows without a way of billing', project(null), null],
  ])('is %s', (_, billed, expected, lowerBound = false) => {
    const charge = chargeFor(billed, USE, DECEMBER)
    expect(charge === null ? null : decimalText(charge.usd)).toBe(expected)
    if (charge !== null) expect(charge.lowerBound).toBe(lowerBound)
  })

  it('is never farther from the cost than half a cent', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (amount) => {
        const cents = inCents(picodollarsOf(amount))
        const error = cents > amount ? cents - amount : amount - cents
        expect(cents % 10n ** 10n).toBe(0n)
        expect(error <= 5n * 10n ** 9n).toBe(true)
      }),
    )
  })
})

describe('the project code of a record', () => {
  const projects = mergedProjects([
    { ...codedProject('WEB', 'website'), names: ['web-*'], client: 'Example Ltd' },
    codedProject('WEB', 'website'),
    codedProject('ALL', '*'),
  ])

  test.each<[project: string, code: string, expected: string]>([
    ['web-shop', '', 'WEB'],
    ['website', '', 'WEB'],
    ['web-shop', 'APP', 'APP'],
    ['other', '', ''],
  ])('of the project %j with the code %j is %j', (name, code, expected) => {
    expect(codeOf(groupOf({ ...emptyRecord(), project: name, projectCode: code }), { projects })).toBe(
      expected,
    )
  })

  it('has the client that was named first', () => {
    expect(projects.map(({ code, client }) => [code, client])).toEqual([
      ['WEB', 'Example Ltd'],
      ['ALL', null],
    ])
  })
})

test.each<[fee: string, used: string, ratio: number | null]>([
  ['100', '250', 2.5],
  ['100', '99.9999999', 0.999999],
  ['0', '5', null],
])('of a plan for $%s that was used for $%s the ratio is %s', (fee, used, ratio) => {
  expect(planUse({ plan: 'max', fee: usd(fee) }, { usd: usd(used), lowerBound: true })).toEqual({
    plan: 'max',
    fee: usd(fee),
    apiEquivalent: usd(used),
    lowerBound: true,
    ratio,
  })
})
