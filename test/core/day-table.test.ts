import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../src/core/calendar.ts'
import { BeyondTable, dayTable, daysOfTable } from '../../src/core/day-table.ts'

const DAY = 86_400_000
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Africa/Cairo',
]

describe('a table of days', () => {
  it('agrees with the calendar that it was made from, also where days last 23 hours or are skipped', () => {
    const instants = fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2030, 0, 1) })
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        instants,
        fc.nat(62),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (zone, now, back, share) => {
          const calendar = createCalendar(zone)
          const firstDay = calendar.dayOf(now) - back
          const table = dayTable(calendar, firstDay, now)
          const days = daysOfTable(JSON.parse(JSON.stringify(table)) as typeof table)
          const [first, last] = [table.starts[0]!, table.starts.at(-1)!]
          const instant = Math.floor(first + share * (last - 1 - first))
          expect(days.dayOf(instant)).toBe(calendar.dayOf(instant))
          expect(days.startOfDay(calendar.dayOf(instant))).toBe(calendar.startOfDay(calendar.dayOf(instant)))
          expect(days.dayOf(first - 1)).toBe(firstDay - 1)
          expect(days.dayOf(first - 900 * DAY)).toBe(firstDay - 1)
          expect(days.periodsAt(now)).toEqual(calendar.periodsAt(now))
          for (const { start, end } of Object.values(table.periods)) {
            expect(days.dayOf(end)).toBe(calendar.dayOf(end))
            if (start >= first) expect(days.dayOf(start)).toBe(calendar.dayOf(start))
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('says what it does not know', () => {
    const calendar = createCalendar('UTC')
    const noon = Date.UTC(2025, 11, 15, 12)
    const table = dayTable(calendar, calendar.dayOf(noon) - 3, noon)
    const days = daysOfTable(table)
    expect(() => days.dayOf(Date.UTC(2026, 0, 3))).toThrow(BeyondTable)
    for (const day of [table.firstDay - 1, table.firstDay + 99]) {
      expect(() => days.startOfDay(day)).toThrow(BeyondTable)
    }
    expect(days.periodsAt(noon)).toEqual(table.periods)
    for (const other of [noon - DAY, noon + DAY]) {
      expect(() => days.periodsAt(other)).toThrow(BeyondTable)
    }
  })
})
