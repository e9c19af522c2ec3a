import { DEFAULTS } from '../settings/defaults.ts'
import { describeProblem } from '../settings/problem.ts'
import { settingsForCheck } from '../settings/resolution.ts'
import type { JudgingSettings } from './accounts.ts'
import type { Call, JudgingSystem } from './desk.ts'
import { loadSettings } from './load-settings.ts'

/** What alerts go by, and what there is to say about it. */
export interface AlertSettings extends JudgingSettings {
  /** Why the settings do not hold; nothing where they do. */
  readonly troubles: readonly string[]
  /** What is left out of settings that hold, as sentences. */
  readonly notes: readonly string[]
}

/** The settings of a call; where they are broken, what holds without any. Throws `Unreadable`. */
export async function alertSettings(
  { settingsPlaces }: Call,
  { environment, files }: Pick<JudgingSystem, 'environment' | 'files'>,
): Promise<AlertSettings> {
  const resolution = await loadSettings(settingsPlaces, environment, files)
  const settings = settingsForCheck(resolution)
  const notes = resolution.notices.map(describeProblem)
  return settings.kind === 'ok'
    ? { ...settings.value, troubles: [], notes }
    : { ...DEFAULTS, prices: [], troubles: settings.problems.map(describeProblem), notes }
}
