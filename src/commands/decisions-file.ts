import { join } from 'node:path'
import { DECISIONS_FILE } from '../core/decision.ts'
import { type NotedDecision, notedDecisions } from '../core/decision-log.ts'
import type { System } from '../system/system.ts'
import type { Invocation } from './command.ts'
import { placeOf } from './place.ts'

/** The decisions beside the ledger of a call. */
export interface DecisionsOnFile {
  readonly path: string
  /** Newest first; of a very long history the latest. */
  readonly decisions: readonly NotedDecision[]
}

/** Some twenty thousand decisions. */
const MOST_BYTES = 8 << 20

/** Throws `UsageError` and `Unreadable`. */
export function decisionsOnFile(
  invocation: Invocation,
  system: Pick<System, 'environment' | 'files'>,
): DecisionsOnFile {
  const path = join(placeOf(invocation, system).directory, DECISIONS_FILE)
  return { path, decisions: notedDecisions(system.files.readEnd(path, MOST_BYTES) ?? '') }
}
