import type { Judgement } from '../core/judgement.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { Accounts } from './accounts.ts'

/** What the answers stand on at this moment. */
export interface ScreenGround {
  readonly accounts: Accounts
  readonly place: LedgerPlace
  /** Later records are left out; null counts them all. */
  readonly until: number | null
  /** The latest one. */
  readonly judgement: Judgement
}
