import { beside } from '../../formats/beside.ts'
import { glyphsOf } from '../../formats/glyphs.ts'
import { badgeText, type Standing } from '../../core/standing.ts'
import { BLANK, cutLine, type Line, span } from '../../formats/line.ts'
import { padEnd } from '../../formats/pad.ts'
import { innerColumns, isCompact, type Page } from '../../formats/page.ts'
import { type KeyBinding, KEYS } from '../keys.ts'
import type { Screen } from './screen.ts'

/** The keys and the signs; where rows are few, from the line on to which somebody has moved. */
export const helpScreen: Screen = ({ helpTop }, page, rows) => {
  const { ellipsis } = glyphsOf(page.ascii)
  const gap = isCompact(page) ? [] : [BLANK]
  const keys = [[span('Keys', 'title')], ...KEYS.map(keyLine)]
  const rest = [
    [span('Levels', 'title')],
    ...LEVELS.map(([standing, meaning]) => entry(span(badgeText(standing, page.ascii), standing), meaning)),
    ...gap,
    [span('Signs', 'title')],
    ...signs(page),
  ]
  const lines =
    innerColumns(page) < ROOM_FOR_BOTH
      ? [...keys, ...gap, ...rest]
      : beside(keys, rest, Math.floor(innerColumns(page) / 2), ellipsis)
  const top = Math.min(helpTop, Math.max(0, lines.length - rows))
  return lines.slice(top, top + rows).map((line) => cutLine(line, innerColumns(page), ellipsis))
}

const ROOM_FOR_BOTH = 118

function keyLine({ keys, help }: KeyBinding): Line {
  return entry(span(keys.filter((name) => !name.startsWith('wheel')).join(' '), 'key'), help)
}

const LEVELS: readonly (readonly [standing: Standing, meaning: string])[] = [
  ['ok', 'below the warning threshold'],
  ['warning', 'at or above the warning threshold'],
  ['critical', 'at or above the critical threshold'],
  ['over', 'the limit is used up'],
  ['unknown', 'something could not be priced or read, so nobody can tell'],
]

function signs({ ascii }: Page): Line[] {
  const { pace, atLeast } = glyphsOf(ascii)
  return [
    entry(span(pace, 'pace'), 'where an even spend would be by now'),
    entry(span(atLeast), 'at least: some of it could not be priced or read'),
    entry(span('%'), 'always rounded down: 100% is reached, never almost'),
  ]
}

const SIGN_COLUMNS = 25

function entry(sign: { readonly text: string; readonly tone: Line[number]['tone'] }, meaning: string): Line {
  return [span(padEnd(sign.text, SIGN_COLUMNS), sign.tone), span(meaning)]
}
