import { expect, test } from 'vitest'
import { markdownCode, markdownText } from '../../src/formats/markdown.ts'

test.each([
  ['plain', 'my-app', '`my-app`'],
  ['nothing', '', ''],
  ['a backtick within', 'a`b', '``a`b``'],
  ['backticks at an end', '``a', '``` ``a ```'],
  ['blanks', '  ', '`    `'],
  ['a bar, which would end the cell', 'a|b', '`a\\|b`'],
  ['a bar that a backslash would let through', 'a\\|b', '`a\\¦b`'],
])('a foreign name stands in a code span: %s', (_, text, code) => {
  expect(markdownCode(text)).toBe(code)
})

test('our own text has what could be markup escaped', () => {
  expect(markdownText('< $0.50 a_b *c* [d] http://e')).toBe('\\< \\$0.50 a\\_b \\*c\\* \\[d\\] http\\://e')
})
