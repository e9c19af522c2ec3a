import { safeText } from './safe-text.ts'

/** A name of this length still reads at a glance, and a table has room for it. */
const USUAL_COLUMNS = 15
/** As many random characters tell more sessions apart than anybody begins in a day. */
const MACHINE_MADE_COLUMNS = 8

/** Where a name is given from the middle on, its first characters still say whose it is, if there is room for both. */
const HEAD = 4
const ROOM_FOR_BOTH = 12

/** From Hangul on, most characters take two columns; nobody is hurt where one of them takes only one. */
const WIDE = /[\u1100-\uffff]/

/** UUIDs, hashes and the ULIDs that `log` makes up: what they begin with says as much as all of them. */
const MACHINE_MADE = /^(?:[0-9a-fA-F]{8}[0-9a-fA-F-]{8,}|[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{26})$/

/**
 * Ids as people read them: each in at most `columns` characters, safe to print, and no two alike. A name is kept
 * whole when it fits; of what a machine made up the first eight characters do. Ids that begin alike are given from
 * where they differ (Codex writes UUIDv7, whose first eight are the same for a minute); only what reads the same even
 * then is given in full.
 */
export function shortIds(
  ids: readonly string[],
  columns: number = USUAL_COLUMNS,
  ellipsis = '…',
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  const names = new Map<string, string>()
  for (const id of ids) {
    const text = safeText(id)
    texts.set(id, text)
    names.set(id, shortened(text, columns, ellipsis))
  }
  if (new Set(names.values()).size === names.size) return names
  const textOf = (id: string): string => texts.get(id) ?? id
  for (const alike of readingAlike(names)) {
    for (const [id, from] of differences(alike, textOf)) {
      names.set(id, shortened(textOf(id), columns, ellipsis, from))
    }
  }
  const ambiguous = (): string[] =>
    readingAlike(names)
      .flat()
      .filter((id) => names.get(id) !== textOf(id))
  for (let left = ambiguous(); left.length > 0; left = ambiguous()) {
    for (const id of left) names.set(id, textOf(id))
  }
  return names
}

/** As much of a text as fits, of which `from` on something must be there. */
function shortened(text: string, room: number, ellipsis: string, from = 0): string {
  const columns = WIDE.test(text) ? Math.floor(room / 2) : room
  if (text.length <= columns) return text
  const isMachineMade = MACHINE_MADE.test(text)
  const width = isMachineMade ? MACHINE_MADE_COLUMNS : columns
  // What a machine made up is no word: nobody misses how it goes on.
  const end = isMachineMade ? '' : ellipsis
  if (from === 0) return cut(text, width, end)
  const head = isMachineMade || columns < ROOM_FOR_BOTH ? '' : cut(text, HEAD, '')
  const rest = width - head.length - ellipsis.length
  return head + ellipsis + cut(text.slice(Math.min(from, text.length - rest)), rest, end)
}

function cut(text: string, width: number, end: string): string {
  const fitting = text.length <= width ? text : text.slice(0, width - end.length) + end
  // What was cut in the middle of a character is no character any more.
  return fitting.replace(/^[\udc00-\udfff]|[\ud800-\udbff](?=$|[^\udc00-\udfff])/g, '')
}

/** Ids that go by one name. */
function readingAlike(names: ReadonlyMap<string, string>): readonly (readonly string[])[] {
  const takers = new Map<string, string[]>()
  for (const [id, name] of names) {
    const others = takers.get(name)
    if (others === undefined) takers.set(name, [id])
    else others.push(id)
  }
  return [...takers.values()].filter(({ length }) => length > 1)
}

/** Where each id begins to differ from all the others; from its neighbours in order, it differs last. */
function differences(
  ids: readonly string[],
  textOf: (id: string) => string,
): readonly (readonly [id: string, from: number])[] {
  const sorted = ids.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
  return sorted.map((id, nth) => {
    const neighbours = [sorted[nth - 1], sorted[nth + 1]].filter((other) => other !== undefined)
    return [id, Math.max(...neighbours.map((other) => sharedLength(textOf(id), textOf(other))))]
  })
}

/** How many characters two texts begin with alike. */
function sharedLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}
