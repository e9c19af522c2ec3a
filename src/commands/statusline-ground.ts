import type { StatusGround } from '../core/answers/statusline.ts'
import type { Judgement } from '../core/judgement.ts'
import { stopsOf } from '../core/stops.ts'
import { Unreadable } from '../system/file-system.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { readStops } from './stops-file.ts'

/** What a status line stands on besides the judgement; what cannot be read is not known, and stops nobody. */
export function statusGround(
  place: Pick<LedgerPlace, 'directory'>,
  { snapshot }: Judgement,
  system: Pick<System, 'files'>,
): StatusGround {
  const { start } = snapshot.periods.daily
  try {
    return { stops: stopsOf(readStops(place, system), start, snapshot.asOf + 1).length }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { stops: null }
  }
}
