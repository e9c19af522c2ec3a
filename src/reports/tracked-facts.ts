import type { ExplainedRecord } from '../core/cost-summary.ts'
import type { GitCommit, GitLook } from '../core/git-look.ts'
import type { Money } from '../core/money.ts'
import type { ProjectTotal } from '../core/project-total.ts'
import type { SessionAdvice } from '../core/session-advice.ts'
import type { TrackedResult, TrackedSession } from '../core/tracked-session.ts'

/** All that a report on a tracked session is made of. */
export interface TrackedFacts {
  readonly session: TrackedSession
  /** Epoch milliseconds: when it ended, or now. */
  readonly end: number
  readonly isOver: boolean
  /** What was logged in it. */
  readonly logged: readonly ExplainedRecord[]
  /** What agents used in its project meanwhile, each in a session of its own. */
  readonly meanwhile: readonly ExplainedRecord[]
  /** Null where there is no repository. */
  readonly git: { readonly look: GitLook; readonly commits: readonly GitCommit[] } | null
  /** What its project has cost since its first record. */
  readonly project: ProjectTotal
  readonly advice: SessionAdvice | null
  /** What a session may cost; null when nobody says. */
  readonly limit: Money | null
  /** The tracked session before; null when there was none. */
  readonly previous: TrackedResult | null
}

/** Everything that was used, by whomever. */
export function allUsed({ logged, meanwhile }: TrackedFacts): readonly ExplainedRecord[] {
  return [...logged, ...meanwhile]
}

/** In milliseconds; a clock that was set back makes none. */
export function durationOf({ session, end }: Pick<TrackedFacts, 'session' | 'end'>): number {
  return Math.max(0, end - session.startedAt)
}
