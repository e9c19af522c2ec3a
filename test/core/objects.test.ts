import { describe, expect, it, test } from 'vitest'
import { isBlank, objectEnd, objectsIn } from '../../src/core/objects.ts'
import { bytesOf } from './fold-of.ts'

function content(text: string): { objects: string[]; damaged: boolean } {
  const bytes = bytesOf(text)
  const isJson = ({ start, end }: { start: number; end: number }): boolean => {
    try {
      JSON.parse(text.slice(start, end))
      return true
    } catch {
      return false
    }
  }
  const { objects, damaged } = objectsIn(bytes, 0, bytes.length, isJson)
  return { objects: objects.map(({ start, end }) => text.slice(start, end)), damaged }
}

test.each([
  ['one object', '{"a":1}', ['{"a":1}'], false],
  ['blanks around it', ' \t{"a":1}\r', ['{"a":1}'], false],
  ['two objects on one line', '{"a":1}{"b":2}', ['{"a":1}', '{"b":2}'], false],
  ['a torn fragment before it', '{"v":1,"id":"a{"v":1,"id":"b"}', ['{"v":1,"id":"b"}'], true],
  ['a torn fragment behind it', '{"a":1}{"b":', ['{"a":1}'], true],
  ['braces inside strings', '{"a":"}{\\"{"}', ['{"a":"}{\\"{"}'], false],
  ['nested objects', '{"a":{"b":{}}}', ['{"a":{"b":{}}}'], false],
  ['no object', '[1]', [], true],
  ['nothing', '', [], false],
])('objects in a line: %s', (_, line, objects, damaged) => {
  expect(content(line)).toEqual({ objects, damaged })
})

describe('a hostile line', () => {
  it('costs no more than a few hundred tries', () => {
    const started = performance.now()
    expect(content('{"'.repeat(32_000)).objects).toEqual([])
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

test.each([
  ['{}', 2],
  ['{"a":{}}x', 8],
  ['{"a":"}"', -1],
  ['{"a":"\\"}"}', 11],
  ['{', -1],
])('the end of %s is %i', (text, end) => {
  expect(objectEnd(bytesOf(text), 0, text.length)).toBe(end)
})

test.each([
  ['', true],
  [' \t\r', true],
  [' x', false],
  ['\0', false],
])('%j is blank: %s', (text, blank) => {
  expect(isBlank(bytesOf(text), 0, text.length)).toBe(blank)
})
