import { glyphsOf } from '../formats/glyphs.ts'
import { ratioText } from '../formats/amount.ts'
import { headerLine, type WallClock } from '../formats/header-line.ts'
import { BLANK, cutLine, type Line, span } from '../formats/line.ts'
import { nameText } from '../formats/name.ts'
import { oneLine } from '../formats/one-line.ts'
import { innerColumns, isCompact, isOneLine, type Page } from '../formats/page.ts'
import { wrapSentence } from '../formats/wrap.ts'
import { footerLine } from './footer.ts'
import type { Banner, PaneState } from './pane-state.ts'
import { SCREENS } from './screens/index.ts'

/** All lines of the pane, top to bottom. */
export type Frame = readonly Line[]

/** What the state looks like: as many lines as the terminal has, none wider than it. */
export function frameOf(state: PaneState, calendar: WallClock, ascii: boolean): Frame {
  const page: Page = { ...state.size, ascii }
  const { rows } = page
  if (!(rows >= 1) || !(page.columns >= 1)) return []
  if (isOneLine(page)) return [tinyLine(state, page, calendar)]
  const header = headerLines(state, calendar, page)
  const footer = footerLine(state, page)
  const banner = bannerLines(state, page)
  const free = rows - header.length - banner.length - 1
  const body = SCREENS[state.screen](state, page, free, calendar)
  const blanks = Array.from({ length: free - body.length }, () => BLANK)
  return [...header, ...banner, ...body, ...blanks, footer].map(withMargin)
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
  const tone = banner.kind === 'notice' ? 'title' : 'critical'
  const sign = SIGNS[banner.kind]
  const lines = wrapSentence(text, innerColumns(page) - 2, bannerRows(banner, page), ellipsis)
  return lines.map((line, index) => [span(index === 0 ? sign : '  ', tone), span(line, tone)])
}

const SIGNS: Readonly<Record<Banner['kind'], string>> = { error: '! ', alert: '* ', notice: '  ' }

/** An error or an alert is worth a row more than a notice where rows are few. */
function bannerRows({ kind }: Banner, { rows }: Page): number {
  if (rows >= 16) return 3
  return kind !== 'notice' && rows >= 10 ? 2 : 1
}

function tinyLine(
  { screen, dashboard, progress, banner, now }: PaneState,
  page: Page,
  clock: WallClock,
): Line {
  const { ellipsis } = glyphsOf(page.ascii)
  const alert = banner?.kind === 'error' ? [span(SIGNS.error, 'critical')] : []
  if (screen === 'help') return cutLine([span('esc back, q quit')], page.columns, ellipsis)
  if (dashboard !== null) {
    const ground = { now, today: dashboard.snapshot.periods.daily, clock }
    return cutLine([...alert, ...oneLine(dashboard, page, ground)], page.columns, ellipsis)
  }
  const share = progress === null ? '' : ` ${ratioText(progress, page.ascii)}`
  return cutLine([...alert, span(`reading${share}`)], page.columns, ellipsis)
}

function withMargin(line: Line): Line {
  return line.length === 0 ? line : [span(' '), ...line]
}
