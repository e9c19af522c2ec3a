import { safeText } from '../core/safe-text.ts'
import { shortIds } from '../core/short-ids.ts'
import type { SessionSpend } from '../core/snapshot.ts'
import { glyphsOf } from './glyphs.ts'
import type { Page } from './page.ts'

/** A foreign name, ready to print: harmless, and in ASCII where nothing else can be shown. */
export function nameText(name: string, ascii: boolean): string {
  const safe = safeText(name)
  return ascii ? safe.replace(/[^\x20-\x7e]/gu, '?') : safe
}

/** A model's name without the maker that most of them share, for narrow places. */
export function shortModel(model: string): string {
  return model.replace(/^claude-(?=.)/, '')
}

/** What each session of the day is called, the same in every part of a page: a narrow one has room for less. */
export function sessionNames(sessions: readonly SessionSpend[], page: Page): ReadonlyMap<string, string> {
  const { ellipsis } = glyphsOf(page.ascii)
  const ids = sessions.map(({ id }) => id)
  const names = page.columns < ROOM_FOR_NAMES ? shortIds(ids, 8, ellipsis) : shortIds(ids, 15, ellipsis)
  return page.ascii ? new Map([...names].map(([id, name]) => [id, nameText(name, true)])) : names
}

const ROOM_FOR_NAMES = 76
