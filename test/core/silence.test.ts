import { expect, test } from 'vitest'
import { type DailyHours, silenceAt } from '../../src/core/silence.ts'

const NIGHT: DailyHours = { from: 22 * 60, to: 7 * 60 }
const LUNCH: DailyHours = { from: 12 * 60, to: 13 * 60 + 30 }

test.each<[hours: DailyHours | null, clock: string, silence: string | null]>([
  [NIGHT, '21:59', null],
  [NIGHT, '22:00', 'quiet'],
  [NIGHT, '00:00', 'quiet'],
  [NIGHT, '06:59', 'quiet'],
  [NIGHT, '07:00', null],
  [LUNCH, '11:59', null],
  [LUNCH, '12:00', 'quiet'],
  [LUNCH, '13:29', 'quiet'],
  [LUNCH, '13:30', null],
  [null, '03:00', null],
])('quiet hours %j at %s: %s', (hours, clock, silence) => {
  expect(silenceAt(null, hours, clock)).toBe(silence)
  expect(silenceAt(1, hours, clock)).toBe('snoozed')
})
