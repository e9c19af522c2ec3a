import { expect, test } from 'vitest'

import { OPERATIONS, typical } from '../../src/core/operation.ts'

test.each([
  ['chat', 'chat', [500, 1500], [300, 800], 1000, 550],
  ['review', 'review', [1000, 3000], [500, 1500], 2000, 1000],
  ['debug', 'debug', [1000, 3000], [500, 1500], 2000, 1000],
  ['code', 'code_generation', [2000, 5000], [3000, 8000], 3500, 5500],
  ['plan', 'planning', [1500, 4000], [2000, 6000], 2750, 4000],
  ['audit', 'security_audit', [2500, 6000], [1000, 3000], 4250, 2000],
])('%s is %s: %j in, %j out, so about %i and %i', (kind, taskType, input, output, reads, writes) => {
  const operation = OPERATIONS.get(kind)!
  expect(operation.taskType).toBe(taskType)
  expect([operation.input.from, operation.input.to]).toEqual(input)
  expect([operation.output.from, operation.output.to]).toEqual(output)
  expect([typical(operation.input), typical(operation.output)]).toEqual([reads, writes])
})
