import { displayMoney } from '../money.ts'
import { type ActiveOverrides, type Allow, raisedOf } from '../override.ts'
import { safeText } from '../safe-text.ts'
import type { Verdict } from '../verdict.ts'
import { minuteText } from './as-of.ts'

/**
 * What holds besides the settings, one sentence each: which of the judged limits are raised, and what hooks let pass.
 * `nameOf` is what a session is called.
 */
export function overrideRemarks(
  verdicts: readonly Verdict[],
  { allows, raises }: ActiveOverrides,
  nameOf: (sessionId: string) => string,
): string[] {
  const judged = [...new Set(verdicts.map(({ budget }) => budget.id))]
  const raised = judged.flatMap((id) => {
    const one = raisedOf(raises, id)
    if (one === null) return []
    const amount = `raised by ${displayMoney(one.by)} until ${minuteText(one.until)}`
    return [`${safeText(id)} ${amount}${reasonText(one.whys)}`]
  })
  return [...raised, ...allows.map((allow) => allowText(allow, nameOf))]
}

function allowText({ sessionId, until, why }: Allow, nameOf: (sessionId: string) => string): string {
  const where = sessionId === null ? '' : ` in session ${nameOf(sessionId)}`
  return `hooks block nothing${where} until ${minuteText(until)}${reasonText(why === null ? [] : [why])}`
}

function reasonText(whys: readonly string[]): string {
  return whys.length === 0 ? '' : ` (${safeText(whys.join('; '))})`
}
