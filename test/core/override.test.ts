import { assert, bigInt, constant, integer, oneof, option, property, record, string } from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type Money } from '../../src/core/money.ts'
import {
  type Allow,
  type End,
  NO_OVERRIDES,
  type Override,
  type Raise,
  type Snooze,
  activeOverrides,
  isAllowed,
  overrideLine,
  parseOverrides,
  raisedOf,
  withRaises,
} from '../../src/core/override.ts'
import { overrideHistory } from '../../src/core/override-history.ts'
import { aBudget, usd } from '../kit/a-budget.ts'
import { instant } from '../kit/fold-lines.ts'

const AT = instant('2025-12-15T14:00:00Z')
const HOUR = 3_600_000

const anAllow = (rest: Partial<Allow> = {}): Allow => ({
  kind: 'allow',
  id: 'a1',
  timestamp: AT,
  sessionId: null,
  until: AT + HOUR,
  why: null,
  ...rest,
})
const aRaise = (rest: Partial<Raise> = {}): Raise => ({
  kind: 'raise',
  id: 'r1',
  timestamp: AT,
  budget: 'daily',
  by: usd('5'),
  until: AT + HOUR,
  why: null,
  ...rest,
})
const aSnooze = (rest: Partial<Snooze> = {}): Snooze => ({
  kind: 'snooze',
  id: 's1',
  timestamp: AT,
  until: AT + HOUR,
  ...rest,
})
const anEnd = (rest: Partial<End> = {}): End => ({
  kind: 'end',
  id: 'e1',
  timestamp: AT + 1,
  ends: 'r1',
  ...rest,
})

describe('the line of an override', () => {
  test.each<[Override, string]>([
    [
      anAllow({ sessionId: 's-1', why: 'release' }),
      '{"v":1,"id":"a1","timestamp":"2025-12-15T14:00:00Z","kind":"allow","session_id":"s-1","until":"2025-12-15T15:00:00Z","why":"release"}',
    ],
    [
      aRaise({ by: usd('2.5') }),
      '{"v":1,"id":"r1","timestamp":"2025-12-15T14:00:00Z","kind":"raise","budget":"daily","by_usd":2.5,"until":"2025-12-15T15:00:00Z"}',
    ],
    [
      aSnooze(),
      '{"v":1,"id":"s1","timestamp":"2025-12-15T14:00:00Z","kind":"snooze","until":"2025-12-15T15:00:00Z"}',
    ],
    [anEnd(), '{"v":1,"id":"e1","timestamp":"2025-12-15T14:00:00.001Z","kind":"end","ends":"r1"}'],
  ])('says %o', (override, line) => {
    expect(overrideLine(override)).toBe(line)
  })

  it('can be read again, whatever it says', () => {
    const text = string({ unit: 'binary', maxLength: 20 })
    const span = {
      id: text,
      timestamp: integer({ min: 0, max: 4e12 }),
    }
    const lasting = { ...span, until: integer({ min: 1, max: 31 * 24 * HOUR }) }
    const micros = bigInt(1n, 10n ** 15n).map((amount) => (amount * 10n ** 6n) as Money)
    const any = oneof(
      record<Allow>({ kind: constant('allow'), ...lasting, sessionId: option(text), why: option(text) }),
      record<Raise>({ kind: constant('raise'), ...lasting, budget: text, by: micros, why: option(text) }),
      record<Snooze>({ kind: constant('snooze'), ...lasting }),
      record<End>({ kind: constant('end'), ...span, ends: text }),
    ).map((one): Override => (one.kind === 'end' ? one : { ...one, until: one.timestamp + one.until }))
    assert(
      property(any, (override) => {
        const line = overrideLine(override)
        expect(line).not.toMatch(/[\n\r]/)
        expect(parseOverrides(`{"torn\n${line}\n`)).toEqual([override])
      }),
    )
  })

  const line = (changes: Record<string, unknown>): string =>
    JSON.stringify({ ...(JSON.parse(overrideLine(aRaise())) as object), ...changes })

  test.each<[why: string, line: string]>([
    ['is empty', ''],
    ['is torn', overrideLine(aRaise()).slice(0, -9)],
    ['is no object', '[7]'],
    ['is null', 'null'],
    ['has no id', line({ id: 7 })],
    ['has no timestamp', line({ timestamp: 'noon' })],
    ['has no end', line({ until: undefined })],
    ['is over before it begins', line({ until: '2025-12-15T14:00:00Z' })],
    ['outlasts a month, as a cloned repository might wish', line({ until: '2099-01-01T00:00:00Z' })],
    ['lowers a limit', line({ by_usd: -5 })],
    ['raises by nothing', line({ by_usd: 0 })],
    ['raises by more than there is', line({ by_usd: 1e300 })],
    ['raises by text', line({ by_usd: '5' })],
    ['names no budget', line({ budget: ['daily'] })],
    ['is of a kind to come', line({ kind: 'forgive' })],
    [
      'allows a session that cannot be read, which must not become all of them',
      line({ kind: 'allow', session_id: 7 }),
    ],
    ['ends nothing', line({ kind: 'end' })],
  ])('is passed over when it %s', (_, damaged) => {
    expect(parseOverrides(damaged)).toEqual([])
    expect(parseOverrides(`${damaged}\n${overrideLine(aSnooze())}\n`)).toEqual([aSnooze()])
  })
})

describe('what holds at an instant', () => {
  const all = { allows: [anAllow()], raises: [aRaise()], snoozedUntil: AT + HOUR }
  const three = [anAllow(), aRaise(), aSnooze()]

  test.each<[when: string, overrides: readonly Override[], asOf: number, active: typeof NO_OVERRIDES]>([
    ['nothing without any', [], AT, NO_OVERRIDES],
    ['nothing before it begins', three, AT - 1, NO_OVERRIDES],
    ['all from the beginning', three, AT, all],
    ['all to the end', three, AT + HOUR - 1, all],
    ['nothing from then on', three, AT + HOUR, NO_OVERRIDES],
    ['not what was ended', [...three, anEnd()], AT + 1, { ...all, raises: [] }],
    ['what is going to be ended', [...three, anEnd()], AT, all],
    ['not what was ended, in whatever order lines came', [anEnd(), ...three], AT + 1, { ...all, raises: [] }],
    ['everything when something else was ended', [...three, anEnd({ ends: 'r9' })], AT + 1, all],
    [
      'the longest of two snoozes',
      [aSnooze(), aSnooze({ id: 's2', until: AT + 2 * HOUR })],
      AT,
      { ...NO_OVERRIDES, snoozedUntil: AT + 2 * HOUR },
    ],
  ])('is %s', (_, overrides, asOf, active) => {
    expect(activeOverrides(overrides, asOf)).toEqual(active)
  })

  it('is history with its state, the newest first', () => {
    const overrides = [anAllow(), aRaise(), anEnd(), aSnooze({ until: AT + 2 * HOUR })]
    const states = (asOf: number) =>
      overrideHistory(overrides, asOf).map(({ override, state }) => [override.id, state])
    expect(states(AT - 1)).toEqual([])
    expect(states(AT + 1)).toEqual([
      ['s1', 'active'],
      ['r1', 'ended'],
      ['a1', 'active'],
    ])
    expect(states(AT + HOUR)).toEqual([
      ['s1', 'active'],
      ['r1', 'ended'],
      ['a1', 'over'],
    ])
  })
})

describe('raises', () => {
  it('add up on the budget that they name, and leave every other one alone', () => {
    const budgets = [aBudget('daily', '10'), aBudget('weekly', '50'), aBudget('daily', '0', { project: 'x' })]
    const raises = [
      aRaise(),
      aRaise({ by: usd('0.5') }),
      aRaise({ budget: 'project=x/daily' }),
      aRaise({ budget: 'no such budget' }),
    ]
    expect(withRaises(budgets, raises).map(({ id, limit }) => [id, limit])).toEqual([
      ['daily', usd('15.5')],
      ['weekly', usd('50')],
      ['project=x/daily', usd('5')],
    ])
    expect(withRaises(budgets, [])).toBe(budgets)
  })

  it('last together until the first of them is over', () => {
    const raises = [aRaise({ why: 'a' }), aRaise({ until: AT + 5, why: 'b' }), aRaise({ until: AT + 9 })]
    expect(raisedOf(raises, 'daily')).toEqual({ by: usd('15'), until: AT + 5, whys: ['a', 'b'] })
    expect(raisedOf(raises, 'weekly')).toBeNull()
  })
})

describe('an allow', () => {
  const everywhere = anAllow()
  const here = anAllow({ id: 'a2', sessionId: 's-1', until: AT + 2 * HOUR })

  test.each<[why: string, allows: readonly Allow[], session: string | null, allow: Allow | null]>([
    ['nobody without one', [], 's-1', null],
    ['every session when it names none', [everywhere], 's-1', everywhere],
    ['a session that nobody knows when it names none', [everywhere], null, everywhere],
    ['the session that it names', [here], 's-1', here],
    ['no other session', [here], 's-2', null],
    ['no session that nobody knows', [here], null, null],
    ['by that which lasts longest', [here, everywhere], 's-1', here],
  ])('lets pass %s', (_, allows, session, allow) => {
    expect(isAllowed({ ...NO_OVERRIDES, allows }, session)).toBe(allow)
  })
})
