/**
 * The first so many of a list in an order, without sorting the rest: of a hundred thousand sessions a report tells
 * twenty. Equal ones keep their order.
 */
export function first<Item>(
  items: readonly Item[],
  count: number,
  compare: (a: Item, b: Item) => number,
): readonly Item[] {
  if (count >= items.length / FEW) return items.toSorted(compare).slice(0, count)
  const found: Item[] = []
  for (const item of items) {
    if (found.length === count && compare(item, found[count - 1]!) >= 0) continue
    if (found.length === count) found.pop()
    let at = found.length
    while (at > 0 && compare(item, found[at - 1]!) < 0) at--
    found.splice(at, 0, item)
  }
  return found
}

/** To keep more than this share of all in order takes longer than to sort them. */
const FEW = 100
