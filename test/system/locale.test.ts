import { expect, test } from 'vitest'
import { needsAscii } from '../../src/system/locale.ts'

test.each<[variables: Record<string, string>, ascii: boolean]>([
  [{}, false],
  [{ LANG: '' }, false],
  [{ LANG: 'en_US.UTF-8' }, false],
  [{ LANG: 'en_US.utf8' }, false],
  [{ LANG: 'C.UTF-8' }, false],
  [{ LANG: 'C' }, true],
  [{ LANG: 'POSIX' }, true],
  [{ LANG: 'de_DE.ISO-8859-1' }, true],
  [{ LANG: 'en_US.UTF-8', LC_CTYPE: 'C' }, true],
  [{ LANG: 'C', LC_CTYPE: 'en_US.UTF-8' }, false],
  [{ LANG: 'en_US.UTF-8', LC_CTYPE: 'en_US.UTF-8', LC_ALL: 'C' }, true],
  [{ LANG: 'en_US.UTF-8', LC_ALL: '' }, false],
])('%j needs ASCII: %s', (variables, ascii) => {
  expect(needsAscii(variables)).toBe(ascii)
})
