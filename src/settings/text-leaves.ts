import type { Weekday } from '../core/calendar.ts'
import { MODEL_NAME, isModelName } from '../core/model-name.ts'
import { leaf } from './leaf.ts'
import { nearestWord } from './nearest.ts'
import type { QuietHours } from './settings.ts'

/** The order is that of the numbers: 0 is Sunday. */
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

/** `true` or `false`. */
export function flag(description: string) {
  return leaf<boolean>('true or false', { type: 'boolean', description }, (written) =>
    typeof written === 'boolean' ? { value: written } : { refused: '' },
  )
}

/** One of the given words. */
export function choice<const Word extends string>(words: readonly Word[], description: string) {
  const wanted = `one of ${words.join(', ')}`
  return leaf<Word>(wanted, { enum: words, description }, (written) => {
    const value = words.find((word) => word === written)
    if (value !== undefined) return { value }
    const near = typeof written === 'string' ? nearestWord(written, words) : null
    return near === null ? { refused: '' } : { refused: '', fix: `write ${wanted} (did you mean ${near}?)` }
  })
}

/** Text for people or for matching: not empty, no control characters, at most `longest` characters. */
export function text(description: string, wanted: string, longest = 200) {
  const json = { type: ['string', 'number'], minLength: 1, maxLength: longest, description }
  return leaf<string>(wanted, json, (written) => {
    if (typeof written !== 'string' || written.trim() === '') return { refused: '' }
    if (/\p{Cc}/u.test(written)) return { refused: ', which has control characters', fix: 'remove them' }
    if (written.length <= longest) return { value: written }
    return { refused: `, which is longer than ${longest} characters`, fix: 'shorten it' }
  })
}

/**
 * The name of a model. `route` prints it into command lines, so it can hold nothing that a shell or an argument
 * parser would take for something else.
 */
export function modelName(description: string) {
  const wanted = 'the name of a model such as claude-sonnet-5'
  const json = { type: ['string', 'number'], pattern: MODEL_NAME, description }
  return leaf<string>(wanted, json, (written) =>
    typeof written === 'string' && isModelName(written) ? { value: written } : { refused: '' },
  )
}

/** The name of a scoped budget: it becomes the first part of ids such as `opus/daily`. */
export function budgetName(description: string) {
  const pattern = '^(?!project:)[^\\s/]{1,64}$'
  const wanted = 'one word without `/`, not starting with `project:`, such as opus'
  return leaf<string>(wanted, { type: ['string', 'number'], pattern, description }, (written) =>
    typeof written === 'string' && new RegExp(pattern).test(written) && !/\p{C}/u.test(written)
      ? { value: written }
      : { refused: '' },
  )
}

/** An IANA name, `local` or `UTC`, as this machine knows them. */
export function timeZone(description: string) {
  const wanted = 'an IANA name such as Europe/Berlin, or local, or UTC'
  return leaf<string>(wanted, { type: 'string', description }, (written) => {
    if (typeof written !== 'string') return { refused: '' }
    if (written === 'local' || isTimeZone(written)) return { value: written }
    const near = nearestWord(written, ['local', 'UTC', ...Intl.supportedValuesOf('timeZone')])
    const fix = `write ${wanted}${near === null ? '' : ` (did you mean ${near}?)`}`
    return { refused: ', which is no time zone', fix }
  })
}

/** The first day of the week, by name. */
export function weekday(description: string) {
  return leaf<Weekday>('a day such as monday or sunday', { enum: WEEKDAYS, description }, (written) => {
    const index =
      typeof written === 'string' ? WEEKDAYS.findIndex((day) => day === written.toLowerCase()) : -1
    return index < 0 ? { refused: '' } : { value: index as Weekday }
  })
}

/** `22:00-07:00`, or null for never. */
export function quietHours(description: string) {
  const pattern = '^([01][0-9]|2[0-3]):[0-5][0-9] *- *([01][0-9]|2[0-3]):[0-5][0-9]$'
  const wanted = 'two times of day such as "22:00-07:00", or remove the line'
  return leaf<QuietHours | null>(wanted, { type: ['string', 'null'], pattern, description }, (written) => {
    if (written === null) return { value: null }
    if (typeof written !== 'string' || !new RegExp(pattern).test(written)) return { refused: '' }
    const [from = 0, to = 0] = written.split('-').map(minutesOf)
    return from === to ? { refused: ', which has no length' } : { value: { from, to } }
  })
}

/** Text, or null for none. */
export function textOrNull(description: string, wanted: string) {
  return leaf<string | null>(wanted, { type: ['string', 'null'], description }, (written) => {
    if (written === null) return { value: null }
    return typeof written === 'string' && written.trim() !== '' ? { value: written } : { refused: '' }
  })
}

function isTimeZone(name: string): boolean {
  // Newer engines also take offsets such as `+02:00`, which have no summer time and fail on older ones.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.trim().split(':').map(Number)
  return hours * 60 + minutes
}
