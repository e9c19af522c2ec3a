import type { RouterSettings } from '../core/router.ts'
import type { Notice, Part, Problem, SettingsFile } from './problem.ts'
import type { CostLimits, Settings, UserPrice } from './settings.ts'

/** Who wrote a layer. A project may be a cloned repository: some keys do not count from there. */
export type Trust = 'user' | 'project' | 'explicit'

/** Where a value came from. */
export type Origin =
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  | { readonly kind: 'environment'; readonly variable: string }

/**
 * The outcome of reading all layers. Each file stands for itself, so that a slip in the router's rules does not stop
 * `check`; an answer asks for the parts that it stands on: `settingsForCheck`, `settingsForRoute`.
 */
export interface Resolution {
  readonly limits: Part<CostLimits>
  readonly router: Part<RouterSettings | null>
  readonly prices: Part<readonly UserPrice[]>
  /** By dotted key (`alerts.action`, `budgets.opus/daily`, `rules`). A key that is missing here is built in. */
  readonly origins: ReadonlyMap<string, Origin>
  readonly notices: readonly Notice[]
  /** The files that exist, in the order in which they were read. */
  readonly files: readonly string[]
}

/** What judging budgets stands on: limits and prices. A broken router does not matter to it. */
export function settingsForCheck(resolution: Resolution): Part<Omit<Settings, 'router'>> {
  const { limits, prices } = resolution
  if (limits.kind === 'broken' || prices.kind === 'broken') return brokenBy([limits, prices])
  return { kind: 'ok', value: { ...limits.value, prices: prices.value } }
}

/** What choosing a model stands on: everything, because pressure comes from budgets and "cheaper" from prices. */
export function settingsForRoute(resolution: Resolution): Part<Settings> {
  const { limits, router, prices } = resolution
  if (limits.kind === 'broken' || router.kind === 'broken' || prices.kind === 'broken') {
    return brokenBy([limits, router, prices])
  }
  return { kind: 'ok', value: { ...limits.value, router: router.value, prices: prices.value } }
}

/** Every problem of every file, in the order of the files. */
export function problemsOf({ limits, router, prices }: Resolution): readonly Problem[] {
  return [limits, router, prices].flatMap((part) => (part.kind === 'broken' ? part.problems : []))
}

function brokenBy(parts: readonly Part<unknown>[]): { kind: 'broken'; problems: readonly Problem[] } {
  return { kind: 'broken', problems: parts.flatMap((part) => (part.kind === 'broken' ? part.problems : [])) }
}

/** The text of one layer's files; a file that does not exist is left out. */
export interface Layer {
  readonly trust: Trust
  /** The directory of the files, as it should be named in messages. */
  readonly directory: string
  readonly files: LayerFiles
  /** The paths, for messages, of files that go by another name or lie elsewhere. */
  readonly paths?: LayerFiles
  /** The settings files of which there is one with the ending `.yml`, which is not read. */
  readonly misnamed?: readonly SettingsFile[]
}

export type LayerFiles = { readonly [File in SettingsFile]?: string | undefined }

export interface SettingsInput {
  /** The user's, then the project's; with `--config` exactly one `explicit`. */
  readonly layers: readonly Layer[]
  readonly environment?: SettingsEnvironment
  /** What the engine that will match prompts does not understand in a pattern, in its words; null when it takes it. */
  readonly patternFault?: PatternFault
}

export type PatternFault = (pattern: string) => string | null

/** What of the environment matters to settings. */
export interface SettingsEnvironment {
  /** `AI_COSTS_WEBHOOK`; wins over the files. */
  readonly webhook?: string | undefined
}
