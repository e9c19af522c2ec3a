import { claimsOf, crossingsOf } from './alert.ts'
import type { Judgement } from './judgement.ts'
import type { Share } from './money.ts'
import { runawayAlarms } from './runaway.ts'

/** The names of all claims that exist once every alert that a judgement asks for was raised. */
export function dueClaims(
  { verdicts, snapshot }: Pick<Judgement, 'verdicts' | 'snapshot'>,
  marks: readonly Share[],
): readonly string[] {
  return [...crossingsOf(verdicts, marks), ...runawayAlarms(snapshot)].flatMap(claimsOf)
}
