import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allOf } from './fold-of.ts'
import {
  IndexDamaged,
  PagedIndex,
  type PagedLayout,
  type ReadAt,
  pagedIndex,
} from '../../src/core/paged-index.ts'

const LAYOUT: PagedLayout = { pageBytes: 128, entryBytes: 12 }
const STAMP = [7, 0xfffffff0] as const

/** A table of the numbers 0, 1, 2 … under the hashes. */
function tableOf(hashes: readonly number[]): Uint8Array | null {
  const slices = pagedIndex(LAYOUT, Int32Array.from(hashes), STAMP, (number, entry, at) =>
    entry.setFloat64(at, number, true),
  )
  return slices === null ? null : allOf(slices)
}

function reading(table: Uint8Array): ReadAt {
  return (bytes, at) => {
    const part = table.subarray(at, at + bytes.length)
    bytes.set(part)
    return part.length
  }
}

function found(table: Uint8Array, hash: number): number[] {
  const numbers: number[] = []
  const index = new PagedIndex(LAYOUT, STAMP, reading(table))
  index.find(hash, (entry, at) => numbers.push(entry.getFloat64(at, true)))
  return numbers
}

const hashes = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 300 })

/** Of the header page: checksum, kind, stamp and size. */
const HEADER_BYTES = 20

describe('a paged index', () => {
  it('finds all that has a hash, and nothing else', () => {
    fc.assert(
      fc.property(hashes, (some) => {
        const table = tableOf(some)
        if (table === null) return
        for (const hash of [...some, 1, -1]) {
          expect(found(table, hash)).toEqual(
            some.flatMap((other, number) => (other === hash ? [number] : [])),
          )
        }
      }),
      { numRuns: 100 },
    )
  })

  it('gives a table up whose hashes all crowd on one page', () => {
    expect(tableOf(new Array<number>(10).fill(5))).not.toBeNull()
    expect(tableOf(new Array<number>(11).fill(5))).toBeNull()
  })

  it('notices any byte that is not what was written and would be believed', () => {
    const some = Array.from({ length: 40 }, (_, n) => Math.imul(n, 0x9e3779b1))
    const table = tableOf(some)!
    fc.assert(
      fc.property(fc.nat(table.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = table.slice()
        damaged[at]! ^= flip
        let noticed = 0
        for (const [number, hash] of some.entries()) {
          try {
            expect(found(damaged, hash)).toEqual([number])
          } catch (error) {
            if (!(error instanceof IndexDamaged)) throw error
            noticed++
          }
        }
        // Behind its last entry nothing of a page is believed; of the header twenty bytes are.
        if (at < HEADER_BYTES) expect(noticed).toBe(some.length)
      }),
      { numRuns: 200 },
    )
  })

  it('is not believed when it is cut off, empty, or belongs to another cache', () => {
    const table = tableOf([1, -5, 77])!
    expect(() => found(table.slice(0, -1), -1)).toThrow(IndexDamaged)
    expect(() => found(new Uint8Array(0), 1)).toThrow(IndexDamaged)
    expect(() => new PagedIndex(LAYOUT, [8, 0xfffffff0], reading(table))).toThrow(IndexDamaged)
    expect(() => new PagedIndex(LAYOUT, [7, 1], reading(table))).toThrow(IndexDamaged)
  })
})
