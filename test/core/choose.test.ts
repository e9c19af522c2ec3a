import { array, assert, bigInt, boolean, constantFrom, integer, option, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isCheaper, isNoDearer } from '../../src/core/cheaper.ts'
import { type Choice, choose } from '../../src/core/choose.ts'
import type { Matched } from '../../src/core/match-prompt.ts'
import { type Share, decimalText, picodollarsOf } from '../../src/core/money.ts'
import type { DowngradeStep, RouterSettings } from '../../src/core/router.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { share } from '../kit/a-budget.ts'
import { NO_MATCH, aRequest, aRouter, aRule, aVerdict, ratesOf } from './routing.ts'

interface Situation {
  readonly model?: string
  readonly router?: Partial<RouterSettings>
  readonly defaultModel?: string
  readonly matched?: Partial<Matched>
  readonly verdicts?: readonly Verdict[]
  readonly keptAt?: Share
}

function chosen({ model, router, defaultModel, matched, verdicts = [], keptAt }: Situation): Choice | null {
  const request = aRequest({ model: model ?? null, keptAt: keptAt ?? null })
  const routing = { router: aRouter(router), defaultModel: defaultModel ?? null, ratesOf }
  return choose(request, { ...NO_MATCH, ...matched }, verdicts, routing)
}

const RULES = [aRule('lint', 'm-haiku'), aRule('design', 'm-opus', { minModel: 'm-sonnet' })]
const ALONE = { default: null, downgrade: null }

describe('the base', () => {
  it.each<[string, Situation, string | null]>([
    ['the requested model', { model: 'm-acme', router: { rules: RULES }, matched: { rule: 0 } }, 'm-acme'],
    ['the model of the rule', { router: { rules: RULES }, matched: { rule: 0 } }, 'm-haiku'],
    ['the default', { router: { rules: RULES } }, 'm-opus'],
    ['the default of all commands', { router: ALONE, defaultModel: 'm-sonnet' }, 'm-sonnet'],
    ['the default before that', { defaultModel: 'm-sonnet' }, 'm-opus'],
    ['nothing when nobody names one', { router: ALONE }, null],
  ])('is %s', (_, situation, base) => {
    const choice = chosen(situation)
    expect(choice?.base ?? null).toBe(base)
    expect(choice?.model ?? null).toBe(base)
  })
})

describe('a step', () => {
  it.each<[spent: string, model: string, outcome: string]>([
    ['0', 'm-opus', 'below-steps'],
    ['4.999999', 'm-opus', 'below-steps'],
    ['5', 'm-sonnet', 'lowered'],
    ['7.99', 'm-sonnet', 'lowered'],
    ['8', 'm-haiku', 'lowered'],
    ['1000', 'm-haiku', 'lowered'],
  ])('after $%s of $10 makes it %s', (spent, model, outcome) => {
    expect(chosen({ verdicts: [aVerdict(spent)] })).toMatchObject({ model, outcome: { kind: outcome } })
  })

  it('is the highest when anything is spent against a limit of zero', () => {
    expect(chosen({ verdicts: [aVerdict('0.01', { limit: '0' })] })?.model).toBe('m-haiku')
    expect(chosen({ verdicts: [aVerdict('0', { limit: '0' })] })?.model).toBe('m-opus')
  })

  it.each<[string, Situation, string]>([
    ['for a protected prompt', { matched: { isProtected: true } }, 'protected'],
    ['to what it is already', { model: 'm-haiku' }, 'same'],
    ['to what it is already, by another spelling', { model: 'M-Haiku' }, 'same'],
    ['to a dearer model', { model: 'm-free' }, 'not-cheaper'],
    ['when nothing drives', { verdicts: [] }, 'no-budget'],
    ['when there are none', { router: { downgrade: null } }, 'no-steps'],
    ['without the price of the base', { model: 'm-acme' }, 'unpriced'],
    ['without its own price', { router: stepsTo('m-acme') }, 'unpriced'],
    ['to a model that is dearer in one of both prices', { router: stepsTo('m-odd') }, 'not-cheaper'],
  ])('is not taken %s', (_, situation, outcome) => {
    const choice = chosen({ verdicts: [aVerdict('9')], ...situation })
    expect(choice).toMatchObject({ outcome: { kind: outcome } })
    expect(choice?.model).toBe(choice?.base)
  })

  it('sees the budget of the model that is about to be used, whatever the session used before', () => {
    const router = { downgrade: { ...aRouter().downgrade!, budgets: ['model=m-opus*/daily'] } }
    const verdicts = [aVerdict('9', { scope: { model: 'm-opus*' } })]
    expect(chosen({ router, verdicts })?.model).toBe('m-haiku')
    expect(chosen({ router, verdicts, model: 'm-sonnet' })?.model).toBe('m-sonnet')
  })

  it('knows the short names of Claude Code by their price', () => {
    const routing = { router: aRouter(), defaultModel: null, ratesOf: ratesOfClaude }
    const choice = choose(aRequest({ model: 'opus[1m]' }), NO_MATCH, [aVerdict('9')], routing)
    expect(choice).toMatchObject({ base: 'opus[1m]', model: 'm-haiku' })
  })
})

describe('the floor of a rule', () => {
  it.each<[minModel: string, spent: string, model: string, outcome: object]>([
    ['m-sonnet', '5', 'm-sonnet', { kind: 'lowered', byFloor: false }],
    ['m-sonnet', '9', 'm-sonnet', { kind: 'lowered', byFloor: true }],
    ['m-haiku', '9', 'm-haiku', { kind: 'lowered', byFloor: false }],
    ['m-free', '9', 'm-haiku', { kind: 'lowered', byFloor: false }],
    ['m-opus', '9', 'm-opus', { kind: 'floor' }],
    ['m-odd', '9', 'm-opus', { kind: 'floor' }],
    ['m-acme', '9', 'm-opus', { kind: 'unpriced', model: 'm-acme' }],
  ])('%s after $%s leaves m-opus at %s', (minModel, spent, model, outcome) => {
    expect(floored(minModel, spent)).toMatchObject({ model, outcome })
  })

  it('never lifts a rule that is below it', () => {
    expect(floored('m-opus', '9', 'm-sonnet')).toMatchObject({
      model: 'm-sonnet',
      outcome: { kind: 'floor' },
    })
  })

  it('does not hold for a requested model, which skips the rules', () => {
    expect(chosen({ model: 'm-opus', router: { rules: RULES }, verdicts: [aVerdict('9')] })?.model).toBe(
      'm-haiku',
    )
  })
})

describe('a session that was lowered', () => {
  it.each<[spent: string, keptAt: string, model: string, isKept: boolean]>([
    ['1', '0.8', 'm-haiku', true],
    ['6', '0.8', 'm-haiku', true],
    ['9', '0.8', 'm-haiku', false],
    ['1', '0.5', 'm-sonnet', true],
    ['9', '0.5', 'm-haiku', false],
    ['1', '0.79', 'm-sonnet', true],
    ['1', '0.1', 'm-opus', false],
  ])('after $%s, and at the step of %s before, uses %s', (spent, keptAt, model, isKept) => {
    expect(chosen({ verdicts: [aVerdict(spent)], keptAt: share(keptAt) })).toMatchObject({ model, isKept })
  })

  it('stays there when no budget is left', () => {
    expect(chosen({ keptAt: share('0.8') })).toMatchObject({ model: 'm-haiku', isKept: true, pressure: null })
  })
})

describe('whatever the settings', () => {
  const models = constantFrom('m-opus', 'm-sonnet', 'm-haiku', 'm-free', 'm-odd', 'm-acme')
  const shares = bigInt(1n, 1_000_000n).map((millionths) => millionths as Share)
  const steps = array(record({ at: shares, model: models }), { maxLength: 4 }).map((list) =>
    list.toSorted((a, b) => Number(a.at - b.at)),
  )
  const rules = array(record({ model: models, minModel: option(models) }), { maxLength: 3 }).map((list) =>
    list.map(({ model, minModel }) => aRule('x', model, { minModel })),
  )
  const cents = integer({ min: 0, max: 2000 })
  const matches = record({ rule: option(integer({ min: 0, max: 2 })), isProtected: boolean() })

  it('a model is never exchanged for one that is not proven to be cheaper, nor for one below the floor', () => {
    assert(
      property(
        rules,
        steps,
        cents,
        matches,
        option(models),
        option(shares),
        (some, list, amount, matched, model, keptAt) => {
          const routing = { router: aRouter({ rules: some, ...stepped(list) }), defaultModel: null, ratesOf }
          const request = aRequest({ model, keptAt })
          const choice = choose(request, matched, [spentCents(amount)], routing)
          if (choice === null || choice.model === choice.base) return
          const [before, after] = [ratesOf(choice.base), ratesOf(choice.model)]
          expect(before !== null && after !== null && isCheaper(after, before)).toBe(true)
          expect(matched.isProtected).toBe(false)
          const floor = choice.basis.kind === 'rule' ? choice.basis.rule.minModel : null
          if (floor === null) return
          const least = ratesOf(floor)
          expect(least !== null && after !== null && isNoDearer(least, after)).toBe(true)
        },
      ),
    )
  })

  it('more spending never means a dearer model, where each step is cheaper than the one before', () => {
    const ladder = ['m-opus', 'm-sonnet', 'm-haiku', 'm-free']
    const descending = array(shares, { minLength: 1, maxLength: 3 }).map((list) =>
      list.toSorted((a, b) => Number(a - b)).map((at, nth) => ({ at, model: ladder[nth + 1] ?? 'm-free' })),
    )
    assert(
      property(descending, cents, cents, constantFrom(...ladder), (list, a, b, model) => {
        const routing = { router: aRouter(stepped(list)), defaultModel: null, ratesOf }
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((amount) =>
          ladder.indexOf(choose(aRequest({ model }), NO_MATCH, [spentCents(amount)], routing)?.model ?? ''),
        )
        expect(more).toBeGreaterThanOrEqual(less ?? 0)
      }),
    )
  })

  it('within a session the step only ever rises, and the model changes only with it', () => {
    assert(
      property(steps, array(cents, { maxLength: 12 }), models, (list, amounts, model) => {
        const routing = { router: aRouter(stepped(list)), defaultModel: null, ratesOf }
        let keptAt: Share | null = null
        let before: Choice | null = null
        for (const amount of amounts) {
          const choice = choose(aRequest({ model, keptAt }), NO_MATCH, [spentCents(amount)], routing)
          if (choice === null) throw new Error('a requested model is always chosen')
          if (keptAt !== null) expect((choice.step?.at ?? -1n) >= keptAt).toBe(true)
          if (before !== null && before.outcome.kind === 'lowered' && choice.step?.at === before.step?.at) {
            expect(choice.model).toBe(before.model)
          }
          // As the decisions on file say it afterwards.
          if (choice.outcome.kind === 'lowered') keptAt = choice.step?.at ?? null
          before = choice
        }
      }),
    )
  })
})

function stepsTo(model: string): Pick<RouterSettings, 'downgrade'> {
  return stepped([{ at: share('0.5'), model }])
}

function stepped(steps: readonly DowngradeStep[]): Pick<RouterSettings, 'downgrade'> {
  return { downgrade: { budgets: ['daily'], steps, protect: null } }
}

function floored(minModel: string, spent: string, model = 'm-opus'): Choice | null {
  const rules = [aRule('x', model, { minModel })]
  return chosen({ router: { rules }, matched: { rule: 0 }, verdicts: [aVerdict(spent)] })
}

function spentCents(amount: number): Verdict {
  return aVerdict(decimalText(picodollarsOf(BigInt(amount) * 10n ** 10n)))
}

function ratesOfClaude(model: string) {
  return ratesOf(model.startsWith('claude-opus-') ? 'm-opus' : model)
}
