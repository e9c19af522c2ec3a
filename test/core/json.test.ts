import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Json, escapeNonPrinting, jsonLine, jsonText, jsonTexts } from '../../src/core/json.ts'
import { usd } from '../kit/a-budget.ts'

it('says the same as JSON.stringify about everything but money', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(jsonText(value as Json))).toEqual(JSON.parse(JSON.stringify(value)))
      expect(jsonLine(value as Json)).not.toContain('\n')
      expect(JSON.parse(jsonLine(value as Json))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

it('writes money exactly, as a number', () => {
  expect(jsonLine({ cost: usd('117000.000000000001'), none: usd('0'), back: usd('-0.5') })).toBe(
    '{"cost":117000.000000000001,"none":0,"back":-0.5}',
  )
})

it('is indented by two, and leaves out what is undefined', () => {
  expect(jsonText({ a: [1, { b: null }], c: {}, d: [], e: undefined })).toBe(
    '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": {},\n  "d": []\n}',
  )
})

it('writes rows one by one as it writes them at once', () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
  const rows = fc.array(fc.dictionary(fc.stringMatching(/^[a-z_]+$/), scalar, { minKeys: 1 }))
  fc.assert(
    fc.property(fc.string(), rows, (text, objects) => {
      const texts = jsonTexts([
        { key: 'text', value: text },
        { key: 'rows', rows: objects.map((one) => Object.entries(one)) },
        { key: 'end', value: { done: true } },
      ])
      const whole = { text, rows: objects.map((one) => ({ ...one })), end: { done: true } }
      expect(escapeNonPrinting([...texts].join(''))).toBe(jsonText(whole))
    }),
  )
})

it('escapes every character that could act on a terminal, and reads back the same', () => {
  const hostile = '\u001b[31m\u007f\u0085\u009b\u061c\u200b\u202e\u2066\u2028\ufeff\r\n\b'
  const text = jsonLine({ [hostile]: hostile })
  expect(text).toMatch(/^[\x20-\x7e]*$/)
  expect(JSON.parse(text)).toEqual({ [hostile]: hostile })
})
