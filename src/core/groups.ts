import { SCOPE_KEYS, type Scope, type ScopeKey } from './budget.ts'
import { matchesGlob } from './glob.ts'
import { type UsageRecord, emptyRecord } from './record.ts'

/** The labels by which spend can be told apart. */
export type Group = { readonly [Key in ScopeKey]: string }

type Branch = Map<string, Branch | number>

/** Numbers the distinct combinations of labels, so that a cell is found by two integers. */
export class Groups {
  readonly #groups: Group[] = []
  readonly #root: Branch = new Map()
  readonly #modelOnly: number[] = []
  /** Labels of the record before, and the branch they lead to: most neighbours differ in model and task type only. */
  #here: Surroundings = { project: '', tool: '', taskId: '', enhancement: '', projectCode: '' }
  #branch: Branch | null = null

  /** The number of the record's combination of labels. */
  of(record: UsageRecord): number {
    const branch = this.#branch !== null && isIn(this.#here, record) ? this.#branch : this.#turnTo(record)
    const known = (branch.get(record.model) as Branch | undefined)?.get(record.taskType)
    return known !== undefined ? (known as number) : this.#add(branch, record)
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

  #turnTo(record: UsageRecord): Branch {
    const { project, tool, taskId, enhancement, projectCode } = record
    this.#here = { project, tool, taskId, enhancement, projectCode }
    let branch = this.#root
    for (const label of [project, tool, taskId, enhancement, projectCode]) branch = branchAt(branch, label)
    return (this.#branch = branch)
  }

  #add(branch: Branch, record: UsageRecord): number {
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
    branchAt(branch, model).set(taskType, index)
    return index
  }
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
  const known = branch.get(label)
  if (known !== undefined) return known as Branch
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
