const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d

/** How often a damaged line is tried again: a line made of nothing but `{"` must not cost its length squared. */
const MAX_TRIES = 256

/** A stretch of bytes that is one balanced JSON object. */
export interface ObjectRange {
  readonly start: number
  readonly end: number
}

/** What a line held: its objects, and whether anything else stood between them. */
export interface LineContent {
  readonly objects: readonly ObjectRange[]
  readonly damaged: boolean
}

/**
 * The objects in a line that is not exactly one: a record glued to the torn fragment of a killed writer, or two
 * records that share a line because a newline was lost. `accepts` says whether a range really is a record; it is
 * told when damage came before it, because inside a fragment a nested object can look like a whole one.
 */
export function objectsIn(
  bytes: Uint8Array,
  start: number,
  end: number,
  accepts: (range: ObjectRange, afterDamage: boolean) => boolean,
): LineContent {
  const objects: ObjectRange[] = []
  let damaged = false
  let at = start
  for (let tries = 0; at < end; tries++) {
    const open = nextObjectStart(bytes, at, end)
    damaged ||= !isBlank(bytes, at, open < 0 ? end : open)
    if (open < 0) break
    if (tries === MAX_TRIES) return { objects, damaged: true }
    const range = { start: open, end: objectEnd(bytes, open, end) }
    if (range.end > 0 && accepts(range, damaged)) {
      objects.push(range)
      at = range.end
    } else {
      damaged = true
      at = open + 1
    }
  }
  return { objects, damaged }
}

/** Index after the brace that closes the object at `start`; -1 when it stays open. */
export function objectEnd(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0
  let inString = false
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (inString) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === OPEN) depth++
    else if (byte === CLOSE && --depth === 0) return at + 1
  }
  return -1
}

/** Index of the next `{` at or after `from`, or -1. */
function nextObjectStart(bytes: Uint8Array, from: number, end: number): number {
  const at = bytes.indexOf(OPEN, from)
  return at >= 0 && at < end ? at : -1
}

/** Only spaces, tabs and carriage returns between `start` and `end`. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) return false
  }
  return true
}
