import { troubleText } from '../core/answers/check-text.ts'
import type { Budget } from '../core/budget.ts'
import type { Calendar } from '../core/calendar.ts'
import { jsonText } from '../core/json.ts'
import type { Judgement, Trouble } from '../core/judgement.ts'
import { type Money, displayMoney, parseMoney, plus } from '../core/money.ts'
import { type Raise, isRaise, overrideJson, withRaises } from '../core/override.ts'
import { EXIT, type Result } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { ulid } from '../core/ulid.ts'
import { untilText } from '../formats/until-text.ts'
import { nearestWord } from '../settings/nearest.ts'
import type { Accounts } from './accounts.ts'
import { type Invocation, UsageError, hasFlag } from './command.ts'
import { type JudgingSystem, callOf, judgeOnce } from './desk.ts'
import { noteOf } from './note-option.ts'
import { saveOverrides } from './save-overrides.ts'
import { untilOf } from './until-option.ts'

/** `raise BUDGET +AMOUNT`: until the end of the budget's period, unless something else is said. Throws `UsageError`. */
export async function raiseLimit(
  budgetId: string,
  amount: string | undefined,
  invocation: Invocation,
  system: JudgingSystem,
): Promise<Result> {
  const by = amountOf(amount, budgetId)
  const why = noteOf(invocation, 'why')
  const call = callOf(invocation, system)
  return judgeOnce<Result>(
    call,
    system,
    ({ overrides }, accounts) => {
      const budget = budgetNamed(budgetId, accounts.settings.budgets)
      const now = call.clock.now()
      const raise: Raise = {
        kind: 'raise',
        id: ulid(now, call.clock.random(16)),
        timestamp: now,
        budget: budget.id,
        by,
        until: untilOf(invocation, accounts.calendar, now) ?? endOf(budget, accounts, now),
        why,
      }
      const said = hasFlag(invocation, 'json')
        ? `${jsonText(overrideJson(raise))}\n`
        : confirmation(raise, budget, overrides, accounts.calendar)
      return saveOverrides([raise], said, call.place, system)
    },
    notRaised,
  )
}

/** At most fifteen digits, because what is written down must be the same when it is read again. */
function amountOf(text: string | undefined, budget: string): Money {
  const by = parseMoney(text ?? '')
  if (text !== undefined && by !== null && isRaise(by) && /^\+\d{0,9}(\.\d{1,6})?$/.test(text)) return by
  const meant = text !== undefined && /^\d{1,9}(\.\d{1,6})?$/.test(text) ? `+${text}` : '+5 or +2.50'
  throw new UsageError(
    `${text === undefined ? 'AMOUNT is missing' : `"${text}" is no amount to add`}: write it like ai-costs raise ${budget} ${meant}`,
  )
}

function budgetNamed(id: string, budgets: readonly Budget[]): Budget {
  const budget = budgets.find((one) => one.id === id)
  if (budget !== undefined) return budget
  const ids = budgets.map((one) => one.id)
  const nearest = nearestWord(id, ids)
  const known = ids.length === 0 ? 'set one in cost-limits.yaml' : `use one of ${ids.join(', ')}`
  throw new UsageError(`there is no budget "${id}": ${nearest === null ? known : `did you mean ${nearest}?`}`)
}

/** A session has no period: its limit is raised for the day. */
function endOf({ kind }: Budget, { calendar }: Accounts, now: number): number {
  return calendar.periodAt(kind === 'per_session' ? 'daily' : kind, now).end
}

function confirmation(
  { id, by, until }: Raise,
  budget: Budget,
  { raises }: Judgement['overrides'],
  calendar: Calendar,
): string {
  const [{ limit } = budget] = withRaises([budget], raises)
  const change = `${safeText(budget.id)} from ${displayMoney(limit)} to ${displayMoney(plus(limit, by))}`
  return `Raised ${change} until ${untilText(until, calendar)}\nend it sooner with: ai-costs raise end ${id}\n`
}

function notRaised(troubles: readonly Trouble[]): Result {
  const stderr = `${troubleText(troubles)}ai-costs: nothing was raised: mend that first\n`
  return { stdout: '', stderr, exitCode: EXIT.notSaved }
}
