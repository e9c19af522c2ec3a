import { expect, test } from 'vitest'

import { currentTask } from '../../src/commands/current-task.ts'

test.each<[variables: Readonly<Record<string, string>>, taskId: string, enhancement: string]>([
  [{}, '', ''],
  [{ AI_COSTS_TASK: 'a' }, 'a', ''],
  [{ CMAT_CURRENT_TASK_ID: 'b' }, 'b', ''],
  [{ AI_COSTS_TASK: 'a', CMAT_CURRENT_TASK_ID: 'b' }, 'a', ''],
  [{ AI_COSTS_TASK: '', CMAT_CURRENT_TASK_ID: 'b', AI_COSTS_ENHANCEMENT: 'login' }, 'b', 'login'],
])('%j is about task %j of enhancement %j', (variables, taskId, enhancement) => {
  expect(currentTask(variables)).toEqual({ taskId, enhancement })
})
