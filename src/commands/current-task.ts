/** The variables in which an orchestrator says what its agents work on; the first that says something counts. */
export const TASK_VARIABLES = ['AI_COSTS_TASK', 'CMAT_CURRENT_TASK_ID'] as const
/** The variable that says to which enhancement that belongs. */
export const ENHANCEMENT_VARIABLE = 'AI_COSTS_ENHANCEMENT'

/** What is worked on: the labels of what agents use meanwhile, `''` for none. */
export interface CurrentTask {
  readonly taskId: string
  readonly enhancement: string
}

export function currentTask(variables: Readonly<Record<string, string | undefined>>): CurrentTask {
  const taskId = TASK_VARIABLES.map((name) => variables[name] ?? '').find((value) => value !== '') ?? ''
  return { taskId, enhancement: variables[ENHANCEMENT_VARIABLE] ?? '' }
}
