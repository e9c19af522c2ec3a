import type { NotedDecision } from '../core/decision-log.ts'
import { shareText } from '../core/decision.ts'
import { displayMoney } from '../core/money.ts'
import { safeText } from '../core/safe-text.ts'
import { formatInstant } from '../core/timestamp.ts'

/** A decision as a few lines: what gave way to what, why, and what was learned. */
export function decisionText({ decision, outcome, lesson }: NotedDecision): string {
  const { id, timestamp, from, to, pressure, step, sessionId, tool, reason } = decision
  const standing =
    pressure === null
      ? []
      : [`${pressure.budget} ${displayMoney(pressure.spent)} of ${displayMoney(pressure.limit)}`]
  const about = [
    ...standing,
    `step ${shareText(step)}`,
    ...(sessionId === null ? [] : [`session ${sessionId}`]),
    ...(tool === null ? [] : [tool]),
  ]
  const lines = [
    `${formatInstant(timestamp)}  ${id}  ${from} > ${to}`,
    `  ${about.join(', ')}`,
    `  ${reason}`,
    ...(outcome === null ? [] : [`  outcome: ${outcome}`]),
    ...(lesson === null ? [] : [`  lesson: ${lesson}`]),
  ]
  return lines.map((line) => `${safeText(line)}\n`).join('')
}
