import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { hashText } from '../../src/core/hash-index.ts'
import { Seen } from '../../src/sources/seen.ts'

const MANY = 20_000

describe('what was seen', () => {
  it('is new once, grows by either amount, and is known then', () => {
    const seen = new Seen()
    const steps: readonly (readonly [tokens: number, cost: number, state: string])[] = [
      [10, 0, 'new'],
      [10, 0, 'known'],
      [9, 0, 'known'],
      [11, 0, 'grown'],
      [10, 0, 'known'],
      [0, 5, 'grown'],
      [11, 5, 'known'],
      [12, 4, 'grown'],
      [12, 5, 'known'],
    ]
    expect(steps.map(([tokens, cost]) => seen.note('a', tokens, cost))).toEqual(
      steps.map(([, , state]) => state),
    )
    expect(seen.size).toBe(1)
  })

  it('is told from everything else', () => {
    const seen = new Seen()
    for (let nth = 0; nth < MANY; nth++) seen.note(`msg_${nth}`, nth, 0)
    for (let nth = 0; nth < MANY; nth += 97) {
      expect(seen.has(`msg_${nth}`)).toBe(true)
      expect(seen.has(`msg_${nth}x`)).toBe(false)
    }
    expect(seen.size).toBe(MANY)
  })

  it('is told apart where one hash of two ids is the same', () => {
    const [one, other] = ['id-549599', 'id-712382']
    expect(hashText(one)).toBe(hashText(other))
    const seen = new Seen()
    expect([seen.note(one, 1, 0), seen.note(other, 1, 0)]).toEqual(['new', 'new'])
    expect(seen.has(other)).toBe(true)
  })

  it('keeps ids, originals and what they are called apart', () => {
    const seen = new Seen()
    expect(seen.hasOriginal('a')).toBe(false)
    expect([seen.noteOriginal('a'), seen.noteOriginal('a')]).toEqual([true, false])
    expect([seen.hasOriginal('a'), seen.has('a'), seen.has('a:')]).toEqual([true, false, false])
    seen.note('b', 1, 0)
    expect([seen.hasOriginal('b'), seen.has('b')]).toEqual([false, true])
  })
})

const fill = (seen: Seen, notes: readonly (readonly [string, number, number, boolean])[]): Seen => {
  for (const [id, tokens, cost, isOriginal] of notes) {
    if (isOriginal) seen.noteOriginal(id)
    else seen.note(id, tokens, cost)
  }
  return seen
}

describe('what was saved of it', () => {
  const noted = fc.array(fc.tuple(fc.string({ maxLength: 6 }), fc.nat(1e6), fc.nat(1e6), fc.boolean()), {
    maxLength: 60,
  })

  it('says the same of every id when it is restored', () => {
    fc.assert(
      fc.property(noted, noted, (notes, questions) => {
        const seen = fill(new Seen(), notes)
        const restored = new Seen()
        restored.restore(seen.rows())
        expect(restored.rows()).toEqual(seen.rows())
        for (const [id, tokens, cost] of [...questions, ...notes]) {
          expect(restored.hasOriginal(id)).toBe(seen.hasOriginal(id))
          expect(restored.note(id, tokens, cost)).toBe(seen.note(id, tokens, cost))
        }
      }),
    )
  })

  it('adds to what is known already', () => {
    fc.assert(
      fc.property(noted, noted, (notes, more) => {
        const joined = fill(new Seen(), notes)
        joined.restore(fill(new Seen(), more).rows())
        const expected = fill(fill(new Seen(), notes), more)
        expect(joined.size).toBe(expected.size)
        for (const [id, tokens, cost] of [...notes, ...more]) {
          expect(joined.note(id, tokens, cost)).toBe(expected.note(id, tokens, cost))
        }
      }),
    )
  })

  it('takes thousands', () => {
    const seen = new Seen()
    for (let nth = 0; nth < MANY; nth++) seen.note(`msg_${nth}`, nth, 0)
    const restored = new Seen()
    restored.restore(seen.rows())
    expect([restored.size, restored.has('msg_777'), restored.has('msg_x')]).toEqual([MANY, true, false])
  })
})
