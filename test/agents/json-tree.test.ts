import { assert, constantFrom, jsonValue, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonFault, type JsonNode, memberOf, readJsonTree, textOf } from '../../src/agents/json-tree.ts'

function valueOf(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(valueOf)
  return Object.fromEntries(node.members.map(({ key, value }) => [key, valueOf(value)]))
}

function faultOf(text: string): string {
  try {
    readJsonTree(text)
    return 'none'
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    return `${error.offset}: ${error.message}, ${error.fix}`
  }
}

describe('readJsonTree', () => {
  it('reads what JSON.parse reads, however it is indented', () => {
    assert(
      property(jsonValue(), constantFrom('', 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(valueOf(readJsonTree(text))).toEqual(JSON.parse(text))
      }),
    )
  })

  it('knows where each value stands', () => {
    const text = '\ufeff{ "a" : [1, "x"] }\r\n'
    const root = readJsonTree(text)
    if (root.kind !== 'table') throw new Error('it is a table')
    const list = memberOf(root, 'a')
    expect(text.slice(root.start, root.end)).toBe('{ "a" : [1, "x"] }')
    expect(text.slice(list?.start, list?.end)).toBe('[1, "x"]')
  })

  it('takes the last of two members with one key, as everybody does', () => {
    const root = readJsonTree('{"a":"1","a":"2"}')
    expect(root.kind === 'table' && textOf(root, 'a')).toBe('2')
  })

  it('is as strict as JSON.parse', () => {
    const texts = string({ unit: constantFrom(...'{}[]",:\\ 01-.eE+tfn\n\u0000au'), maxLength: 12 })
    assert(
      property(texts, (text) => {
        let isJson = true
        try {
          JSON.parse(text)
        } catch {
          isJson = false
        }
        expect(faultOf(text) === 'none').toBe(isJson)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['{ // why\n}', '2: has a comment, which JSON does not know, take it out'],
    ['{"a": /* why */ 1}', '6: has a comment, which JSON does not know, take it out'],
    ['{"a": 1,}', '8: has a comma behind the last one of a list, take it out'],
    ['[1, ]', '4: has a comma behind the last one of a list, take it out'],
    ['{"a": 1', '7: ends too early, mend it'],
    ['', '0: ends too early, mend it'],
    ['{"a": 1} x', '9: is no JSON from here on, mend it'],
    ["{'a': 1}", '1: is no JSON from here on, mend it'],
    ['{1: 1}', '1: is no JSON from here on, mend it'],
    [`${'['.repeat(300)}`, '201: is nested too deeply, make it flatter'],
  ])('says of %s where it goes wrong', (text, fault) => {
    expect(faultOf(text)).toBe(fault)
  })
})
