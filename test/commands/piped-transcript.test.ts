import { expect, test } from 'vitest'

import { UsageError } from '../../src/commands/command.ts'
import { pipedOf } from '../../src/commands/piped-transcript.ts'
import { InputTooLarge } from '../../src/system/standard-input.ts'
import { SYSTEM } from './importing.ts'

test.each<[what: string, read: () => string | null, message: RegExp]>([
  ['no pipe', () => null, /nothing on standard input: pipe a transcript into it/],
  ['an empty pipe', () => '', /nothing came through the pipe: look at what the command before it says/],
  ['a pipe with a line end only', () => '\n', /nothing came through the pipe/],
  [
    'more than can be held',
    () => {
      throw new InputTooLarge()
    },
    /larger than 256 MB: write it to a file, and name that/,
  ],
])('- with %s is an error that says what to do', (_, read, message) => {
  const asked = () => pipedOf(['-', 'codex'], new Map(), { ...SYSTEM, standardInput: { read } })
  expect(asked).toThrow(UsageError)
  expect(asked).toThrow(message)
})
