import { glyphsOf } from '../formats/glyphs.ts'
import { ratioText } from '../formats/amount.ts'
import { headerLine, type WallClock } from '../formats/header-line.ts'
import { BLANK, cutLine, joinSpans, type Line, lineWidth, sameLine, span, spread } from '../formats/line.ts'
import { nameText } from '../formats/name.ts'
import { oneLine } from '../formats/one-line.ts'
import { textWidth } from '../formats/pad.ts'
import { innerColumns, isCompact, isOneLine, type Page } from '../formats/page.ts'
import { wrapSentence } from '../formats/wrap.ts'
import { bindingsOf, type KeyBinding } from './keys.ts'
import { SCREENS } from './screens/index.ts'
import type { Banner, PaneState } from './state.ts'

/** All lines of the pane, top to bottom. */
export type Frame = readonly Line[]

/**
 * What the state looks like: at most one line less than the terminal has, because a frame of full height makes Ink
 * clear the screen and the user's scrollback each time, and no line wider than the terminal.
 */
export function frameOf(state: PaneState, calendar: WallClock, ascii: boolean): Frame {
  const page: Page = { ...state.size, ascii }
  const rows = page.rows - 1
  if (!(rows >= 1) || !(page.columns >= 1)) return []
  if (isOneLine(page)) return [tinyLine(state, page)]
  const header = headerLines(state, calendar, page)
  const footer = footerLine(state, page)
  const banner = bannerLines(state, page)
  const free = rows - header.length - banner.length - 1
  const body = SCREENS[state.screen](state, page, free)
  const blanks = Array.from({ length: free - body.length }, () => BLANK)
  return [...header, ...banner, ...body, ...blanks, footer].map(withMargin)
}

export function sameFrame(a: Frame, b: Frame): boolean {
  return a.length === b.length && a.every((line, index) => sameLine(line, b[index] ?? BLANK))
}

function headerLines(state: PaneState, calendar: WallClock, page: Page): Line[] {
  const header: Line =
    state.dashboard === null
      ? [span('ai-costs', 'title')]
      : headerLine(state.dashboard, calendar, state.now, page)
  return isCompact(page)
    ? [header]
    : [header, [span(glyphsOf(page.ascii).rule.repeat(innerColumns(page)), 'track')]]
}

function bannerLines({ banner }: PaneState, page: Page): Line[] {
  if (banner === null) return []
  const { ellipsis } = glyphsOf(page.ascii)
  const text = nameText(banner.text.replaceAll('\n', ' '), page.ascii)
  const tone = banner.kind === 'error' ? 'critical' : 'title'
  const lines = wrapSentence(text, innerColumns(page) - 2, bannerRows(banner, page), ellipsis)
  return lines.map((line, index) => [
    span(index === 0 && banner.kind === 'error' ? '! ' : '  ', tone),
    span(line, tone),
  ])
}

/** An error is worth a row more than a notice where rows are few. */
function bannerRows({ kind }: Banner, { rows }: Page): number {
  if (rows >= 16) return 3
  return kind === 'error' && rows >= 10 ? 2 : 1
}

function footerLine({ screen, progress, dashboard }: PaneState, page: Page): Line {
  const keys = joinSpans(bindingsOf(screen).flatMap(hintOf), span('   '))
  const reading = progress === null || dashboard === null ? '' : `reading ${ratioText(progress, page.ascii)}`
  const room = innerColumns(page) - lineWidth(keys) - 2
  // Whoever does not know how to leave needs the keys more than the progress.
  const right = reading !== '' && textWidth(reading) <= room ? [span(reading, 'quiet')] : []
  return spread(keys, right, innerColumns(page), glyphsOf(page.ascii).ellipsis)
}

function hintOf({ keys, hint }: KeyBinding): Line[] {
  return hint === null ? [] : [[span(keys[0] ?? '', 'key'), span(` ${hint}`, 'quiet')]]
}

function tinyLine({ screen, dashboard, progress, banner }: PaneState, page: Page): Line {
  const { ellipsis } = glyphsOf(page.ascii)
  const alert = banner?.kind === 'error' ? [span('! ', 'critical')] : []
  if (screen === 'help') return cutLine([span('esc back, q quit')], page.columns, ellipsis)
  if (dashboard !== null) return cutLine([...alert, ...oneLine(dashboard, page)], page.columns, ellipsis)
  const share = progress === null ? '' : ` ${ratioText(progress, page.ascii)}`
  return cutLine([...alert, span(`reading${share}`)], page.columns, ellipsis)
}

function withMargin(line: Line): Line {
  return line.length === 0 ? line : [span(' '), ...line]
}
