import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { claimNameOf } from '../../src/core/claim-name.ts'

it('is a file name, whatever is claimed', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
      expect(claimNameOf('alert', parts)).toMatch(/^alert-[0-9a-f]{16}$/)
    }),
  )
})

it('is the same for the same, and another one for anything else', () => {
  expect(claimNameOf('said', ['a', 'b'])).toBe(claimNameOf('said', ['a', 'b']))
  const names = [['a', 'b'], ['a,b'], ['b', 'a'], ['a', 'b', ''], []].map((parts) =>
    claimNameOf('said', parts),
  )
  expect(new Set(names).size).toBe(5)
})
