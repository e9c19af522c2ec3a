import { beside } from '../../formats/beside.ts'
import { glyphsOf } from '../../formats/glyphs.ts'
import { badgeText, type Standing } from '../../core/standing.ts'
import { BLANK, cutLine, type Line, span, type Span } from '../../formats/line.ts'
import { padEnd } from '../../formats/pad.ts'
import { innerColumns, isCompact, isNarrow, type Page } from '../../formats/page.ts'
import { wrapText } from '../../formats/wrap.ts'
import { type KeyBinding, KEYS } from '../keys.ts'
import type { Screen } from './screen.ts'

/** The keys and the signs; where rows are few, from the line on to which somebody has moved. */
export const helpScreen: Screen = ({ helpTop }, page, rows) => {
  const { ellipsis } = glyphsOf(page.ascii)
  const lines = helpLines(page)
  const top = Math.min(helpTop, Math.max(0, lines.length - rows))
  return lines.slice(top, top + rows).map((line) => cutLine(line, innerColumns(page), ellipsis))
}

/** All of the help, in as many lines as it takes. */
export function helpLines(page: Page): readonly Line[] {
  const isBeside = innerColumns(page) >= ROOM_FOR_BOTH
  const half = Math.floor(innerColumns(page) / 2)
  const room = isBeside ? half - GAP : innerColumns(page)
  const gap = isCompact(page) ? [] : [BLANK]
  const entry = (sign: Span, meaning: string): readonly Line[] => entryLines(sign, meaning, room, page)
  const keys = [
    [span('Keys', 'title')],
    ...KEYS.flatMap((binding) => entry(keySign(binding, page), binding.help)),
  ]
  const rest = [
    [span('Levels', 'title')],
    ...LEVELS.flatMap(([standing, meaning]) =>
      entry(span(badgeText(standing, page.ascii), standing), meaning),
    ),
    ...gap,
    [span('Signs', 'title')],
    ...signs(page).flatMap(([sign, meaning]) => entry(sign, meaning)),
  ]
  return isBeside ? beside(keys, rest, half, glyphsOf(page.ascii).ellipsis) : [...keys, ...gap, ...rest]
}

const ROOM_FOR_BOTH = 118
const GAP = 2

/** As wide as the longest row of keys and the blanks after it, or as the longest level. */
const SIGN_COLUMNS = 23
const NARROW_SIGN_COLUMNS = 12
const MOST_LINES = 4

/** A sign and what it means, beside each other. */
function entryLines(sign: Span, meaning: string, room: number, page: Page): readonly Line[] {
  const columns = signColumns(page)
  const lines = wrapText(meaning, room - columns, MOST_LINES, glyphsOf(page.ascii).ellipsis)
  return lines.map((text, nth) => [span(padEnd(nth === 0 ? sign.text : '', columns), sign.tone), span(text)])
}

function signColumns(page: Page): number {
  return isNarrow(page) ? NARROW_SIGN_COLUMNS : SIGN_COLUMNS
}

/** The keys that do it, as many of the first ones as have room. */
function keySign({ keys }: KeyBinding, page: Page): Span {
  const names = keys.filter((name) => !name.startsWith('wheel'))
  while (names.length > 1 && names.join(' ').length >= signColumns(page)) names.pop()
  return span(names.join(' '), 'key')
}

const LEVELS: readonly (readonly [standing: Standing, meaning: string])[] = [
  ['ok', 'below the warning threshold'],
  ['warning', 'at or above the warning threshold'],
  ['critical', 'at or above the critical threshold'],
  ['over', 'the limit is used up'],
  ['unknown', 'something could not be priced or read, so nobody can tell'],
]

function signs({ ascii }: Page): readonly (readonly [sign: Span, meaning: string])[] {
  const { pace, atLeast } = glyphsOf(ascii)
  return [
    [span(pace, 'pace'), 'where an even spend would be by now'],
    [span(atLeast), 'at least: some of it could not be priced or read'],
    [span('%'), 'always rounded down: 100% is reached, never almost'],
  ]
}
