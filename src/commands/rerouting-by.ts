import { type Matched, matchPrompt } from '../core/match-prompt.ts'
import { type PatternEngine, literalsOf, promptText } from '../core/pattern.ts'
import { Rerouting } from '../core/rerouting.ts'
import type { RouterSettings } from '../core/router.ts'
import type { Accounts } from './accounts.ts'

/** Where a router would have sent records, at the prices of an instant. Loads the engine for patterns that take one. */
export async function reroutingBy(
  router: RouterSettings,
  { prices }: Accounts,
  asOf: number,
): Promise<Rerouting> {
  const engine = needsEngine(router) ? (await import('../core/pattern-engine.ts')).patternEngine : null
  return new Rerouting({ router, matched: (taskType) => matchedBy(router, taskType, engine), prices, asOf })
}

function needsEngine({ rules, downgrade }: RouterSettings): boolean {
  const patterns = [...rules.map(({ pattern }) => pattern), downgrade?.protect ?? '']
  return patterns.some((pattern) => literalsOf(pattern) === null)
}

function matchedBy(router: RouterSettings, taskType: string, engine: PatternEngine | null): Matched {
  const matching = matchPrompt(router, promptText(taskType), true, { engine, isLate: () => false })
  if (matching.kind !== 'matched') throw new Error('the rules ask for an engine that is not loaded')
  return matching.matched
}
