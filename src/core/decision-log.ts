import { type Decision, type DecisionEntry, type DecisionNote, parseDecisionLine } from './decision.ts'
import { jsonLine } from './json.ts'
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
  return lastDecisionOf(text, sessionId)?.step ?? null
}

/** The latest decision about a session, looked for from the end of the text; null when there is none. */
export function lastDecisionOf(text: string, sessionId: string): Decision | null {
  // Most calls are about a session that was never lowered: they need not take a line apart.
  const written = jsonLine(sessionId)
  for (let end = text.length; end > 0;) {
    const found = text.lastIndexOf(written, end - 1)
    if (found < 0) return null
    const start = text.lastIndexOf('\n', found) + 1
    const entry = parseDecisionLine(text.slice(start, lineEnd(text, found)))
    if (entry?.kind === 'decision' && entry.decision.sessionId === sessionId) return entry.decision
    end = start
  }
  return null
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function entriesOf(text: string): readonly DecisionEntry[] {
  return text.split('\n').flatMap((line) => parseDecisionLine(line) ?? [])
}
