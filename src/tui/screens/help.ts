import { glyphsOf } from '../../formats/glyphs.ts'
import { badgeColumns, badgeText, type Standing } from '../../formats/level.ts'
import { BLANK, cutLine, type Line, span } from '../../formats/line.ts'
import { padEnd } from '../../formats/pad.ts'
import { innerColumns, isCompact, type Page } from '../../formats/page.ts'
import { KEYS } from '../keys.ts'
import type { Screen } from './screen.ts'

/** The keys and the signs. */
export const helpScreen: Screen = (_state, page, rows) => {
  const { ellipsis } = glyphsOf(page.ascii)
  const gap = isCompact(page) ? [] : [BLANK]
  const lines: readonly Line[] = [
    [span('Keys', 'title')],
    ...KEYS.map(({ keys, help }) => entry(span(keys.join(' '), 'key'), help)),
    ...gap,
    [span('Levels', 'title')],
    ...LEVELS.map(([standing, meaning]) => entry(span(badgeText(standing, page.ascii), standing), meaning)),
    ...gap,
    [span('Signs', 'title')],
    ...signs(page),
  ]
  return lines.slice(0, rows).map((line) => cutLine(line, innerColumns(page), ellipsis))
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

function entry(sign: { readonly text: string; readonly tone: Line[number]['tone'] }, meaning: string): Line {
  return [span(padEnd(sign.text, badgeColumns(false) + 2), sign.tone), span(meaning)]
}
