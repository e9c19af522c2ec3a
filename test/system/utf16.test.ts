import { expect, it } from 'vitest'
import { isUtf16 } from '../../src/system/utf16.ts'

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

it.each<[what: string, bytes: Uint8Array, isWide: boolean]>([
  ['little-endian text with a mark', Buffer.from('\uFEFFa: 1', 'utf16le'), true],
  ['big-endian text with a mark', swapped('\uFEFFa: 1'), true],
  ['nothing but the mark', Buffer.from('\uFEFF', 'utf16le'), true],
  ['little-endian text without a mark', Buffer.from('a: 1', 'utf16le'), true],
  ['big-endian text without a mark', swapped('a: 1'), true],
  ['UTF-8 text', Buffer.from('a: 1'), false],
  ['UTF-8 text with a mark', Buffer.from('\uFEFFa: 1'), false],
  ['UTF-8 text of other letters', Buffer.from('þÿ: 1'), false],
  ['NUL bytes alone', Buffer.alloc(4), false],
  ['one letter', Buffer.from('a'), false],
  ['nothing', Buffer.alloc(0), false],
])('knows %s', (_, bytes, isWide) => {
  expect(isUtf16(bytes)).toBe(isWide)
})
