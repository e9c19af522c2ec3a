import { expect, it } from 'vitest'

import { NO_RULES, modelsNamed } from '../../src/core/router.ts'
import { aRouter, aRule } from './routing.ts'

it('a router names the models of its rules, floors, default and steps, each once', () => {
  const rules = [aRule('a', 'm-haiku', { minModel: 'm-free' }), aRule('b', 'm-opus')]
  expect(modelsNamed(aRouter({ rules }), 'm-acme')).toEqual([
    'm-haiku',
    'm-free',
    'm-opus',
    'm-acme',
    'm-sonnet',
  ])
  expect(modelsNamed(NO_RULES, null)).toEqual([])
})
