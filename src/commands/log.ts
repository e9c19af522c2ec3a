import { basename, join } from 'node:path'
import { troubleText } from '../core/answers/check-text.ts'
import { costOf } from '../core/cost.ts'
import { jsonText } from '../core/json.ts'
import { priceFix } from '../core/judge-quality.ts'
import type { Trouble } from '../core/judgement.ts'
import { displayCost } from '../core/money.ts'
import type { UsageRecord } from '../core/record.ts'
import { recordJson, recordText } from '../core/record-text.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { Unreadable } from '../system/file-system.ts'
import type { Durability } from '../settings/settings.ts'
import { NotSaved } from '../system/ledger-append.ts'
import { LEDGER_DIRECTORY, LEDGER_FILE, type LedgerPlace } from '../system/ledger-place.ts'
import { repositoryOf } from '../system/repository.ts'
import type { Accounts } from './accounts.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, JSON_OPTION, hasFlag } from './command.ts'
import { type Call, type JudgingSystem, type Opened, callOf, open, troubleOf } from './desk.ts'
import { findRecord } from './find-record.ts'
import { type Logged, LABEL_OPTIONS, correction, readLogged } from './logged-record.ts'

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
      summary: 'adjust that record by these counts, which may be negative',
    },
    ...JSON_OPTION,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs log claude-sonnet-4 12000 4500 8000 3000 --task-type bugfix',
    'ai-costs log claude-sonnet-4 -2000 0 --correct 01KAJ3…',
  ],
}

export async function run(invocation: Invocation, system: JudgingSystem): Promise<Result> {
  const logged = readLogged(invocation)
  const call = callOf(invocation, system)
  try {
    const opened = await open(call, system)
    return opened.kind === 'open'
      ? append(logged, opened, call, system, invocation)
      : appendUnpriced(logged, opened.troubles, call, system)
  } catch (error) {
    if (error instanceof Unreadable) return notCorrected([troubleOf(error)])
    if (error instanceof NotSaved) return notSaved(`ai-costs: ${safeText(error.message)}\n`)
    throw error
  }
}

function append(
  logged: Logged,
  { accounts, reader }: Opened & { kind: 'open' },
  call: Call,
  system: JudgingSystem,
  invocation: Invocation,
): Result {
  try {
    const corrected = logged.corrects === '' ? null : findRecord(reader, logged.corrects)
    const record = priced(completed(logged, corrected, call, system), accounts)
    save(record, call, system, accounts.settings.durability)
    if (hasFlag(invocation, 'json')) return success(`${jsonText(recordJson(record))}\n`)
    return success(sentence(record), remark(record))
  } finally {
    reader.close()
  }
}

/** Broken settings may hide the price, but what was used is known: the record prices itself once they are mended. */
function appendUnpriced(
  logged: Logged,
  troubles: readonly Trouble[],
  call: Call,
  system: JudgingSystem,
): Result {
  if (logged.corrects !== '') return notCorrected(troubles)
  const record = completed(logged, null, call, system)
  save(record, call, system, 'none')
  return success(
    sentence(record),
    `${troubleText(troubles)}ai-costs: saved without a price: mend that and it prices itself\n`,
  )
}

/** A correction needs the ledger, and the prices of what it corrects. */
function notCorrected(troubles: readonly Trouble[]): Result {
  return notSaved(`${troubleText(troubles)}ai-costs: nothing was corrected: mend that first\n`)
}

function notSaved(stderr: string): Result {
  return { stdout: '', stderr, exitCode: EXIT.notSaved }
}

/** Fills in what was not said: the instant, an id, and for a correction the labels of what it corrects. */
function completed(
  logged: Logged,
  corrected: UsageRecord | null,
  call: Call,
  system: JudgingSystem,
): UsageRecord {
  if (corrected !== null) return correction(logged, corrected, call.clock)
  const { workingDirectory } = system.environment
  const folder = repositoryOf(workingDirectory, system.files) ?? workingDirectory
  return logged.record(call.clock, basename(folder))
}

function priced(record: UsageRecord, { prices, settings }: Accounts): UsageRecord {
  if (record.costUsd !== null) return record
  const cost = costOf(record, prices, settings.costMode)
  return cost === null ? record : { ...record, costUsd: cost, costSource: 'table' }
}

function save(
  record: UsageRecord,
  call: Call,
  { ledger, files, environment }: JudgingSystem,
  durability: Durability,
): void {
  const place = placeToWrite(
    call.place,
    files.isDirectory(call.place.directory),
    environment.workingDirectory,
  )
  ledger.createDirectory(place.directory)
  ledger.append(place.path, recordText(record), durability)
}

/** Without any ledger, logging begins one here, as the first entry of a project's book. */
function placeToWrite(place: LedgerPlace, exists: boolean, workingDirectory: string): LedgerPlace {
  if (exists || place.explicit) return place
  const directory = join(workingDirectory, LEDGER_DIRECTORY)
  return {
    directory,
    path: join(directory, LEDGER_FILE),
    projectDirectory: workingDirectory,
    explicit: false,
  }
}

function sentence(record: UsageRecord): string {
  const tokens = `${record.inputTokens}in/${record.outputTokens}out`
  const cost = record.costUsd === null ? 'unpriced' : displayCost(record.costUsd)
  const verb = record.adjustment ? 'Corrected' : 'Logged'
  return `${verb}: ${cost} (${safeText(record.model)}, ${tokens})\n`
}

function remark(record: UsageRecord): string {
  if (record.costUsd !== null) return ''
  return `ai-costs: ${safeText(record.model)} has no price yet, the record prices itself once it has one: ${safeText(priceFix(record.model))}\n`
}
