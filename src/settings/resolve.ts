import { resolveCostLimits } from './cost-limits.ts'
import { misnamedFiles } from './misnamed-files.ts'
import { resolveModelRouter } from './model-router.ts'
import { resolvePrices } from './prices.ts'
import { SETTINGS_FILES } from './problem.ts'
import type { Resolution, SettingsInput } from './resolution.ts'
import { pathOf } from './written.ts'

/**
 * The settings that the text of all layers' files makes. Never throws: whatever a file holds, each part is either ok
 * or broken with problems. A broken file is never replaced by defaults.
 *
 * Loads `yaml` and `zod`; callers without any file take `BUILT_IN_RESOLUTION` instead, which is the same.
 */
export function resolveSettings({ layers, environment = {}, patternFault }: SettingsInput): Resolution {
  const limits = resolveCostLimits(layers, environment)
  const router = resolveModelRouter(
    layers,
    limits.part.kind === 'ok' ? limits.part.value.budgets : null,
    patternFault,
  )
  const prices = resolvePrices(layers)
  return {
    limits: limits.part,
    router: router.part,
    prices: prices.part,
    origins: new Map([...limits.origins, ...router.origins, ...prices.origins]),
    notices: [...misnamedFiles(layers), ...limits.notices, ...router.notices, ...prices.notices],
    files: layers.flatMap((layer) =>
      SETTINGS_FILES.filter((name) => layer.files[name] !== undefined).map((name) => pathOf(layer, name)),
    ),
  }
}
