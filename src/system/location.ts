/**
 * Files are told apart in one number: the file's place in the ledger times this, plus the offset. A terabyte each
 * leaves room for 8,192 files below 2^53, which is 22 years of daily archives.
 */
const LOCATIONS_PER_FILE = 2 ** 40

/** The location of an offset in one of the ledger's files. */
export function locationOf(index: number, offset: number): number {
  return index * LOCATIONS_PER_FILE + offset
}

/** Which of the ledger's files a location lies in, and where. */
export function partsOf(location: number): { readonly index: number; readonly offset: number } {
  const index = Math.floor(location / LOCATIONS_PER_FILE)
  return { index, offset: location - index * LOCATIONS_PER_FILE }
}
