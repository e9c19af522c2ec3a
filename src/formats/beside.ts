import { cutLine, type Line, lineWidth, span } from './line.ts'

/** Two blocks of lines beside each other, the right one from a column on. */
export function beside(
  left: readonly Line[],
  right: readonly Line[],
  column: number,
  ellipsis: string,
): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, nth) => {
    const start = cutLine(left[nth] ?? [], column, ellipsis)
    const end = right[nth] ?? []
    return end.length === 0 ? start : [...start, span(' '.repeat(column - lineWidth(start))), ...end]
  })
}
