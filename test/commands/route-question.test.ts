import { expect, it } from 'vitest'

import { typedPrompt } from '../../src/commands/route-question.ts'
import { InputTooLarge } from '../../src/system/standard-input.ts'

it('takes a prompt that is too long to be read for none that can be', () => {
  const standardInput = { read: tooLarge }
  expect(typedPrompt({ arguments: [], options: { prompt: '-' } }, standardInput)).toBeNull()
})

function tooLarge(): never {
  throw new InputTooLarge()
}
