import type { Line } from './line.ts'

/** A line and how soon it gives way when there are fewer rows than lines: rank 0 goes last. */
export interface RankedLine {
  readonly line: Line
  readonly rank: number
}

export function ranked(rank: number, ...lines: readonly Line[]): RankedLine[] {
  return lines.map((line) => ({ line, rank }))
}

/** The `rows` lines of the lowest ranks, earlier ones first among equals, in the order in which they were given. */
export function keepBest(lines: readonly RankedLine[], rows: number): Line[] {
  const order = lines.map((_, index) => index).toSorted((a, b) => rankAt(lines, a) - rankAt(lines, b))
  const kept = new Set(order.slice(0, Math.max(0, rows)))
  return lines.filter((_, index) => kept.has(index)).map(({ line }) => line)
}

function rankAt(lines: readonly RankedLine[], index: number): number {
  return lines[index]?.rank ?? Infinity
}
