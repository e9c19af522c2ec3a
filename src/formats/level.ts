import { BADGES, badgeText, type Standing } from '../core/standing.ts'

/** As `badgeText`, calling out what is not ok: `■ OVER`. */
export function calloutText(standing: Standing, ascii: boolean): string {
  return standing === 'ok' || ascii ? badgeText(standing, ascii) : badgeText(standing, ascii).toUpperCase()
}

/** The glyph alone where a word has no room; ASCII has no such glyphs, so it keeps its short word. */
export function markText(standing: Standing, ascii: boolean): string {
  return ascii ? BADGES[standing].ascii : BADGES[standing].glyph
}

/** Columns that the widest `badgeText` needs. */
export function badgeColumns(ascii: boolean): number {
  return ascii ? 4 : 10
}

/** Columns that the widest `markText` needs. */
export function markColumns(ascii: boolean): number {
  return ascii ? 4 : 1
}
