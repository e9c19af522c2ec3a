import type { Dashboard } from '../core/dashboard.ts'
import { type Plan, type PlanUse, planUse } from '../core/plan.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import { loadPlan } from './load-billing.ts'
import type { SettingsPlace } from './settings-places.ts'

/** The plan of the `billing.json` of the settings, and what there is to say about these files. */
export interface PaidPlan {
  readonly plan: Plan | null
  readonly notes: readonly string[]
}

export const NO_PLAN: PaidPlan = { plan: null, notes: [] }

/** Reads them; what is wrong with them is noted, because no budget depends on it. */
export async function paidPlan(
  places: readonly SettingsPlace[],
  { files }: Pick<System, 'files'>,
): Promise<PaidPlan> {
  try {
    const loaded = await loadPlan(places, files)
    return loaded.kind === 'loaded'
      ? { plan: loaded.plan, notes: [] }
      : { plan: null, notes: ['a billing.json is broken: ai-costs invoice says where'] }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { plan: null, notes: [`${error.path} ${error.message}: ${error.fix}`] }
  }
}

/** What the plan is good for in a month; `named` is one of which the settings say no more than its name. */
export function useOf({ plan }: PaidPlan, named: string | null, { month }: Dashboard): PlanUse | null {
  const paid = plan ?? (named === null ? null : { plan: named, fee: null })
  return paid === null ? null : planUse(paid, { usd: month.usd, lowerBound: month.uncertain > 0 })
}
