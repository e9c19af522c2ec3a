import type { Level } from '../core/verdict.ts'

/** A level as it is shown: over the limit is critical, but deserves its own word. */
export type Standing = Level | 'over'

interface Badge {
  readonly glyph: string
  readonly word: string
  readonly ascii: string
}

const BADGES: Record<Standing, Badge> = {
  ok: { glyph: '●', word: 'ok', ascii: 'ok' },
  warning: { glyph: '▲', word: 'warning', ascii: 'WARN' },
  critical: { glyph: '■', word: 'critical', ascii: 'CRIT' },
  over: { glyph: '■', word: 'over', ascii: 'OVER' },
  unknown: { glyph: '?', word: 'unknown', ascii: '???' },
}

export function standingOf(judged: { readonly level: Level; readonly exceeded: boolean }): Standing {
  // An exceeded budget of which some spend is unknown is critical all the same: the priced part proves it.
  return judged.exceeded ? 'over' : judged.level
}

/** Glyph and word: `▲ warning`, in ASCII `WARN`. Never colour alone. */
export function badgeText(standing: Standing, ascii: boolean): string {
  const badge = BADGES[standing]
  return ascii ? badge.ascii : `${badge.glyph} ${badge.word}`
}

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
