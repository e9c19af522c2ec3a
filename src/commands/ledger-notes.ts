import type { LedgerReader } from '../system/ledger-reader.ts'

/** What the reader has to say about the bytes themselves. */
export function notesOf(reader: Pick<LedgerReader, 'unfinished'>): string[] {
  return reader.unfinished.map(
    ({ file, bytes }) =>
      `${file} ends with an incomplete line (${bytes} bytes), which counts once it is finished`,
  )
}
