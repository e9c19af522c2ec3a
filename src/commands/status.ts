import { PLAIN_CHECK, answerCheck, answerTrouble } from '../core/answers/check.ts'
import type { Result } from '../core/result.ts'
import type { System } from '../system/system.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, JSON_OPTION, hasFlag } from './command.ts'
import { type Call, type JudgingSystem, callOf, judgeOnce, projectOf } from './desk.ts'
import { creditsAt } from './credits-at.ts'
import { hookNotes } from './hook-notes.ts'
import { latestAlert } from './latest-alert.ts'
import { NO_PLAN, paidPlan, useOf } from './paid-plan.ts'

export const grammar: Grammar = {
  name: 'status',
  summary: 'print what the pane shows, once; exits as check does',
  arguments: [],
  options: { ...JSON_OPTION, ...COMMON_OPTIONS },
  examples: ['ai-costs status', 'ai-costs status --now 2025-12-15T14:30:00Z'],
}

export function run(invocation: Invocation, system: StatusSystem): Promise<Result> {
  return printStatus(callOf(invocation, system), system, hasFlag(invocation, 'json'))
}

type StatusSystem = JudgingSystem & Pick<System, 'alertLog' | 'terminal'>

/** The numbers of the pane as text, or those of `check` as JSON. */
export async function printStatus(call: Call, system: StatusSystem, json: boolean): Promise<Result> {
  const request = { ...PLAIN_CHECK, json }
  // Measuring text needs Unicode tables that `check` and `log` must not wait for.
  const { statusText } = await import('../formats/status-text.ts')
  const paid = json ? NO_PLAN : await paidPlan(call.settingsPlaces, system)
  return judgeOnce(
    call,
    system,
    (judgement, accounts, reader) => {
      const answer = answerCheck(judgement, request)
      if (json) return answer
      const { asOf } = judgement.snapshot
      const { place, until } = call
      const said = [...hookNotes(place, accounts.calendar, asOf, system), ...paid.notes]
      const numbers = accounts.dashboard(reader, judgement, projectOf(place), said)
      const dashboard = {
        ...numbers,
        latestAlert: latestAlert(place, accounts.settings.notifications.file, asOf, system),
        plan: useOf(paid, accounts.settings.billing.plan, numbers),
        credits: creditsAt({ accounts, place, until, asOf }, system),
      }
      return { ...answer, stdout: statusText(dashboard, accounts.calendar, system.terminal.page()) }
    },
    (troubles) => answerTrouble(troubles, request),
  )
}
