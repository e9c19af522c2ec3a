import { SCOPE_KEYS, type Scope, type ScopeKey } from './budget.ts'
import { matchesGlob } from './glob.ts'
import { type UsageRecord, emptyRecord } from './record.ts'

/** The labels by which spend can be told apart. */
export type Group = { readonly [Key in ScopeKey]: string }

/** Numbers the distinct combinations of labels, so that a cell is found by two integers. */
export class Groups {
  readonly #groups: Group[] = []
  readonly #modelOnly: number[] = []
  readonly #root: Branch = new Map()
  /** The record before, as far as its branch depends on it: neighbours share most labels. */
  #here: Surroundings | null = null
  #models: Branch = this.#root
  #model = ''
  #leaf: Leaf = { number: -1, tasks: new Map() }
  #leaves = 0
  readonly #recent = Array.from({ length: RECENT }, () => ({ leaf: -1, taskType: '', group: -1 }))

  /** The number of the record's combination of labels. */
  of(record: UsageRecord): number {
    if (this.#here === null || !isIn(this.#here, record)) this.#enter(record)
    if (record.model !== this.#model) this.#turnTo(record.model)
    const leaf = this.#leaf
    const { taskType } = record
    // The label that changes most: a guess from its first letter saves most looks into the map.
    const recent = this.#recent[(leaf.number * 61 + taskType.length * 7 + taskType.charCodeAt(0)) & (RECENT - 1)]!
    if (recent.leaf !== leaf.number || recent.taskType !== taskType) {
      recent.leaf = leaf.number
      recent.taskType = taskType
      recent.group = leaf.tasks.get(taskType) ?? this.#add(record)
    }
    return recent.group
  }

  at(index: number): Group {
    return this.#groups[index]!
  }

  get size(): number {
    return this.#groups.length
  }

  /** The group that keeps nothing of `index` but its model: what days beyond every budget's sight are folded into. */
  modelOnly(index: number): number {
    const known = this.#modelOnly[index]
    if (known !== undefined) return known
    const folded = this.of({ ...emptyRecord(), model: this.at(index).model })
    this.#modelOnly[index] = folded
    return folded
  }

  #enter(record: UsageRecord): void {
    const { project, tool, taskId, enhancement, projectCode } = record
    this.#here = { project, tool, taskId, enhancement, projectCode }
    let branch = this.#root
    for (const label of [project, tool, taskId, enhancement, projectCode]) branch = branchAt(branch, label)
    this.#models = branch
    this.#turnTo(record.model)
  }

  #turnTo(model: string): void {
    this.#model = model
    const known = this.#models.get(model) as Leaf | undefined
    if (known !== undefined) {
      this.#leaf = known
      return
    }
    this.#leaf = { number: this.#leaves++, tasks: new Map() }
    this.#models.set(model, this.#leaf)
  }

  #add(record: UsageRecord): number {
    const { project, model, tool, taskType, taskId, enhancement, projectCode } = record
    const index = this.#groups.length
    this.#groups.push({
      project,
      model,
      tool,
      task_type: taskType,
      task_id: taskId,
      enhancement,
      project_code: projectCode,
    })
    this.#leaf.tasks.set(taskType, index)
    return index
  }
}

const RECENT = 2 ** 10

/** Labels in a tree: project, tool, task id, enhancement, project code, model. */
type Branch = Map<string, Branch | Leaf>

/** The groups that differ in nothing but their task type. */
interface Leaf {
  readonly number: number
  readonly tasks: Map<string, number>
}

type Surroundings = Pick<UsageRecord, 'project' | 'tool' | 'taskId' | 'enhancement' | 'projectCode'>

function isIn(here: Surroundings, record: UsageRecord): boolean {
  return (
    here.project === record.project &&
    here.tool === record.tool &&
    here.taskId === record.taskId &&
    here.enhancement === record.enhancement &&
    here.projectCode === record.projectCode
  )
}

function branchAt(branch: Branch, label: string): Branch {
  const known = branch.get(label) as Branch | undefined
  if (known !== undefined) return known
  const made: Branch = new Map()
  branch.set(label, made)
  return made
}

/** True when every label that the scope names matches; an empty scope matches everything. */
export function matchesScope(scope: Scope, group: Group): boolean {
  return SCOPE_KEYS.every((key) => {
    const pattern = scope[key]
    return pattern === undefined || matchesGlob(pattern, group[key])
  })
}
