/**
 * Matches a name against a pattern in which `*` stands for any run of characters and nothing else is special.
 * Linear in the length of both, so that a pattern from a cloned repository cannot stall an agent.
 */
export function matchesGlob(pattern: string, name: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  const tail = rest.pop()
  if (tail === undefined) return name === pattern
  if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail)) return false
  const end = name.length - tail.length
  let at = head.length
  for (const part of rest) {
    at = endOf(part, name, at, end)
    if (at < 0) return false
  }
  return true
}

/**
 * Where the first occurrence of `part` in `name[from, end)` ends, or -1. By Knuth, Morris and Pratt, because
 * `indexOf` takes the product of both lengths for text that nearly repeats.
 */
function endOf(part: string, name: string, from: number, end: number): number {
  if (part === '') return from
  const borders = bordersOf(part)
  let matched = 0
  for (let at = from; at < end; at++) {
    while (matched > 0 && name[at] !== part[matched]) matched = borders[matched - 1]!
    if (name[at] === part[matched]) matched++
    if (matched === part.length) return at + 1
  }
  return -1
}

/** For each beginning of a text, how much of it both begins and ends it. */
function bordersOf(text: string): readonly number[] {
  const borders = [0]
  for (let at = 1, matched = 0; at < text.length; at++) {
    while (matched > 0 && text[at] !== text[matched]) matched = borders[matched - 1]!
    if (text[at] === text[matched]) matched++
    borders.push(matched)
  }
  return borders
}
