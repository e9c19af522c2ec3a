import { join } from 'node:path'
import type { FailureEvent } from '../agents/hook-event.ts'
import { stopLine } from '../core/stops.ts'
import { ulid } from '../core/ulid.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'

const NAME = 'stops.jsonl'

/** Bytes of it that are read, from its end: more than a thousand stops. */
const MOST_BYTES = 256 << 10

/** The lines at the end of the stops beside a ledger; `''` when there are none. Throws `Unreadable`. */
export function readStops(
  { directory }: Pick<LedgerPlace, 'directory'>,
  { files }: Pick<System, 'files'>,
): string {
  return files.readEnd(join(directory, NAME), MOST_BYTES) ?? ''
}

/** Puts on record that a provider stopped a turn. Throws `NotSaved`. */
export function appendStop(
  { sessionId, agent, reason }: FailureEvent,
  { directory }: LedgerPlace,
  { clock, ledger }: Pick<System, 'clock' | 'ledger'>,
): void {
  const now = clock.now()
  const stop = {
    id: ulid(now, clock.random(16)),
    timestamp: now,
    sessionId: sessionId === '' ? null : sessionId,
    tool: agent,
    kind: reason,
  }
  ledger.createDirectory(directory)
  ledger.append(join(directory, NAME), stopLine(stop), 'none')
}
