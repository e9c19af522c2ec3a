import type { Finding } from '../core/finding.ts'
import { formatInstant } from '../core/timestamp.ts'
import type { Examination } from './doctor-finding.ts'
import { hookTroubles, troublesText } from './hook-notes.ts'

/** What hooks could not do today. */
export function hookTroubleFindings({ call, accounts, system }: Examination): readonly Finding[] {
  const { calendar } = accounts
  const troubles = hookTroubles(call.place, calendar, call.clock.now(), system)
  if (troubles === null) return []
  const { count, last, message } = troubles
  return [
    {
      topic: 'hooks',
      health: 'attention',
      message: troublesText(troubles, calendar),
      fix: 'mend what it names: until then agents are neither warned nor blocked there',
      facts: { troubles: count, last: formatInstant(last), message },
    },
  ]
}
