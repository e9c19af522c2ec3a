import { type Allow, type Override, type Raise, type Snooze, endedAmong } from './override.ts'

export interface PastOverride {
  readonly override: Allow | Raise | Snooze
  /** It still holds, somebody ended it, or its time is up. */
  readonly state: 'active' | 'ended' | 'over'
}

/** Every override that had begun at an instant, the newest first. */
export function overrideHistory(overrides: readonly Override[], asOf: number): readonly PastOverride[] {
  const begun = overrides.filter(({ timestamp }) => timestamp <= asOf)
  const ended = endedAmong(begun)
  return begun
    .flatMap((override): PastOverride[] => {
      if (override.kind === 'end') return []
      if (ended.has(override.id)) return [{ override, state: 'ended' }]
      return [{ override, state: override.until <= asOf ? 'over' : 'active' }]
    })
    .toReversed()
}
