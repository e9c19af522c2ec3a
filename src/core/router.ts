import type { Share } from './money.ts'

/** What `model-router.yaml` says. */
export interface RouterSettings {
  /** In order: the first whose pattern matches the prompt wins. */
  readonly rules: readonly RouterRule[]
  /** The model when no rule matches; null when the file names none. */
  readonly default: string | null
  readonly downgrade: Downgrade | null
}

export interface RouterRule {
  /** A regular expression, matched anywhere in the prompt and without regard to case. */
  readonly pattern: string
  readonly model: string
  /** `''` when the rule gives none. */
  readonly reason: string
  /** No step goes below this model; null for no such floor. */
  readonly minModel: string | null
}

export interface Downgrade {
  /** Ids of budgets that exist and make the pressure; where both layers name one, its one name means both. */
  readonly budgets: readonly string[]
  /** Ascending by `at`: the last with `at` ≤ pressure wins. */
  readonly steps: readonly DowngradeStep[]
  /** Prompts that match keep their model; null protects none. */
  readonly protect: string | null
}

export interface DowngradeStep {
  readonly at: Share
  readonly model: string
}

/** What holds without a `model-router.yaml`. */
export const NO_RULES: RouterSettings = { rules: [], default: null, downgrade: null }
