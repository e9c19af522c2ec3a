import type { Finding } from '../core/finding.ts'
import type { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import type { Call } from './desk.ts'

/** What every examination stands on. Where settings are broken, the built-in ones stand in for them. */
export interface Examination {
  readonly call: Call
  readonly accounts: Accounts
  readonly system: System
}

/** A finding about a file that is there and cannot be read. */
export function unreadableFinding(topic: string, { path, message, fix }: Unreadable): Finding {
  return { topic, health: 'broken', message: `${path} ${message}`, fix, facts: { path } }
}
