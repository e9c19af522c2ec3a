import { describe, expect, test } from 'vitest'
import { wrapSentence, wrapText } from '../../src/formats/wrap.ts'

describe('wrapText', () => {
  test.each([
    ['one two three', 20, 3, ['one two three']],
    ['one two three', 8, 3, ['one two', 'three']],
    ['one two three', 8, 1, ['one two…']],
    ['incomprehensible', 6, 2, ['incom…']],
    ['anything', 0, 3, []],
  ])('breaks %j at %s columns into at most %s lines, between words', (text, columns, rows, lines) => {
    expect(wrapText(text, columns, rows, '…')).toEqual(lines)
  })
})

describe('wrapSentence', () => {
  test.each([
    ['/a/b.yaml:1:2: is wrong', 30, 1, ['/a/b.yaml:1:2: is wrong']],
    ['/a/b.yaml:1:2: is wrong', 20, 2, ['/a/b.yaml:1:2: is', 'wrong']],
    ['/a/b.yaml:1:2: is wrong', 20, 1, ['b.yaml:1:2: is wrong']],
    ['/folders/b.yaml is wrong', 12, 3, ['b.yaml is', 'wrong']],
    ['what is /wrong here', 12, 1, ['what is /wr…']],
  ])('shows of %j at %s columns what is wrong rather than the folders', (text, columns, rows, lines) => {
    expect(wrapSentence(text, columns, rows, '…')).toEqual(lines)
  })
})
