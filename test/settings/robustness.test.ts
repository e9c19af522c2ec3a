import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseMoney } from '../../src/core/money.ts'
import { SETTINGS_FILES } from '../../src/settings/problem.ts'
import { problemsOf } from '../../src/settings/resolution.ts'
import { resolved, valueOf, withLimits } from './resolving.ts'

const NAMES =
  'budgets daily scoped alerts threshold_warning rules default steps at prices model input __proto__'
const MARKS = '[ ] { } , &a *a !!str << " \' | > ? % @ # ~ 10 0.8 -1'
const WORDS = NAMES.split(' ').concat(MARKS.split(' '), [
  ' ',
  ': ',
  ':',
  '- ',
  '\n',
  '\n  ',
  '\n    ',
  '\t',
  '\0',
])

/** Text that has a chance of getting past the parser. */
const almostYaml = fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((words) => words.join(''))

describe('whatever the files hold', () => {
  it('each part is ok or broken, and every problem has a place, a sentence and a fix', () => {
    const text = fc.oneof(almostYaml, fc.string({ unit: 'binary', maxLength: 200 }), fc.json())
    fc.assert(
      fc.property(text, fc.constantFrom(...SETTINGS_FILES), (source, name) => {
        const resolution = resolved({ user: { [name]: source }, project: { [name]: source } })
        const lines = source.split('\n').length
        for (const { line, column, message, fix } of [...problemsOf(resolution), ...resolution.notices]) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lines)
          expect(column).toBeGreaterThanOrEqual(1)
          expect(message).not.toBe('')
          expect(fix).not.toBe('')
        }
      }),
      { numRuns: 1500 },
    )
  })

  it.each(['[', '"', '*a ', '&a ', 'a:\n', '- {model: x}\n'])(
    'a file full of %j is judged within seconds',
    (part) => {
      const source = part.repeat(Math.floor((256 * 1024) / part.length))
      const resolution = resolved({ user: { 'prices.yaml': source } })
      expect(problemsOf(resolution).length).toBeLessThanOrEqual(20)
    },
    20_000,
  )

  it('a file full of wrong items is judged within seconds', () => {
    const source = `prices:\n${'- {modle: x}\n'.repeat(20_000)}`
    const resolution = resolved({ user: { 'prices.yaml': source } })
    expect(problemsOf(resolution)).toHaveLength(20)
    expect(resolution.notices).toHaveLength(20)
  }, 20_000)
})

describe('a limit', () => {
  it('is exactly what was written, however it was written', () => {
    const digits = fc.stringMatching(/^[0-9]{1,9}$/)
    const fraction = fc.stringMatching(/^(\.[0-9]{1,12})?$/)
    fc.assert(
      fc.property(digits, fraction, fc.constantFrom('', '"', "'"), (whole, rest, quote) => {
        const { limits } = withLimits(`budgets:\n  daily: ${quote}${whole}${rest}${quote}\n`)
        expect(valueOf(limits).budgets[0]?.limit).toBe(parseMoney(whole + rest))
      }),
    )
  })
})
