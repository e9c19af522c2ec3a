import { basename } from 'node:path'
import { troubleText } from '../core/answers/check-text.ts'
import { costOf } from '../core/cost.ts'
import { jsonText } from '../core/json.ts'
import { priceFix } from '../core/judge-quality.ts'
import type { Trouble } from '../core/judgement.ts'
import { displayCost } from '../core/money.ts'
import type { UsageRecord } from '../core/record.ts'
import { recordJson } from '../core/record-text.ts'
import { notSaved, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { Unreadable } from '../system/file-system.ts'
import { NotSaved } from '../system/ledger-append.ts'
import { repositoryOf } from '../system/repository.ts'
import type { Accounts } from './accounts.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, JSON_OPTION, hasFlag, valueOf } from './command.ts'
import { correctionOf, refuseDifferences } from './correct-record.ts'
import { currentTask } from './current-task.ts'
import { type Call, type JudgingSystem, callOf, open } from './desk.ts'
import { findRecord } from './find-record.ts'
import { type Logged, LABEL_OPTIONS, readLogged } from './logged-record.ts'
import { saveRecords } from './save-records.ts'
import { troubleOf } from './trouble.ts'

export const grammar: Grammar = {
  name: 'log',
  summary: 'append one usage record to the ledger, priced',
  arguments: [
    { name: 'MODEL', summary: 'e.g. claude-sonnet-4' },
    { name: 'INPUT', summary: 'uncached input tokens' },
    { name: 'OUTPUT', summary: 'output tokens, reasoning included' },
    { name: '[CACHE_READ]', summary: 'tokens read from the cache' },
    { name: '[CACHE_WRITE]', summary: 'tokens written to the cache' },
  ],
  options: {
    ...LABEL_OPTIONS,
    correct: {
      kind: 'value',
      placeholder: 'ID',
      summary: 'make that earlier record what is given here; what is not given stays',
    },
    ...JSON_OPTION,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs log claude-sonnet-4 12000 4500 8000 3000 --task-type bugfix',
    'ai-costs log claude-sonnet-4 10000 4500 --correct 01KAJ3…',
  ],
}

export async function run(invocation: Invocation, system: JudgingSystem): Promise<Result> {
  refuseDifferences(invocation)
  const isCorrection = valueOf(invocation, 'correct') !== null
  const logged = readLogged(isCorrection ? invocation : withCurrentTask(invocation, system))
  const call = callOf(invocation, system)
  try {
    const opened = await open(call, system)
    if (opened.kind === 'open') {
      opened.reader.close()
      return (isCorrection ? correct : append)(logged, opened.accounts, call, system, invocation)
    }
    return isCorrection
      ? notCorrected(opened.troubles)
      : appendUnpriced(logged, opened.troubles, call, system)
  } catch (error) {
    if (error instanceof Unreadable) return notCorrected([troubleOf(error)])
    if (error instanceof NotSaved) return notSaved(`ai-costs: ${safeText(error.message)}\n`)
    throw error
  }
}

/** What an orchestrator works on is the task of what it logs; of what was logged earlier it says nothing. */
function withCurrentTask(
  invocation: Invocation,
  { environment }: Pick<JudgingSystem, 'environment'>,
): Invocation {
  const { taskId, enhancement } = currentTask(environment.variables)
  const labels = { 'task-id': taskId, enhancement }
  const untold = Object.entries(labels).filter(
    ([option, label]) => label !== '' && valueOf(invocation, option) === null,
  )
  return { ...invocation, options: { ...invocation.options, ...Object.fromEntries(untold) } }
}

function append(
  logged: Logged,
  accounts: Accounts,
  call: Call,
  system: JudgingSystem,
  invocation: Invocation,
): Result {
  const record = priced(completed(logged, call, system), accounts)
  saveRecords([record], call.place, system, accounts.settings.durability)
  if (hasFlag(invocation, 'json')) return success(`${jsonText(recordJson(record))}\n`)
  return success(`Logged: ${shortly(record)}\n`, remark(record))
}

/** Makes an earlier record count for what was typed, whatever corrections it has had. */
function correct(
  logged: Logged,
  accounts: Accounts,
  call: Call,
  system: JudgingSystem,
  invocation: Invocation,
): Result {
  const found = findRecord(system.ledger, call.place.directory, valueOf(invocation, 'correct') ?? '')
  const { before, after, adjustments } = correctionOf(found, logged, accounts, call.clock)
  const isNews = adjustments.length > 0
  if (isNews) saveRecords(adjustments, call.place, system, accounts.settings.durability)
  if (hasFlag(invocation, 'json')) return success(`${jsonText(recordJson(after))}\n`)
  const sentence = isNews
    ? `Corrected: ${shortly(after)}, was ${shortly(before)}\n`
    : `Nothing to correct: it is ${shortly(after)} already\n`
  return success(sentence, remark(after))
}

/** Broken settings may hide the price, but what was used is known: the record prices itself once they are mended. */
function appendUnpriced(
  logged: Logged,
  troubles: readonly Trouble[],
  call: Call,
  system: JudgingSystem,
): Result {
  const record = completed(logged, call, system)
  saveRecords([record], call.place, system, 'none')
  return success(
    `Logged: ${shortly(record)}\n`,
    `${troubleText(troubles)}ai-costs: saved without a price: mend that and it prices itself\n`,
  )
}

/** A correction needs the ledger, and the prices of what it corrects. */
function notCorrected(troubles: readonly Trouble[]): Result {
  return notSaved(`${troubleText(troubles)}ai-costs: nothing was corrected: mend that first\n`)
}

/** Fills in what was not said: the instant, an id, the project. */
function completed(logged: Logged, call: Call, { environment, files }: JudgingSystem): UsageRecord {
  const { workingDirectory } = environment
  return logged.record(call.clock, basename(repositoryOf(workingDirectory, files) ?? workingDirectory))
}

function priced(record: UsageRecord, { prices, settings }: Accounts): UsageRecord {
  if (record.costUsd !== null) return record
  const cost = costOf(record, prices, settings.costMode)
  return cost === null ? record : { ...record, costUsd: cost, costSource: 'table' }
}

/** `$0.11715 (claude-sonnet-4, 12000in/4500out)`. */
function shortly({ costUsd, model, inputTokens, outputTokens }: UsageRecord): string {
  const cost = costUsd === null ? 'unpriced' : displayCost(costUsd)
  return `${cost} (${safeText(model)}, ${inputTokens}in/${outputTokens}out)`
}

function remark(record: UsageRecord): string {
  if (record.costUsd !== null) return ''
  return `ai-costs: ${safeText(record.model)} has no price yet, the record prices itself once it has one: ${safeText(priceFix(record.model))}\n`
}
