/**
 * The known word that was probably meant, or null. At most two slips (a letter left out, added, exchanged, or two
 * swapped), and fewer than half of the letters, so that a short word does not match everything.
 */
export function nearestWord(word: string, known: readonly string[]): string | null {
  if (word.length > 64) return null
  let best: string | null = null
  let fewest = Math.min(2, Math.ceil(word.length / 2) - 1) + 1
  for (const candidate of known) {
    const slips = slipsBetween(word.toLowerCase(), candidate.toLowerCase())
    if (slips < fewest) [best, fewest] = [candidate, slips]
  }
  return best
}

/** Optimal string alignment distance: single-letter edits and swaps of neighbours. */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let slips = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        slips = Math.min(slips, beforeLast[column - 2]! + 1)
      }
      current.push(slips)
    }
    ;[beforeLast, last] = [last, current]
  }
  return last[b.length]!
}
