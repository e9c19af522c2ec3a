import { SCOPE_KEYS, type Scope, type ScopeKey } from './budget.ts'
import { matchesGlob } from './glob.ts'
import { type UsageRecord, emptyRecord } from './record.ts'

/** The labels by which spend can be told apart. */
export type Group = { readonly [Key in ScopeKey]: string }

/** Them as a record has them. */
type Labels = Pick<
  UsageRecord,
  'project' | 'model' | 'tool' | 'taskType' | 'taskId' | 'enhancement' | 'projectCode'
>

/** A tree of labels: project, model, tool, task id, enhancement, project code, and last the task type. */
type Branch = Map<string, Branch | number>

/** Numbers the distinct combinations of labels, so that a cell is found by two integers. */
export class Groups {
  readonly #groups: Group[] = []
  readonly #root: Branch = new Map()
  readonly #models = new Map<string, number>()
  #lastModel: string | null = null
  #lastModelGroup = 0
  /** The record before and its branch: neighbours mostly differ in nothing but the task type. */
  #here: Surroundings | null = null
  #tasks: Map<string, number> = new Map()

  /** The number of the record's combination of labels. */
  of(record: Labels): number {
    if (this.#here === null || !isIn(this.#here, record)) this.#turnTo(record)
    return this.#tasks.get(record.taskType) ?? this.#add(record)
  }

  at(index: number): Group {
    return this.#groups[index]!
  }

  get size(): number {
    return this.#groups.length
  }

  /** The group that knows a model and nothing else: what days beyond every budget's sight are folded into. */
  ofModel(model: string): number {
    if (model === this.#lastModel) return this.#lastModelGroup
    this.#lastModel = model
    this.#lastModelGroup = this.#models.get(model) ?? this.#addModel(model)
    return this.#lastModelGroup
  }

  /** All of them, by number. */
  parts(): readonly Group[] {
    return this.#groups
  }

  /** Adds the groups of another; returns their numbers here, by their numbers there. */
  absorb(groups: readonly Group[]): readonly number[] {
    return groups.map(({ project, model, tool, task_type, task_id, enhancement, project_code }) =>
      this.of({
        project,
        model,
        tool,
        taskType: task_type,
        taskId: task_id,
        enhancement,
        projectCode: project_code,
      }),
    )
  }

  #addModel(model: string): number {
    const group = this.of({ ...emptyRecord(), model })
    this.#models.set(model, group)
    return group
  }

  #turnTo(record: Labels): void {
    const { project, model, tool, taskId, enhancement, projectCode } = record
    this.#here = { project, model, tool, taskId, enhancement, projectCode }
    let branch = branchAt(this.#root, project)
    branch = branchAt(branch, model)
    branch = branchAt(branch, tool)
    branch = branchAt(branch, taskId)
    branch = branchAt(branch, enhancement)
    this.#tasks = branchAt(branch, projectCode) as Map<string, number>
  }

  #add(record: Labels): number {
    const group = this.#groups.length
    this.#groups.push(groupOf(record))
    this.#tasks.set(record.taskType, group)
    return group
  }
}

/** The labels of a record, in the words of the settings. */
export function groupOf(record: Labels): Group {
  const { project, model, tool, taskType, taskId, enhancement, projectCode } = record
  return {
    project,
    model,
    tool,
    task_type: taskType,
    task_id: taskId,
    enhancement,
    project_code: projectCode,
  }
}

type Surroundings = Omit<Labels, 'taskType'>

function isIn(here: Surroundings, record: Labels): boolean {
  return (
    here.project === record.project &&
    here.model === record.model &&
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
