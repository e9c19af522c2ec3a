/** What a CSV text holds. */
export interface Csv {
  readonly rows: readonly (readonly string[])[]
  /** True when a quote is never closed: from there on, quotes were taken as letters. */
  readonly isTorn: boolean
}

/**
 * Reads CSV as RFC 4180 has it: fields between quotes may hold separators, newlines and doubled quotes. Forgiving where
 * files in the wild differ: any of CRLF, LF and CR ends a row, blank lines are no rows, a quote inside of a field that
 * does not begin with one is a letter, and a byte-order mark is skipped. Takes time in proportion to the text.
 *
 * @param separator one character; `;` is what spreadsheets write where `,` is the decimal point
 */
export function parseCsv(text: string, separator = ','): Csv {
  const rows: string[][] = []
  let isTorn = false
  let row: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at <= text.length) {
    const closing = text[at] === '"' && !isTorn ? closingQuote(text, at) : at
    if (closing < 0) {
      // Whatever the quote swallows, the rows behind it are read again without believing quotes.
      isTorn = true
      continue
    }
    const quoted = closing === at ? '' : text.slice(at + 1, closing).replaceAll('""', '"')
    const rest = closing === at ? at : closing + 1
    const end = endOfField(text, rest, separator)
    row.push(quoted + text.slice(rest, end))
    at = end + (text.startsWith('\r\n', end) ? 2 : 1)
    if (text[end] === separator) continue
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return { rows, isTorn }
}

/** The index of the quote that closes the one at `open`; -1 when none does. */
function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

function endOfField(text: string, from: number, separator: string): number {
  let at = from
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}
