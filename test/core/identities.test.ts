import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HashIndex, hashText } from '../../src/core/hash-index.ts'
import { Identities } from '../../src/core/identities.ts'

describe('an index of hashes', () => {
  it('finds everything again, also where all hashes are the same', () => {
    for (const hashOf of [() => 7, (n: number) => n & 3, (n: number) => n << 25, (n: number) => -n]) {
      const index = new HashIndex()
      for (let n = 0; n < 1500; n++) {
        expect(index.find(hashOf(n), (number) => number === n)).toBe(-1)
        expect(index.add(hashOf(n))).toBe(n)
      }
      for (let n = 0; n < 1500; n++) expect(index.find(hashOf(n), (number) => number === n)).toBe(n)
      expect(index.size).toBe(1500)
    }
  })

  it('behaves as a map does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(50))), (keys) => {
        const index = new HashIndex()
        const names: string[] = []
        for (const [hash, name] of keys) {
          const key = `${hash}/${name}`
          const known = index.find(hash, (number) => names[number] === key)
          expect(known).toBe(names.indexOf(key))
          if (known < 0) names[index.add(hash)] = key
        }
      }),
      { numRuns: 300 },
    )
  })

  it('spreads near texts over the top bits that choose a slot', () => {
    const slots = new Set(Array.from({ length: 4096 }, (_, n) => hashText(`session-${n}`) >>> 20))
    expect(slots.size).toBeGreaterThan(2200)
  })
})

describe('identities', () => {
  it('lose no record and mix up none under colliding hashes', () => {
    let atHand = ''
    const lines = new Map<number, string>()
    const identities = new Identities((location) => lines.get(location) === atHand)
    for (let n = 0; n < 800; n++) {
      atHand = `record-${n % 400}`
      lines.set(n, atHand)
      const entry = identities.find(n & 1)
      if (n < 400) expect(entry).toBe(-1)
      if (entry < 0) identities.add(n & 1, n)
      else identities.extend(entry, n)
    }
    atHand = 'record-31'
    expect(identities.locations(identities.find(1))).toEqual([31, 431])
  })

  it('know all lines of a record', () => {
    const identities = new Identities(() => true)
    identities.add(5, 1e14)
    expect(identities.locations(identities.find(5))).toEqual([1e14])
    for (let line = 1; line <= 200; line++) identities.extend(identities.find(5), line)
    expect(identities.locations(0)).toEqual([1e14, ...Array.from({ length: 200 }, (_, n) => 200 - n)])
  })
})
