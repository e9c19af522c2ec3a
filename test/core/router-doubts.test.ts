import { describe, expect, it } from 'vitest'

import { routerDoubts } from '../../src/core/router-doubts.ts'
import type { RouterSettings } from '../../src/core/router.ts'
import { share } from '../kit/a-budget.ts'
import { aRouter, aRule, ratesOf } from './routing.ts'

function doubts(router: Partial<RouterSettings>, defaultModel: string | null = null): string[] {
  return routerDoubts(aRouter(router), defaultModel, ratesOf).map(({ key, message }) => `${key}: ${message}`)
}

function steps(...models: readonly string[]): Pick<RouterSettings, 'downgrade'> {
  const list = models.map((model, nth) => ({ at: share(`0.${nth + 5}`), model }))
  return { downgrade: { budgets: [], steps: list, protect: null } }
}

describe('a router', () => {
  it.each<[string, Partial<RouterSettings>, string | null]>([
    ['whose steps are cheaper and cheaper', {}, null],
    ['with a rule that is cheaper than a step already', { rules: [aRule('x', 'm-haiku')] }, null],
    ['with a floor that holds', { rules: [aRule('x', 'm-opus', { minModel: 'm-sonnet' })] }, null],
    ['without steps, whatever it names', { default: 'm-acme', downgrade: null }, null],
    ['that leaves the base to the caller', { default: null }, null],
    ['whose base is that of all commands', { default: null }, 'm-opus'],
  ])('%s leaves nothing to doubt', (_, router, defaultModel) => {
    expect(doubts(router, defaultModel)).toEqual([])
  })

  it.each<[router: Partial<RouterSettings>, doubt: string]>([
    [
      steps('m-sonnet', 'm-acme'),
      'downgrade.steps[1]: m-acme is unknown or has no price, so it is never taken as a step',
    ],
    [
      { default: 'm-haiku', ...steps('m-sonnet') },
      'downgrade.steps[0]: the step at 50% chooses m-sonnet, which is cheaper than nothing that the rules or the default choose',
    ],
    [
      { default: 'm-sonnet', ...steps('m-sonnet', 'm-haiku') },
      'downgrade.steps[0]: the step at 50% chooses m-sonnet, which is cheaper than nothing that the rules or the default choose',
    ],
    [
      steps('m-haiku', 'm-sonnet'),
      'downgrade.steps[1]: the step at 60% chooses m-sonnet, which is not cheaper than m-haiku of the step at 50%',
    ],
    [
      { default: 'm-acme' },
      'default: m-acme is unknown or has no price, so it never gives way to a cheaper one',
    ],
    [
      { rules: [aRule('x', 'm-acme')] },
      'rules[0]: m-acme is unknown or has no price, so it never gives way to a cheaper one',
    ],
    [
      { rules: [aRule('x', 'm-opus', { minModel: 'm-acme' })] },
      'rules[0]: m-acme is unknown or has no price, so it holds every downgrade back as a min_model',
    ],
    [
      { rules: [aRule('x', 'm-sonnet', { minModel: 'm-opus' })] },
      'rules[0]: rule 1 chooses m-sonnet, which is cheaper than its min_model m-opus',
    ],
  ])('is doubted in one thing (%#)', (router, doubt) => {
    expect(doubts(router)).toEqual([doubt])
  })
})
