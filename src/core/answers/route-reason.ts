import type { Basis, Choice } from '../choose.ts'
import { shareText } from '../decision.ts'
import { displayMoney, percentOf } from '../money.ts'
import type { Pressure } from '../pressure.ts'

/** Which rule spoke, in the settings' own words. */
export function basisText(basis: Basis): string {
  switch (basis.kind) {
    case 'requested':
      return 'requested'
    case 'rule':
      return `rule ${basis.number}${basis.rule.reason === '' ? '' : `: ${basis.rule.reason}`}`
    case 'default':
      return 'default'
    case 'default-model':
      return 'default_model'
  }
}

/** Why it is this model: one sentence, with nothing of the prompt in it. */
export function reasonOf(choice: Choice): string {
  return `${basisText(choice.basis)}; ${outcomeText(choice)}`
}

function outcomeText(choice: Choice): string {
  const { base, model, outcome, step } = choice
  const wanted = step === null ? '' : `${step.model} of the step at ${shareText(step.at)}`
  switch (outcome.kind) {
    case 'no-steps':
      return 'there are no downgrade steps'
    case 'no-budget':
      return 'no budget that drives the router sees this request'
    case 'below-steps':
      return `${standing(choice)}, below every step`
    case 'protected':
      return `${standing(choice)}, but the prompt is protected`
    case 'same':
      return `${standing(choice)}, and ${base} is the model of that step`
    case 'not-cheaper':
      return `${standing(choice)}, but ${wanted} is not cheaper than ${base}`
    case 'unpriced':
      return `${standing(choice)}, but ${outcome.model} has no price, so nobody can tell what is cheaper`
    case 'floor':
      return `${standing(choice)}, but min_model allows nothing cheaper than ${base}`
    case 'lowered':
      return `${standing(choice)}: ${base} gives way to ${model}${outcome.byFloor ? ', the min_model of the rule' : ''}`
  }
}

/** `daily is at 82% ($8.20 of $10.00), step 80%`. */
function standing({ pressure, step, isKept }: Choice): string {
  const now = pressure === null ? 'no budget presses now' : pressureText(pressure)
  if (step === null) return now
  return isKept
    ? `this session was lowered at the step of ${shareText(step.at)} and stays there (${now})`
    : `${now}, step ${shareText(step.at)}`
}

/** How the budget that presses most stands. */
export function pressureText({ verdict, isAtLeast }: Pick<Pressure, 'verdict' | 'isAtLeast'>): string {
  const { budget, spent, lowerBound } = verdict
  const amounts = `${lowerBound ? '≥ ' : ''}${displayMoney(spent)} of ${displayMoney(budget.limit)}`
  const percent = percentOf(spent, budget.limit)
  const share = percent === null ? amounts : `${percent}% (${amounts})`
  return `${budget.id} is at ${share}${isAtLeast ? ' or more, as some of the spending has no price' : ''}`
}
