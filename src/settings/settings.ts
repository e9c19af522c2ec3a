import type { Action, Budget, UnpricedRule } from '../core/budget.ts'
import type { Weekday } from '../core/calendar.ts'
import type { CostMode } from '../core/cost.ts'
import type { FieldMapping } from '../core/field-mapping.ts'
import type { Guardian } from '../core/guardian.ts'
import type { Share } from '../core/money.ts'
import type { PriceBlock } from '../core/price-block.ts'
import type { RouterSettings } from '../core/router.ts'

/** Everything the user can decide, resolved from both layers. */
export interface Settings extends CostLimits {
  /** Null when no layer has a `model-router.yaml`. */
  readonly router: RouterSettings | null
  /** The user's prices, then the project's, which only fill gaps. */
  readonly prices: readonly UserPrice[]
}

/** What `cost-limits.yaml` says. */
export interface CostLimits {
  /** The user's budgets, then the project's; in each the global ones first. All of them are judged. */
  readonly budgets: readonly Budget[]
  /** True only when no layer has a `cost-limits.yaml`: every output says so. */
  readonly builtInLimits: boolean
  /** What the budgets were given that do not set their own. */
  readonly thresholdWarning: Share
  readonly thresholdCritical: Share
  /** Shares of a limit at which an extra notice is due, ascending. */
  readonly marks: readonly Share[]
  readonly action: Action
  readonly onUnpriced: UnpricedRule
  readonly notifications: Notifications
  /** What `check --session ID` looks for besides the budgets; null when no layer has a `guardian:`. */
  readonly guardian: Guardian | null
  /** As written: an IANA name, `local` or `UTC`. */
  readonly timezone: string
  /** 0 is Sunday. */
  readonly weekStartsOn: Weekday
  readonly costMode: CostMode
  /** The model when a command names none; null when nobody chose one. */
  readonly defaultModel: string | null
  readonly ui: PaneSettings
  readonly billing: { readonly plan: string | null }
  /** Names of the sources that `watch` follows live. */
  readonly collect: readonly string[]
  /** By the name of a source: where else its transcripts lie, or, for one that we do not know, how to read them. */
  readonly sources: ReadonlyMap<string, SourceSettings>
  readonly durability: Durability
}

export interface SourceSettings {
  /** As written: a leading `~` is for whoever looks there. */
  readonly directories: readonly string[]
  /** Null for a source that is built in. */
  readonly mapping: FieldMapping | null
}

export const THEMES = ['auto', 'dark', 'light', 'mono', 'high-contrast', 'colour-blind'] as const
export type Theme = (typeof THEMES)[number]

/** How the pane looks and behaves. */
export interface PaneSettings {
  readonly theme: Theme
  /** Whether the wheel of the mouse moves through rows. */
  readonly mouse: boolean
  /** Nothing moves that is no news. */
  readonly reducedMotion: boolean
}

/** `fsync` waits for the disk after each append (25 times slower); `none` leaves that to the operating system. */
export const DURABILITIES = ['none', 'fsync'] as const
export type Durability = (typeof DURABILITIES)[number]

export interface Notifications {
  readonly terminal: boolean
  readonly desktop: boolean
  /**
   * Where alerts are logged, relative to the directory that holds the ledger's directory. From an untrusted layer it
   * always lies inside `.ai-costs/`; whoever opens it must still refuse symbolic links.
   */
  readonly file: string
  /** When notifications keep silent; null for never. */
  readonly quiet: QuietHours | null
  /** An https address, only ever from a trusted layer or the environment; null for none. */
  readonly webhook: string | null
}

/** Minutes after local midnight, `from` included and `to` not; `from > to` goes past midnight. */
export interface QuietHours {
  readonly from: number
  readonly to: number
}

/** A price from `prices.yaml`, and who wrote it where. */
export interface UserPrice {
  readonly block: PriceBlock
  /** Then it counts only for a model that neither the user nor the shipped table prices. */
  readonly fromProject: boolean
  /** `…/prices.yaml:3`. */
  readonly source: string
}
