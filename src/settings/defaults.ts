import type { Budget, BudgetKind } from '../core/budget.ts'
import { type Share, picodollarsOf } from '../core/money.ts'
import type { Resolution } from './resolution.ts'
import type { CostLimits } from './settings.ts'

// Without any settings file nothing else of this directory is loaded: `yaml` alone costs 0.8 of a Node start.

/** What holds for every key that no file sets; no budgets, because a file sets exactly those that it names. */
export const DEFAULTS: CostLimits = {
  budgets: [],
  builtInLimits: false,
  thresholdWarning: 800_000n as Share,
  thresholdCritical: 950_000n as Share,
  marks: [],
  action: 'warn',
  onUnpriced: 'warn',
  notifications: {
    terminal: true,
    desktop: true,
    file: '.ai-costs/alerts.log',
    quiet: null,
    webhook: null,
  },
  guardian: null,
  timezone: 'UTC',
  weekStartsOn: 1,
  costMode: 'auto',
  defaultModel: null,
  ui: { theme: 'auto', mouse: true, reducedMotion: false },
  billing: { plan: null },
  collect: [],
  sources: new Map(),
  durability: 'none',
}

/** The limits that hold only while no `cost-limits.yaml` exists in any layer. */
export const BUILT_IN_BUDGETS: readonly Budget[] = [
  builtInBudget('daily', 10n),
  builtInBudget('weekly', 50n),
  builtInBudget('monthly', 200n),
  builtInBudget('per_session', 2n),
]

/** What `resolveSettings` says of no files at all. */
export const BUILT_IN_LIMITS: CostLimits = { ...DEFAULTS, budgets: BUILT_IN_BUDGETS, builtInLimits: true }

/** What `resolveSettings` says of no files and no environment, without loading it. */
export const BUILT_IN_RESOLUTION: Resolution = {
  limits: { kind: 'ok', value: BUILT_IN_LIMITS },
  router: { kind: 'ok', value: null },
  prices: { kind: 'ok', value: [] },
  origins: new Map(),
  notices: [],
  files: [],
}

function builtInBudget(kind: BudgetKind, dollars: bigint): Budget {
  return {
    id: kind,
    name: kind,
    kind,
    scope: {},
    limit: picodollarsOf(dollars * 10n ** 12n),
    thresholdWarning: DEFAULTS.thresholdWarning,
    thresholdCritical: DEFAULTS.thresholdCritical,
    action: DEFAULTS.action,
  }
}
