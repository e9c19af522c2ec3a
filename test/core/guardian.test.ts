import { expect, test } from 'vitest'
import { filledMessage, unknownName } from '../../src/core/guardian.ts'

const WORDS = {
  cost: '$2.40',
  cheaper_model: null,
  cheaper_cost: null,
  saved: null,
  model: '$& opus',
  session: 's1',
  limit: '$2.00',
}

test.each([
  ['${cost} of ${limit}', '$2.40 of $2.00'],
  ['${model}, ${session}', '$& opus, s1'],
  ['costs $5 {cost} ${cost', 'costs $5 {cost} ${cost'],
  ['try ${cheaper_model}', null],
])('the message %j reads %j', (message, expected) => {
  expect(filledMessage(message, WORDS)).toBe(expected)
})

test.each([
  ['${cost}: ${cheaper_model}', null],
  ['${price}', '${price}'],
  ['${}', '${}'],
  ['${constructor}', '${constructor}'],
])('in the message %j %j stands for nothing', (message, expected) => {
  expect(unknownName(message)).toBe(expected)
})
