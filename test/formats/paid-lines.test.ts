import { describe, expect, test } from 'vitest'
import type { CreditsLeft } from '../../src/core/credit.ts'
import { type Plan, planUse } from '../../src/core/plan.ts'
import { lineText, lineWidth } from '../../src/formats/line.ts'
import type { Page } from '../../src/formats/page.ts'
import { creditsLine, paidLines, planLine } from '../../src/formats/paid-lines.ts'
import { BERLIN, NOW, usd } from '../tui/a-dashboard.ts'

const PAGE: Page = { columns: 80, rows: 24, ascii: false }
const MAX: Plan = { plan: 'max', fee: usd('200') }

function planText(plan: Plan, used: string, columns = 78, page = PAGE, lowerBound = false): string {
  return lineText(planLine(planUse(plan, { usd: usd(used), lowerBound }), columns, page))
}

describe('a plan', () => {
  test.each<[fee: string | null, used: string, text: string]>([
    ['200', '431.20', 'max $200.00/month · $431.20 at API prices this month (2.1×)'],
    ['200', '200', 'max $200.00/month · $200.00 at API prices this month (1.0×)'],
    ['200', '199.99', 'max $200.00/month · $199.99 at API prices this month (99% of the fee)'],
    ['200', '0', 'max $200.00/month · $0.00 at API prices this month (0% of the fee)'],
    ['0', '5', 'max $0.00/month · $5.00 at API prices this month'],
    [null, '5', 'max · $5.00 at API prices this month'],
  ])('of %s that was used for $%s reads %s', (fee, used, text) => {
    expect(planText({ plan: 'max', fee: fee === null ? null : usd(fee) }, used)).toBe(text)
  })

  test.each<[columns: number, text: string]>([
    [59, 'max $200.00/month · $431.20 at API prices this month (2.1×)'],
    [58, 'max $200.00 · $431.20 at API prices (2.1×)'],
    [41, 'max · $431.20 (2.1×)'],
  ])('says in %s columns what fits', (columns, text) => {
    expect(planText(MAX, '431.20', columns)).toBe(text)
  })

  test('of which some use has no price says "at least"', () => {
    expect(planText(MAX, '431.20', 78, PAGE, true)).toContain('≥ $431.20')
  })

  test('with a hostile name is text, in ASCII', () => {
    const text = planText({ plan: 'ma\u001b[2Jx', fee: usd('1') }, '3', 78, { ...PAGE, ascii: true })
    expect(text).toBe('ma\\x1b[2Jx $1.00/month - $3.00 at API prices this month (3.0x)')
  })
})

describe('credits', () => {
  const DAY = 86_400_000
  const left = (amount: string, days: number | null, upperBound = false): CreditsLeft => ({
    left: usd(amount),
    upperBound,
    days,
    until: days === null ? null : NOW + days * DAY,
  })

  test.each<[CreditsLeft, text: string, tone: string]>([
    [left('412.30', 17), '$412.30 left · until Wed 9 Dec', 'quiet'],
    [left('12.30', 7), '$12.30 left · until Sun 29 Nov', 'warning'],
    [left('0.30', 0), '$0.30 left · until today', 'warning'],
    [left('412.30', 301), '$412.30 left · for 301 days', 'quiet'],
    [left('412.30', 17, true), '$412.30 or less left · until Wed 9 Dec', 'quiet'],
    [left('412.30', null), '$412.30 left', 'plain'],
    [left('0', null), '$0.00 left · used up', 'critical'],
    [left('-3.10', null), '-$3.10 left · used up', 'critical'],
  ])('%# read as people say it', (credits, text, tone) => {
    const line = creditsLine(credits, BERLIN, PAGE)
    expect(lineText(line)).toBe(text)
    expect(line.at(-1)?.tone ?? 'plain').toBe(tone)
  })
})

test('nothing is said where nothing is set', () => {
  expect(paidLines({ plan: null, credits: null }, 60, BERLIN, PAGE)).toEqual([])
  const both = paidLines(
    { plan: planUse(MAX, { usd: usd('1'), lowerBound: false }), credits: null },
    20,
    BERLIN,
    PAGE,
  )
  expect(both.map(({ title, line }) => [title, lineWidth(line) <= 30])).toEqual([['Plan', true]])
})
