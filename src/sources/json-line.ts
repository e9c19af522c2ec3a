import { type Fields, parseFields } from './fields.ts'
import type { Tally } from '../core/tally.ts'

/** The object in the line `bytes[start, end)`; null for a damaged one, which is counted. */
export function parseLine(bytes: Buffer, start: number, end: number, tally: Tally): Fields | null {
  const fields = parseFields(bytes.toString('utf8', start, end))
  if (fields === null) tally.count('damaged')
  return fields
}

/** Whether one of some ASCII texts is in the line: looking for it is far cheaper than parsing. */
export function lineHas(bytes: Buffer, start: number, end: number, texts: readonly string[]): boolean {
  const line = bytes.subarray(start, end)
  return texts.some((text) => line.includes(text, 0, 'latin1'))
}
