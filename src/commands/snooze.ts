import { activeOverrides, overrideLine } from '../core/override.ts'
import { ulid } from '../core/ulid.ts'
import type { Clock } from '../system/clock.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { appendOverride, readOverrides } from './overrides-file.ts'

export type SnoozingSystem = Pick<System, 'clock' | 'files' | 'ledger'>

/** Lets alerts disturb nobody for a while; answers until when: epoch milliseconds. Throws `NotSaved`. */
export function beginSnooze(place: LedgerPlace, milliseconds: number, system: SnoozingSystem): number {
  const { id, timestamp } = stampOf(system.clock)
  const until = timestamp + milliseconds
  if (!system.files.isDirectory(place.directory)) system.ledger.createDirectory(place.directory)
  appendOverride(place, overrideLine({ kind: 'snooze', id, timestamp, until }), system)
  return until
}

/** Ends whatever lets alerts disturb nobody; answers whether anything did. Throws `NotSaved` and `Unreadable`. */
export function endSnooze(place: LedgerPlace, system: SnoozingSystem): boolean {
  const overrides = readOverrides(place, system)
  const ends = overrides.filter(({ kind }) => kind === 'end')
  const now = system.clock.now()
  // One by one: together, the longest would hide the others.
  const holding = overrides.filter(
    (one) => one.kind === 'snooze' && activeOverrides([one, ...ends], now).snoozedUntil !== null,
  )
  if (holding.length === 0) return false
  const lines = holding.map((one) => overrideLine({ kind: 'end', ...stampOf(system.clock), ends: one.id }))
  appendOverride(place, lines.join('\n'), system)
  return true
}

function stampOf({ now, random }: Clock): { readonly id: string; readonly timestamp: number } {
  const timestamp = now()
  return { id: ulid(timestamp, random(16)), timestamp }
}
