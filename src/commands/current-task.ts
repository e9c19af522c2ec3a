/** The variable in which an orchestrator says what its agents work on: the `task_id` of what they use meanwhile. */
export const CURRENT_TASK = 'CMAT_CURRENT_TASK_ID'
