import type { Money } from '../core/money.ts'
import { type Figures, NONE, count, instant, money, name } from '../core/report.ts'
import { NO_SESSION } from '../core/session-cells.ts'
import { ALL_DAYS } from './day-span.ts'
import { perSession, sumsByLabel, totalOf } from './sums.ts'
import { type Selection, type Usage, labelsOf, select } from './usage.ts'

/** What is worth remembering of a project: what it has cost in its whole life. */
export interface ProjectMemory {
  readonly project: string
  readonly cost: Money
  /** True when something in it could not be priced, read or dated: then the truth is `≥ cost`. */
  readonly lowerBound: boolean
  readonly sessions: number
  /** Null without a session. */
  readonly perSession: Money | null
  /** The one with the most records; null without a record. */
  readonly mostUsedModel: string | null
  /** When one of its sessions was used last, in epoch milliseconds; null when nobody knows. */
  readonly lastUpdated: number | null
}

/** Everything that was ever used in a project of this very name. */
export function projectMemory(usage: Usage, project: string): ProjectMemory {
  const all = select(usage, ALL_DAYS, { scope: { project }, session: null })
  // In a scope `*` stands for anything, in a name for itself.
  const selection = { ...all, rows: all.rows.filter((row) => labelsOf(usage, row).project === project) }
  const sum = totalOf(selection)
  return {
    project,
    cost: sum.usd,
    lowerBound: sum.lowerBound,
    sessions: sum.sessions,
    perSession: perSession(sum),
    mostUsedModel: mostUsedModel(selection),
    lastUpdated: lastUse(selection),
  }
}

/** The projects of a ledger, most spend first. */
export function projectsIn(usage: Usage): readonly string[] {
  const all = select(usage, ALL_DAYS, { scope: {}, session: null })
  return sumsByLabel(all, 'project').map(({ key }) => key)
}

/** The same for people. */
export function memoryFigures(memory: ProjectMemory): Figures {
  const { project, cost, lowerBound, sessions, lastUpdated, mostUsedModel: model } = memory
  return {
    kind: 'figures',
    key: 'project',
    title: 'All time',
    figures: [
      { key: 'project', label: 'project', value: name(project) },
      { key: 'lifetime_cost_usd', label: 'cost', value: money(cost, lowerBound) },
      { key: 'session_count', label: 'sessions', value: count(sessions) },
      { key: 'avg_cost_per_session', label: 'per session', value: money(memory.perSession, lowerBound) },
      { key: 'most_used_model', label: 'most used model', value: model === null ? NONE : name(model) },
      { key: 'last_updated', label: 'last used', value: instant(lastUpdated) },
    ],
  }
}

/** Of equal ones the one that more was spent on. */
function mostUsedModel(selection: Selection): string | null {
  const models = sumsByLabel(selection, 'model')
  const most = models.reduce((best, { sum }) => Math.max(best, sum.records), 0)
  return models.find(({ sum }) => sum.records === most)?.key ?? null
}

function lastUse({ usage, rows }: Selection): number | null {
  let last = -Infinity
  for (const row of rows) {
    const session = usage.cells.sessionOf(row)
    if (session !== NO_SESSION) last = Math.max(last, usage.sessions.last[session]!)
  }
  return last === -Infinity ? null : last
}
