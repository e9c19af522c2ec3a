import { DEFAULT_GUARDIAN, type Guardian } from '../core/guardian.ts'
import type { Chooser } from './chooser.ts'
import type { WrittenCostLimits } from './cost-limits-schema.ts'

/** What sessions are reviewed for; null where no layer says anything about it. */
export function guardianOf({ pick, origins }: Chooser<WrittenCostLimits>): Guardian | null {
  const guardian: Guardian = {
    warnOver: pick(
      'guardian.warn_if_session_exceeds',
      (file) => file.guardian?.warn_if_session_exceeds,
      DEFAULT_GUARDIAN.warnOver,
    ),
    warnsOfOverkill: pick(
      'guardian.warn_if_model_overkill',
      (file) => file.guardian?.warn_if_model_overkill,
      DEFAULT_GUARDIAN.warnsOfOverkill,
    ),
    suggestsCheaper: pick(
      'guardian.suggest_cheaper_model',
      (file) => file.guardian?.suggest_cheaper_model,
      DEFAULT_GUARDIAN.suggestsCheaper,
    ),
    message: pick('guardian.message', (file) => file.guardian?.message, DEFAULT_GUARDIAN.message),
  }
  return [...origins.keys()].some((key) => key.startsWith('guardian.')) ? guardian : null
}
