import { type Decision, type DecisionEntry, type DecisionNote, parseDecisionLine } from './decision.ts'
import type { Share } from './money.ts'

/** A decision with what was noted about it: the latest word on each point. */
export interface NotedDecision {
  readonly decision: Decision
  readonly outcome: string | null
  readonly lesson: string | null
}

/** Every decision in the text of the file, the newest first. Damaged lines are passed over. */
export function notedDecisions(text: string): readonly NotedDecision[] {
  const decisions = new Map<string, Decision>()
  const notes = new Map<string, DecisionNote[]>()
  for (const entry of entriesOf(text)) {
    if (entry.kind === 'decision') decisions.set(entry.decision.id, entry.decision)
    else notes.set(entry.note.id, [...(notes.get(entry.note.id) ?? []), entry.note])
  }
  return [...decisions.values()].toReversed().map((decision) => {
    const said = notes.get(decision.id) ?? []
    return {
      decision,
      outcome: said.findLast(({ outcome }) => outcome !== null)?.outcome ?? null,
      lesson: said.findLast(({ lesson }) => lesson !== null)?.lesson ?? null,
    }
  })
}

/** The step at which a session was lowered last, looked for from the end of the text; null when it never was. */
export function lastStepOf(text: string, sessionId: string): Share | null {
  const lines = text.split('\n')
  for (let at = lines.length - 1; at >= 0; at--) {
    const entry = parseDecisionLine(lines[at] ?? '')
    if (entry?.kind === 'decision' && entry.decision.sessionId === sessionId) return entry.decision.step
  }
  return null
}

function entriesOf(text: string): readonly DecisionEntry[] {
  return text.split('\n').flatMap((line) => parseDecisionLine(line) ?? [])
}
