import { asOfText } from './answers/as-of.ts'
import { PLAIN_CHECK, answerCheck } from './answers/check.ts'
import type { Judgement } from './judgement.ts'
import type { SavedAnswer } from './saved-answer.ts'

/** Null where the answer names the ledger's path, which every call may spell in another way. */
export function saveAnswer(judgement: Judgement): SavedAnswer | null {
  if (judgement.allRecords === 0) return null
  const { stdout, stderr, exitCode } = answerCheck(judgement, PLAIN_CHECK)
  if (typeof stdout !== 'string') return null
  // The last one: names that the ledger gave stand before it.
  const minute = asOfText(judgement.snapshot.asOf)
  const at = stdout.lastIndexOf(minute)
  return at < 0
    ? null
    : { before: stdout.slice(0, at), after: stdout.slice(at + minute.length), stderr, exitCode }
}
