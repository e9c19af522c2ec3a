import type { Judgement, Trouble } from '../core/judgement.ts'
import type { Result } from '../core/result.ts'
import type { Resolution } from '../settings/resolution.ts'
import type { Accounts } from './accounts.ts'
import { answer, answerWithTrouble } from './check-question.ts'
import type { Invocation } from './command.ts'
import { type Call, type JudgingSystem, callOf, judgeOnce } from './desk.ts'
import { type AlertingSystem, raiseAlerts } from './raise-alerts.ts'
import { type AskedReview, askedReview } from './review-asked.ts'
import { type SessionRecords, recordsOfSession, review } from './session-review.ts'
import { withNotes } from './with-notes.ts'

export { grammar } from './check-grammar.ts'

type CheckSystem = JudgingSystem & AlertingSystem

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: CheckSystem): Promise<Result> {
  const call = callOf(invocation, system)
  const checked = await judged(invocation, call, system)
  if (checked.kind === 'trouble') return answerWithTrouble(invocation, checked.troubles)
  const { judgement, accounts, resolution, asked } = checked
  const budgets = accounts.settings.budgets.map(({ id }) => id)
  const found =
    asked === null ? null : await review(asked.session, asked.review, judgement, accounts, resolution)
  return answer(invocation, judgement, budgets, found)
}

type Checked =
  | {
      readonly kind: 'judged'
      readonly judgement: Judgement
      readonly accounts: Accounts
      readonly resolution: Resolution
      /** Null when nobody asked to look through a session. */
      readonly asked: { readonly review: AskedReview; readonly session: SessionRecords } | null
    }
  | { readonly kind: 'trouble'; readonly troubles: readonly Trouble[] }

function judged(invocation: Invocation, call: Call, system: CheckSystem): Promise<Checked> {
  return judgeOnce<Checked>(
    call,
    system,
    (judgement, accounts, _, resolution) => {
      const asked = askedReview(invocation, accounts.settings.guardian)
      const { notes } = raiseAlerts({ call, judgement, accounts }, system)
      return {
        kind: 'judged',
        judgement: withNotes(judgement, notes),
        accounts,
        resolution,
        asked: asked && {
          review: asked,
          session: recordsOfSession(asked.sessionId, judgement, call, system),
        },
      }
    },
    (troubles) => ({ kind: 'trouble', troubles }),
  )
}
