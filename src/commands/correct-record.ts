import { type Counted, adjusted, adjustmentsTo } from '../core/adjustment.ts'
import { costOf } from '../core/cost.ts'
import { LABEL_FIELDS, NAME_FIELDS } from '../core/record-fields.ts'
import { type MutableRecord, type UsageRecord, emptyRecord } from '../core/record.ts'
import { ulid } from '../core/ulid.ts'
import type { Clock } from '../system/clock.ts'
import type { Accounts } from './accounts.ts'
import { type Invocation, UsageError, valueOf } from './command.ts'
import type { FoundRecord } from './find-record.ts'
import type { Logged } from './logged-record.ts'

/** What a correction does to a record. */
export interface Correction {
  /** The record as it counts without it, and with it. */
  readonly before: UsageRecord
  readonly after: UsageRecord
  /** What has to be appended; nothing when the record counts as it should. */
  readonly adjustments: readonly UsageRecord[]
}

/**
 * A correction says what is right, so that saying it twice changes nothing; a difference would be taken off each time,
 * down to less than nothing. Throws `UsageError`.
 */
export function refuseDifferences(invocation: Invocation): void {
  const correct = valueOf(invocation, 'correct')
  if (correct === null) return
  if (correct === '') {
    throw new UsageError('--correct is empty: name the id of a record, or leave the option out')
  }
  if (valueOf(invocation, 'id') !== null) {
    throw new UsageError('--id and --correct exclude each other: leave out --id, a record keeps its own')
  }
  const numbers = [...invocation.arguments.slice(1), valueOf(invocation, 'cost') ?? '']
  const difference = numbers.find((text) => text.startsWith('-'))
  if (difference === undefined) return
  throw new UsageError(
    `${difference} is less than nothing, and nothing was saved: with --correct, say what the record should have been`,
  )
}

/** Works out the adjustments that make a record count for what was typed, and for nothing else. */
export function correctionOf(
  { record, adjustments }: FoundRecord,
  logged: Logged,
  accounts: Accounts,
  clock: Clock,
): Correction {
  const counted = (part: UsageRecord): Counted => ({ record: part, cost: costIn(accounts, part) })
  const parts = [counted(record), ...adjustments.map(counted)] as const
  const before = adjusted(parts)
  const after = priced(shouldHaveBeen(logged, before.record), before, accounts)
  return {
    before: before.record,
    after: after.record,
    adjustments: adjustmentsTo(after, parts).map((adjustment) => ({
      ...adjustment,
      id: ulid(clock.now(), clock.random(16)),
      corrects: record.id,
    })),
  }
}

/** What was typed, and for everything else what it counts as now. */
function shouldHaveBeen({ typed, counts }: Logged, current: UsageRecord): UsageRecord {
  const record: MutableRecord = { ...current }
  record.timestamp = typed.timestamp ?? current.timestamp
  record.durationSeconds = typed.durationSeconds
  record.costUsd = typed.costUsd
  record.costSource = typed.costSource
  for (const label of LABELS) if (typed[label] !== EMPTY[label]) record[label] = typed[label]
  for (const count of counts) record[count] = typed[count]
  // Nobody can type these, and there are never more of them than of all cache writes.
  record.cacheWrite1hTokens = Math.min(current.cacheWrite1hTokens, record.cacheWriteTokens)
  return record
}

const EMPTY = emptyRecord()
/** What a record is called by, but for its identity. */
const LABELS = Object.values({ ...NAME_FIELDS, ...LABEL_FIELDS }).filter(
  (label) => label !== 'id' && label !== 'corrects',
)

/** Where nobody can tell what the corrected counts cost, the cost is the one thing that was not corrected. */
function priced(record: UsageRecord, before: Counted, accounts: Accounts): Counted {
  const cost = costIn(accounts, record)
  if (cost !== null) {
    return { record: { ...record, costUsd: cost, costSource: record.costSource ?? 'table' }, cost }
  }
  const kept = record.model === before.record.model ? before.cost : null
  return { record: { ...record, costUsd: kept, costSource: before.record.costSource }, cost: kept }
}

function costIn({ prices, settings }: Accounts, record: UsageRecord) {
  return costOf(record, prices, settings.costMode)
}
