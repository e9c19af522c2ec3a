import { expect, it } from 'vitest'
import { beginAlert } from '../../src/commands/claim-alerts.ts'
import type { RunawayAlarm } from '../../src/core/alert.ts'

const CAUSE: RunawayAlarm = { kind: 'runaway', claim: 'alert-c', sessionId: null, message: 'it runs' }
const PLACE = { directory: '/p/.ai-costs' }

it('does not begin what somebody else has come to the end of just before', () => {
  const [taken, begun] = [new Set<string>(), new Set<string>()]
  const system = {
    alertClaims: () => ({ isTaken: (name: string) => taken.has(name), take: () => true }),
    claims: () => ({
      take(name: string) {
        taken.add(CAUSE.claim)
        return begun.add(name).has(name)
      },
      giveUp: (name: string) => void begun.delete(name),
    }),
  }
  expect(beginAlert(CAUSE, PLACE, system)).toBe(false)
  expect(begun.size).toBe(0)
})
