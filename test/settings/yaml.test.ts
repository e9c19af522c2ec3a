import { describe, expect, it } from 'vitest'

import { describeProblem, excerptOf } from '../../src/settings/problem.ts'
import { MAX_CHARACTERS, readYaml } from '../../src/settings/yaml-tree.ts'

const faultOf = (text: string) => {
  const part = readYaml('x.yaml', text)
  return part.kind === 'broken' ? part.problems.map(describeProblem) : []
}

const valueOf = (text: string) => {
  const part = readYaml('x.yaml', text)
  return part.kind === 'ok' ? part.value.value : part.problems.map(describeProblem)
}

const aliases = (count: number) => `a: &a 1\nb: [${Array(count).fill('*a').join(', ')}]`

describe('YAML', () => {
  it.each([
    ['a: 0.80', { a: '0.80' }],
    ['a: 010', { a: '010' }],
    ['a: 0x1F', { a: '0x1F' }],
    ['a: "10"', { a: '10' }],
    ['a: yes', { a: 'yes' }],
    ['a: true', { a: true }],
    ['a: 22:00', { a: '22:00' }],
    ['a: 2026-01-01', { a: '2026-01-01' }],
    ['a: ~\nb:', { a: null, b: null }],
    ['%YAML 1.1\n---\na: yes\nb: 010\nc: 1_000', { a: 'yes', b: '010', c: '1_000' }],
    ['a: &x [1]\nb: *x', { a: ['1'], b: ['1'] }],
    ['\uFEFFa: 1', { a: '1' }],
    ['10: a', { 10: 'a' }],
    ['', null],
  ])('%j reads as %j: numbers stay text, nothing of 1.1', (text, value) => {
    expect(JSON.parse(JSON.stringify(valueOf(text)))).toEqual(value)
  })

  it.each([
    ['a:\n\tb: 1', '2:1: a tab is used as indentation — indent with spaces'],
    ['a: [1, 2', '1:9: a bracket is not closed here — close every `[` with `]` and every `{` with `}`'],
    ['a: "x', '1:6: a quote is not closed — close it on the same line'],
    [
      'a: b: c',
      '1:4: there is a second key where a value was expected — put each key on its own line in the column of its siblings, or put a value that contains `: ` in quotes',
    ],
    ['a: 1\nb', '2:1: the line is not a key with a value — write `key: value`, or put `#` before a comment'],
    [
      'a:\n  - x\n  b: 1',
      '3:3: the indentation does not match the lines above — start the key in the same column as the other keys of its section',
    ],
    ['a: @x', '1:4: a value cannot start with this character — put the value in double quotes'],
    [
      'a: 1\n---\nb: 2',
      '2:1: `---` starts a second document — keep one document in the file: remove the line `---`',
    ],
    ['a: !!python/object x', '1:4: tags (`!…`) are not read — remove the tag, or put the text in quotes'],
    ['a: *x', '1:4: the alias (`*`) names no anchor — put the text in quotes, or write the value itself'],
    ['a: &a [*a]', '1:8: there are more than 10 aliases — write the values themselves'],
    ['<<: { a: 1 }', '1:1: merge keys (`<<`) are not read — repeat the keys that you want to reuse'],
    ['b:\n  a: 1\n  c: 2\n  a: 3', '4:3: b.a is set twice, first on line 2 — remove one of them'],
    ['? [a]\n: 1', '1:3: a key is not a plain name — write the key as a plain word'],
  ])('%j is refused with its place and the fix', (text, sentence) => {
    expect(faultOf(text)).toEqual([`x.yaml:${sentence}`])
  })

  it('reads ten aliases and refuses eleven', () => {
    expect(faultOf(aliases(10))).toEqual([])
    expect(faultOf(aliases(11))).toHaveLength(1)
  })

  it('refuses more than 256 KiB unread', () => {
    const text = `# ${'x'.repeat(MAX_CHARACTERS)}`
    expect(faultOf(text)).toEqual(['x.yaml:1:1: the file is larger than 256 KiB — keep only settings in it'])
    expect(faultOf(text.slice(0, MAX_CHARACTERS))).toEqual([])
  })
})

describe('an excerpt', () => {
  const problem = { file: 'x.yaml', line: 1, message: '', fix: '' }

  it('puts the caret below the trouble', () => {
    expect(excerptOf({ ...problem, column: 10, text: '  daily: ten' })).toBe('  daily: ten\n         ^')
  })

  it('keeps tabs, so that the caret stays below its character', () => {
    expect(excerptOf({ ...problem, column: 2, text: '\tdaily: 1' })).toBe('\tdaily: 1\n\t^')
  })

  it('shows a window of a long line', () => {
    const [line = '', caret = ''] = excerptOf({
      ...problem,
      column: 301,
      text: `${'a'.repeat(300)}b${'c'.repeat(300)}`,
    }).split('\n')
    expect(line).toHaveLength(100)
    expect(line[caret.length - 1]).toBe('b')
  })
})
