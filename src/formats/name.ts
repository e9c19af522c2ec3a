import { safeText } from '../core/safe-text.ts'

/** A foreign name, ready to print: harmless, and in ASCII where nothing else can be shown. */
export function nameText(name: string, ascii: boolean): string {
  const safe = safeText(name)
  return ascii ? safe.replace(/[^\x20-\x7e]/gu, '?') : safe
}

/** A model's name without the maker that most of them share, for narrow places. */
export function shortModel(model: string): string {
  return model.replace(/^claude-(?=.)/, '')
}

const SHORT = 6

/**
 * Six characters that tell the given session ids apart: the first ones, or the last ones for ids that begin alike.
 * Time-ordered ids (Codex writes UUIDv7) share their first six for hours.
 */
export function shortIds(ids: readonly string[]): ReadonlyMap<string, string> {
  const sharing = new Map<string, number>()
  for (const id of ids) sharing.set(id.slice(0, SHORT), (sharing.get(id.slice(0, SHORT)) ?? 0) + 1)
  return new Map(
    ids.map((id) => {
      const head = id.slice(0, SHORT)
      return [id, (sharing.get(head) ?? 0) > 1 ? id.slice(-SHORT) : head]
    }),
  )
}
