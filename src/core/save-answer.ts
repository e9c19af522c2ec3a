import { asOfText } from './answers/as-of.ts'
import { PLAIN_CHECK, answerCheck } from './answers/check.ts'
import { dueClaims } from './due-claims.ts'
import { type JudgingRules, judgeSnapshot } from './judge-snapshot.ts'
import type { Judgement } from './judgement.ts'
import type { Share } from './money.ts'
import { NO_OVERRIDES, changesAnswers } from './override.ts'
import { hasReached, pressureWithin } from './pressure.ts'
import type { CheckWords, SavedAnswer } from './saved-answer.ts'

/** What of the settings decides what is said. */
export interface AnswerRules extends JudgingRules {
  /** Shares of a limit at which an extra notice is due. */
  readonly marks: readonly Share[]
  /** Where the router begins to lower; null when it never does. */
  readonly firstStep: FirstStep | null
}

export interface FirstStep {
  readonly at: Share
  /** Ids of the budgets that drive the router. */
  readonly budgets: readonly string[]
}

/**
 * What is said while no override holds, whatever holds now. Null where the answer names the ledger's path, which every
 * call may spell in another way.
 */
export function saveAnswer(
  judgement: Judgement,
  rules: AnswerRules,
  isTaken: (claim: string) => boolean,
): SavedAnswer | null {
  const plain = withoutOverrides(judgement, rules)
  const words = checkWords(plain)
  if (words === null) return null
  return {
    ...words,
    isBelowSteps: isBelowSteps(plain, rules.firstStep),
    unclaimed: dueClaims(plain, rules.marks).filter((name) => !isTaken(name)),
  }
}

function checkWords(judgement: Judgement): CheckWords | null {
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

/** Whatever is asked for, by whichever session: what cannot be told for sure may be higher. */
function isBelowSteps({ verdicts }: Judgement, first: FirstStep | null): boolean {
  if (first === null) return true
  return verdicts
    .filter(({ budget }) => first.budgets.includes(budget.id))
    .every((verdict) => !verdict.lowerBound && !hasReached(pressureWithin(verdict), first.at))
}

function withoutOverrides(judgement: Judgement, rules: JudgingRules): Judgement {
  if (!changesAnswers(judgement.overrides)) return judgement
  return judgeSnapshot(judgement.snapshot, rules, { ...judgement, overrides: NO_OVERRIDES })
}
