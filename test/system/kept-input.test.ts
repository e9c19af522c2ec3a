import { afterEach, beforeEach, expect, it } from 'vitest'
import { keptInput } from '../../src/system/kept-input.ts'
import { InputTooLarge } from '../../src/system/standard-input.ts'

const KEY = Symbol.for('ai-costs.standard-input')

const forget = (): void => void Reflect.deleteProperty(globalThis, KEY)
beforeEach(forget)
afterEach(forget)

/** Standard input as it is: what was read once is gone. */
function once(read: () => string | null) {
  let isGone = false
  return {
    read(): string | null {
      if (isGone) return ''
      isGone = true
      return read()
    },
  }
}

it.each([['some text'], [''], [null]])('says %j again to whoever asks after somebody else', (text) => {
  const input = once(() => text)
  expect(keptInput(input).read(10)).toBe(text)
  // Another bundle has its own wrapper around the same descriptor.
  expect(keptInput(input).read(10)).toBe(text)
})

it('says again that it was too much, as an error of whoever asks', () => {
  const input = once(() => {
    throw new InputTooLarge()
  })
  expect(() => keptInput(input).read(10)).toThrow(InputTooLarge)
  expect(() => keptInput(input).read(10)).toThrow(InputTooLarge)
})

it('keeps nothing of what could not be read', () => {
  let calls = 0
  const input = {
    read(): string {
      if (calls++ === 0) throw new Error('EISDIR')
      return 'now'
    },
  }
  expect(() => keptInput(input).read(10)).toThrow('EISDIR')
  expect(keptInput(input).read(10)).toBe('now')
})
