import { safeText } from './safe-text.ts'

/**
 * A row of CSV as RFC 4180 has it, with a line feed. Numbers are written as they are; text is made harmless for
 * terminals and spreadsheets.
 */
export function csvRow(fields: readonly (string | CsvNumber)[]): string {
  return `${fields.map(fieldText).join(',')}\n`
}

/** A number in plain decimal text, which no spreadsheet can take for a formula. */
export interface CsvNumber {
  readonly number: string
}

function fieldText(field: string | CsvNumber): string {
  if (typeof field !== 'string') return field.number
  const inert = withoutFormula(safeText(field))
  return /[",\r\n]|^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

/**
 * What begins like a formula is run by spreadsheets when the file is opened, quoted or not; behind an apostrophe they
 * take it for text.
 */
function withoutFormula(text: string): string {
  return /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/u.test(text) ? `'${text}` : text
}
