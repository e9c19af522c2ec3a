import { Cells, UNDATED } from './cells.ts'
import type { Groups } from './groups.ts'
import { type UsageRecord, emptyRecord } from './record.ts'

/** The session of records that name none. */
export const NO_SESSION = -1

/** Which labels are told apart: project, model and tool, or those of tasks and billing too. */
export type SessionLabels = 'usual' | 'all'

export interface SessionCellOptions {
  /** The first day that is kept; -Infinity for all of them. What has no day is kept always. */
  readonly from: number
  readonly labels: SessionLabels
}

/**
 * Sums by day, session and labels: the finest there are. A report adds them up whichever way it is asked; judging a
 * budget needs no more than `Cells`, so only reports pay for these.
 */
export class SessionCells {
  readonly cells = new Cells()

  readonly #options: SessionCellOptions
  readonly #groups: Groups
  /** What the usual labels of the latest record were, and their group. */
  #project = ''
  #model = ''
  #tool = ''
  #usualGroup = -1
  /** By project, model and tool: to find a group by all labels takes longer. */
  readonly #usualGroups = new Map<string, Map<string, Tools>>()

  constructor(options: SessionCellOptions, groups: Groups) {
    this.#options = options
    this.#groups = groups
  }

  /** The row in `cells` for a day, a group of `groupFor` and a session (or `NO_SESSION`), made when it is new; -1 for none. */
  rowFor(day: number, group: number, session: number): number {
    return day < this.#options.from && day !== UNDATED ? -1 : this.cells.row(day, group, session)
  }

  /** The group of a record's labels, as far as they are told apart. */
  groupFor(record: UsageRecord): number {
    return this.#options.labels === 'all' ? this.#groups.of(record) : this.#usual(record)
  }

  /** Makes room for so many sessions, most of which are used on one day, for one project and with one model. */
  expect(sessions: number): void {
    this.cells.expect(sessions)
  }

  /** The session of a row of `cells`, or `NO_SESSION`. */
  sessionOf(row: number): number {
    return this.cells.session[row]!
  }

  /** The group of a row of `cells`. */
  groupOf(row: number): number {
    return this.cells.group[row]!
  }

  /** The group that knows the usual labels alone. */
  #usual({ project, model, tool }: UsageRecord): number {
    if (project === this.#project && model === this.#model && tool === this.#tool && this.#usualGroup >= 0) {
      return this.#usualGroup
    }
    this.#project = project
    this.#model = model
    this.#tool = tool
    const tools = mapAt(mapAt(this.#usualGroups, project), model)
    const known = tools.get(tool)
    if (known !== undefined) return (this.#usualGroup = known)
    this.#usualGroup = this.#groups.of({ ...NO_LABELS, project, model, tool })
    tools.set(tool, this.#usualGroup)
    return this.#usualGroup
  }
}

const NO_LABELS = emptyRecord()

/** Groups by tool. */
type Tools = Map<string, number>

function mapAt<Value>(maps: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = maps.get(key)
  if (known !== undefined) return known
  const made = new Map<string, Value>()
  maps.set(key, made)
  return made
}
