import { expect, test } from 'vitest'
import { createCalendar } from '../../src/core/calendar.ts'
import { parseUntil } from '../../src/core/until-text.ts'
import { instant } from '../kit/fold-lines.ts'

const BERLIN = createCalendar('Europe/Berlin')

test.each<[text: string, now: string, until: string | null]>([
  ['tonight', '2025-12-15T14:30:00Z', '2025-12-15T23:00:00Z'],
  // The day is over later where clocks are set back, and sooner where they are put forward.
  ['tonight', '2025-10-26T00:30:00Z', '2025-10-26T23:00:00Z'],
  ['tonight', '2025-03-29T23:30:00Z', '2025-03-30T22:00:00Z'],
  ['18:00', '2025-12-15T14:30:00Z', '2025-12-15T17:00:00Z'],
  ['18:00', '2025-12-15T17:00:00Z', '2025-12-16T17:00:00Z'],
  ['18:00', '2025-12-15T16:59:59Z', '2025-12-15T17:00:00Z'],
  ['8:05', '2025-12-15T14:30:00Z', '2025-12-16T07:05:00Z'],
  // An hour that a night leaves out comes the night after.
  ['02:30', '2025-03-29T12:00:00Z', '2025-03-31T00:30:00Z'],
  // Of an hour that a night has twice the first is meant.
  ['02:30', '2025-10-25T12:00:00Z', '2025-10-26T00:30:00Z'],
  ['2025-12-15T18:00:00Z', '2025-12-15T14:30:00Z', '2025-12-15T18:00:00Z'],
  ['2025-12-15T18:00:00+01:00', '2025-12-15T14:30:00Z', '2025-12-15T17:00:00Z'],
  ['24:00', '2025-12-15T14:30:00Z', null],
  ['12:60', '2025-12-15T14:30:00Z', null],
  ['tomorrow', '2025-12-15T14:30:00Z', null],
  ['', '2025-12-15T14:30:00Z', null],
])('%j said at %s is %s', (text, now, until) => {
  expect(parseUntil(text, BERLIN, instant(now))).toBe(until === null ? null : instant(until))
})
