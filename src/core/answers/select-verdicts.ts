import { matchesGlob } from '../glob.ts'
import type { Judgement } from '../judgement.ts'
import type { Verdict } from '../verdict.ts'

/** Which verdicts an answer is about. Narrowing never changes a sum. */
export interface Selection {
  /** A budget id. */
  readonly budget: string | null
  /** A project: its own budgets, its sessions, and every budget that is not about another project. */
  readonly project: string | null
  /** A session: its verdicts, and every budget that is not about another session. */
  readonly session: string | null
}

/** The verdicts that a selection asks for, in their order. */
export function select(
  { verdicts, snapshot }: Judgement,
  { budget, project, session }: Selection,
): readonly Verdict[] {
  const projects = new Map(snapshot.sessions.map(({ id, project: name }) => [id, name]))
  return verdicts.filter((verdict) => {
    if (budget !== null && verdict.budget.id !== budget) return false
    if (session !== null && verdict.sessionId !== null && verdict.sessionId !== session) return false
    return project === null || concerns(verdict, project, projects)
  })
}

function concerns(verdict: Verdict, project: string, projects: ReadonlyMap<string, string>): boolean {
  const pattern = verdict.budget.scope.project
  if (pattern !== undefined && !matchesGlob(pattern, project)) return false
  return verdict.sessionId === null || projects.get(verdict.sessionId) === project
}
