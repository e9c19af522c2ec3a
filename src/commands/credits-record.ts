import { troubleText } from '../core/answers/check-text.ts'
import { type CreditEntry, type CreditKind, creditJson, isCredit } from '../core/credit.ts'
import { jsonText } from '../core/json.ts'
import { displayMoney, parseMoney } from '../core/money.ts'
import { notSaved, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { ulid } from '../core/ulid.ts'
import { untilText } from '../formats/until-text.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { Accounts } from './accounts.ts'
import { type Invocation, UsageError, hasFlag, valueOf } from './command.ts'
import { appendCredit } from './credits-file.ts'
import { dayOption } from './day-option.ts'
import { type Call, type JudgingSystem, callOf, open } from './desk.ts'

/** `credits set AMOUNT` and `credits add AMOUNT`: from now on, or from the beginning of a day. Throws `UsageError`. */
export async function recordCredit(
  kind: CreditKind,
  invocation: Invocation,
  system: JudgingSystem,
): Promise<Result> {
  const amount = amountOf(kind, invocation)
  const model = valueOf(invocation, 'model')
  if (model === '') throw new UsageError('--model is empty: name one, or leave the option out')
  const call = callOf(invocation, system)
  const opened = await open(call, system)
  if (opened.kind === 'trouble') {
    return notSaved(`${troubleText(opened.troubles)}ai-costs: nothing was saved: mend that first\n`)
  }
  const { accounts, reader } = opened
  reader.close()
  const now = call.clock.now()
  const entry: CreditEntry = {
    id: ulid(now, call.clock.random(16)),
    kind,
    timestamp: instantOf(invocation, accounts, now),
    amount,
    model,
  }
  return save(entry, call, accounts, hasFlag(invocation, 'json'), system)
}

function save(
  entry: CreditEntry,
  call: Call,
  { calendar }: Accounts,
  asJson: boolean,
  system: JudgingSystem,
) {
  try {
    appendCredit(call.place, entry, system)
  } catch (error) {
    if (!(error instanceof NotSaved)) throw error
    return notSaved(`ai-costs: ${safeText(error.message)}\n`)
  }
  if (asJson) return success(`${jsonText(creditJson(entry))}\n`)
  const amount = displayMoney(entry.amount)
  const from = untilText(entry.timestamp, calendar)
  return success(
    entry.kind === 'set' ? `The balance is ${amount} at ${from}\n` : `Added ${amount} at ${from}\n`,
  )
}

/** At most fifteen digits, because what is written down must be the same when it is read again. */
function amountOf(kind: CreditKind, { arguments: [, text] }: Invocation) {
  const example = `write it like ai-costs credits ${kind} ${kind === 'set' ? '876' : '100'}`
  if (text === undefined) throw new UsageError(`AMOUNT is missing: ${example}`)
  const plain = text.replace(/^[+$]/, '')
  const amount = /^\d{1,9}(\.\d{1,6})?$/.test(plain) ? parseMoney(plain) : null
  if (amount === null || !isCredit(amount, kind))
    throw new UsageError(`"${text}" is no amount of dollars: ${example}`)
  return amount
}

function instantOf(invocation: Invocation, { calendar }: Accounts, now: number): number {
  const today = calendar.dayOf(now)
  const day = dayOption(invocation, 'on', today)
  if (day === null) return now
  if (day > today) throw new UsageError('--on is a day to come: ask again when the credits are there')
  return calendar.startOfDay(day)
}
