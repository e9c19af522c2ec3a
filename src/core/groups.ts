import { SCOPE_KEYS, type Scope, type ScopeKey } from './budget.ts'
import { matchesGlob } from './glob.ts'
import { type UsageRecord, UNKNOWN } from './record.ts'

/** The labels by which spend can be told apart. */
export type Group = { readonly [Key in ScopeKey]: string }

type Branch = Map<string, Branch | number>

/** Numbers the distinct combinations of labels, so that a cell is found by two integers. */
export class Groups {
  readonly #groups: Group[] = []
  readonly #root: Branch = new Map()
  readonly #modelOnly: number[] = []
  readonly #recent = new Array<number | undefined>(RECENT).fill(undefined)

  /** The number of the record's combination of labels. */
  of(record: UsageRecord): number {
    // Neighbouring records share most labels: one look at a small table saves seven in nested maps.
    const slot = slotOf(record)
    const cached = this.#recent[slot]
    if (cached !== undefined && isOf(this.#groups[cached]!, record)) return cached
    return (this.#recent[slot] = this.#find(record))
  }

  #find(record: UsageRecord): number {
    return this.#indexOf(
      record.project,
      record.model,
      record.tool,
      record.taskType,
      record.taskId,
      record.enhancement,
      record.projectCode,
    )
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
    const folded = this.#indexOf(UNKNOWN, this.at(index).model, UNKNOWN, UNKNOWN, '', '', '')
    this.#modelOnly[index] = folded
    return folded
  }

  #indexOf(...labels: readonly [string, string, string, string, string, string, string]): number {
    let branch = this.#root
    for (let depth = 0; depth < 6; depth++) {
      let next = branch.get(labels[depth]!)
      if (next === undefined) {
        next = new Map()
        branch.set(labels[depth]!, next)
      }
      branch = next as Branch
    }
    const known = branch.get(labels[6])
    if (known !== undefined) return known as number
    const [project, model, tool, task_type, task_id, enhancement, project_code] = labels
    this.#groups.push({ project, model, tool, task_type, task_id, enhancement, project_code })
    branch.set(labels[6], this.#groups.length - 1)
    return this.#groups.length - 1
  }
}

const RECENT = 2 ** 14

/** A slot from a few letters: it need not be exact, `isOf` decides. */
function slotOf({ project, model, tool, taskType }: UsageRecord): number {
  let hash = project.length
  hash = Math.imul(hash, 31) + project.charCodeAt(0)
  hash = Math.imul(hash, 31) + project.charCodeAt(project.length - 2)
  hash = Math.imul(hash, 31) + project.charCodeAt(project.length - 1)
  hash = Math.imul(hash, 31) + model.length
  hash = Math.imul(hash, 31) + model.charCodeAt(model.length >> 1)
  hash = Math.imul(hash, 31) + tool.length
  hash = Math.imul(hash, 31) + taskType.length
  hash = Math.imul(hash, 31) + taskType.charCodeAt(0)
  return (Math.imul(hash, 0x9e3779b1) >>> 18) & (RECENT - 1)
}

function isOf(group: Group, record: UsageRecord): boolean {
  return (
    group.project === record.project &&
    group.model === record.model &&
    group.task_type === record.taskType &&
    group.tool === record.tool &&
    group.task_id === record.taskId &&
    group.enhancement === record.enhancement &&
    group.project_code === record.projectCode
  )
}

/** True when every label that the scope names matches; an empty scope matches everything. */
export function matchesScope(scope: Scope, group: Group): boolean {
  return SCOPE_KEYS.every((key) => {
    const pattern = scope[key]
    return pattern === undefined || matchesGlob(pattern, group[key])
  })
}
