import { ratioText } from '../formats/amount.ts'
import { glyphsOf } from '../formats/glyphs.ts'
import { joinSpans, type Line, lineWidth, span, spread } from '../formats/line.ts'
import { nameText } from '../formats/name.ts'
import { cutStart, textWidth } from '../formats/pad.ts'
import { innerColumns, type Page } from '../formats/page.ts'
import { bindingsOf, type Command, type KeyBinding } from './keys.ts'
import { type PaneState, placeOf } from './pane-state.ts'
import { isUnfiltered, viewNameOf } from './selectors.ts'

/** The keys that work here, the most useful ones where columns are few; while a filter is typed, the filter. */
export function footerLine(state: PaneState, page: Page): Line {
  const columns = innerColumns(page)
  const reading = readingText(state, page)
  const right = reading === '' ? [] : [span(reading, 'quiet')]
  const typed = state.isTyping ? filterLine(state, page) : []
  const room = reading === '' ? columns : columns - textWidth(reading) - 2
  const hints = bindingsOf(placeOf(state)).filter(
    ({ hint, command }) => hint !== null && !(command === 'clear-filter' && isUnfiltered(state)),
  )
  const taken = typed.length === 0 ? 0 : lineWidth(typed) + GAP.length
  const shown = keysIn(hints, room - taken, `show-${state.screen}`)
  const keys = joinSpans(typed.length === 0 ? shown : [typed, ...shown], span(GAP))
  const { ellipsis } = glyphsOf(page.ascii)
  // Whoever does not know how to leave needs the keys more than the progress.
  const isFitting = lineWidth(keys) + lineWidth(right) + 2 <= columns
  return spread(keys, isFitting ? right : [], columns, ellipsis)
}

const GAP = ' '

/** As many hints as fit, in the order of the table; those of the highest rank give way first. */
function keysIn(bindings: readonly KeyBinding[], columns: number, current: Command): readonly Line[] {
  const hints = bindings.map((binding) => hintOf(binding, current))
  if (bindings.length <= 1 || lineWidth(joinSpans(hints, span(GAP))) <= columns) return hints
  const last = bindings.reduce((most, one) => (rankOf(one) > rankOf(most) ? one : most))
  return keysIn(
    bindings.filter((one) => one !== last),
    columns,
    current,
  )
}

/** The screen that is shown keeps its place among the others. */
function hintOf({ keys, hint, command }: KeyBinding, current: Command): Line {
  const word = ` ${hint?.word ?? ''}`
  return [span(keys[0] ?? '', 'key'), span(word, command === current ? 'selected' : 'quiet')]
}

function rankOf({ hint }: KeyBinding): number {
  return hint?.rank ?? Infinity
}

/** Of a long filter the end, where somebody types. */
function filterLine(state: PaneState, page: Page): Line {
  const name = viewNameOf(state)
  if (name === null) return []
  const { ellipsis, full } = glyphsOf(page.ascii)
  const room = Math.max(1, Math.floor(innerColumns(page) / 2) - 2)
  const text = cutStart(nameText(state.views[name].filter, page.ascii), room, ellipsis)
  return [span('/', 'key'), span(text), span(page.ascii ? '_' : full.slice(0, 1), 'quiet')]
}

function readingText({ progress, dashboard }: PaneState, page: Page): string {
  return progress === null || dashboard === null ? '' : `reading ${ratioText(progress, page.ascii)}`
}
