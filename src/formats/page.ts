/** The space that text is laid out for. */
export interface Page {
  /** Columns of the terminal, or whatever width the caller wants. */
  readonly columns: number
  /** Lines of the terminal; `Infinity` for text that scrolls. */
  readonly rows: number
  /** Only characters of ASCII may be used. */
  readonly ascii: boolean
}

/** Wider lines are hard to follow from one end to the other, and in printed text there is nothing beside them. */
const WIDEST = 200
export const WIDEST_PRINTED = 132

/** Columns between the margins, of which there is one at each side. */
export function innerColumns(page: Page): number {
  return Math.max(0, Math.min(page.columns, WIDEST) - 2)
}

/** Room for two blocks of whole rows beside each other. */
export function isWide(page: Page): boolean {
  return innerColumns(page) >= 150
}

/** Too narrow for spent, limit, percent, level and a bar in one line. */
export function isNarrow(page: Page): boolean {
  return page.columns < 60
}

/** Too small for rules, blank lines and details. */
export function isCompact(page: Page): boolean {
  return isNarrow(page) || page.rows < 16
}

/** Room for one line only. */
export function isOneLine(page: Page): boolean {
  return page.columns < 30 || page.rows < 6
}
