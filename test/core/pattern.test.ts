import { array, assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isFound, literalsOf, promptText } from '../../src/core/pattern.ts'
import { patternEngine, patternFault } from '../../src/core/pattern-engine.ts'

/** The rules of the skill that this project began with. */
const SEED = [
  'format|lint|prettier|eslint',
  'rename|refactor.*variable|extract.*method',
  'fix|bug|error|debug',
  'architect|design|security|audit|review',
  'explain|question|what.*is|how.*does',
]

describe('a pattern', () => {
  it.each([
    ['format|lint', ['format', 'lint']],
    ['404', ['404']],
    ['a b|c-d', ['a b', 'c-d']],
    ['a||b', ['a', '', 'b']],
    ['what.*is', null],
    ['a+', null],
    ['^a', null],
    ['a$', null],
    ['(a)', null],
    ['[a]', null],
    ['a{2}', null],
    ['a?', null],
    ['a\\b', null],
    ['größer', null],
  ])('%j is the words %j', (pattern, words) => {
    expect(literalsOf(pattern)).toEqual(words)
  })

  it.each([
    ['lint', 'please LINT it', true],
    ['Lint|FORMAT', 'reformatted', true],
    ['lint', 'li nt', false],
    ['', 'anything', true],
    ['kelvin', '273 \u212aelvin', true],
    ['i', '\u0130', false],
  ])('%j in %j: %j, without an engine', (pattern, prompt, found) => {
    expect(isFound(pattern, promptText(prompt), null)).toBe(found)
  })

  it('that is more than words is not answered without an engine', () => {
    expect(isFound('a.c', promptText('abc'), null)).toBeNull()
    expect(isFound('a.c', promptText('xABCx'), patternEngine)).toBe(true)
  })

  it('of words means the same to the engine, whatever the prompt', () => {
    const letters = constantFrom(...'abikKsSI |-_1ſİıẞß\u212a\n\ud800é'.split(''), '👍')
    const text = array(letters, { maxLength: 12 }).map((parts) => parts.join(''))
    assert(
      property(
        string({ unit: constantFrom(...'abikKsSI|-_1 '.split('')), maxLength: 4 }),
        text,
        (pattern, prompt) => {
          expect(literalsOf(pattern)).not.toBeNull()
          expect(isFound(pattern, promptText(prompt), null)).toBe(patternEngine.finds(pattern, prompt))
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('a long prompt', () => {
  const filler = 'x'.repeat(200_000)

  it.each([
    ['at its beginning', `security ${filler}`, true],
    ['at its end', `${filler} security`, true],
    ['in its middle', `${filler} security ${filler}`, false],
    ['in two halves at the cut', `${'x'.repeat(8188)}secu${filler}rity${'x'.repeat(8187)}`, false],
  ])('is looked at %s: %#', (_, prompt, found) => {
    expect(isFound('security', promptText(prompt), null)).toBe(found)
    expect(isFound('s.curity', promptText(prompt), patternEngine)).toBe(found)
  })

  it('is matched soon by the patterns that others never finish, and by the first rules of all', () => {
    const began = performance.now()
    const prompts = ['a', 'what how extract refactor '].map((text) => text.repeat(200_000 / text.length))
    for (const prompt of prompts) {
      for (const pattern of ['(a+)+$', '(a|a)*b', ...SEED])
        isFound(pattern, promptText(`${prompt}!`), patternEngine)
    }
    expect(performance.now() - began).toBeLessThan(300)
  })
})

describe('the engine', () => {
  it.each(SEED)('takes %j', (pattern) => {
    expect(patternFault(pattern)).toBeNull()
  })

  it.each([
    ['(?=x)', 'invalid or unsupported Perl syntax'],
    ['(a)\\1', 'invalid escape sequence'],
    ['a++', 'invalid nested repetition operator'],
    ['(', 'missing closing )'],
    ['[', 'missing closing ]'],
    ['a{2000}', 'invalid repeat count'],
  ])('says of %j: %s', (pattern, fault) => {
    expect(patternFault(pattern)).toContain(fault)
    // It puts this before every pattern.
    expect(patternFault(pattern)).not.toContain('(?i)')
  })
})
