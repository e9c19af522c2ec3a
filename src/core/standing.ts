import type { Level } from './verdict.ts'

/** A level as it is shown: over the limit is critical, but deserves its own word. */
export type Standing = Level | 'over'

/** What stands for a level besides its colour. */
export interface Badge {
  readonly glyph: string
  readonly word: string
  readonly ascii: string
}

export const BADGES: Record<Standing, Badge> = {
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
