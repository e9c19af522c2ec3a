import { expect, it } from 'vitest'

import { hookTroublesOf } from '../../src/core/hook-troubles.ts'
import { instant } from '../kit/fold-lines.ts'

const from = instant('2025-12-15T00:00:00Z')
const to = instant('2025-12-16T00:00:00Z')

it('tells the latest trouble of a day, and how many different ones there were', () => {
  const lines = [
    '2025-12-14T23:59:59Z long ago',
    '2025-12-15T10:00:00Z one: mend it',
    'half a li',
    '2025-12-15T11:00:00Z two',
    '2025-12-15T12:00:00Z one: mend it',
    '2025-12-16T00:00:00Z tomorrow',
    '',
  ]
  expect(hookTroublesOf(lines.join('\n'), from, to)).toEqual({
    count: 2,
    last: instant('2025-12-15T12:00:00Z'),
    message: 'one: mend it',
  })
  expect(hookTroublesOf(lines[0]!, from, to)).toBeNull()
})
