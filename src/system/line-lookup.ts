import { readSync } from 'node:fs'
import { LedgerChanged } from '../core/ledger-changed.ts'
import { MAX_LINE_BYTES } from '../core/line-reader.ts'
import { objectEnd } from '../core/objects.ts'
import { partsOf } from './location.ts'

/** Most lines are this short; only a longer one is read a second time. */
const USUAL_LINE_BYTES = 2048

/** Looks lines of the ledger up by their location, in one buffer: a ledger may hold a million repetitions. */
export class LineLookup {
  readonly #fdOf: (fileIndex: number) => number | undefined
  readonly #bytes = new Uint8Array(MAX_LINE_BYTES)

  constructor(fdOf: (fileIndex: number) => number | undefined) {
    this.#fdOf = fdOf
  }

  /** The line's bytes, enough of them to hold its object, until the next call. Throws `LedgerChanged`. */
  at(location: number): Uint8Array {
    const { index, offset } = partsOf(location)
    const fd = this.#fdOf(index)
    if (fd === undefined) throw new LedgerChanged()
    const short = this.#read(fd, offset, USUAL_LINE_BYTES)
    return objectEnd(short, 0, short.length) >= 0 ? short : this.#read(fd, offset, MAX_LINE_BYTES)
  }

  #read(fd: number, offset: number, length: number): Uint8Array {
    return this.#bytes.subarray(0, readSync(fd, this.#bytes, 0, length, offset))
  }
}
