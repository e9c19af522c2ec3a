import { type Counted, adjusted, adjustmentsTo } from '../core/adjustment.ts'
import { costOf } from '../core/cost.ts'
import type { UsageRecord } from '../core/record.ts'
import { ulid } from '../core/ulid.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { appendRecords } from './append-records.ts'
import { collectRecords } from './collect-records.ts'

/** What a task is called; `''` for no enhancement, or none that anybody named. */
export interface TaskLabels {
  readonly taskId: string
  readonly enhancement: string
}

/**
 * Makes records belong to a task, by adjustments: the ledger is only ever appended to. Says what is right, so that saying
 * it twice changes nothing. Returns how many records belonged elsewhere. Throws `NotSaved` and `Unreadable`.
 */
export function labelTask(
  ids: ReadonlySet<string>,
  labels: TaskLabels,
  accounts: Accounts,
  place: { readonly directory: string; readonly path: string },
  { ledger, clock }: Pick<System, 'ledger' | 'clock'>,
): number {
  const { prices, settings } = accounts
  const counted = (record: UsageRecord): Counted => ({
    record,
    cost: costOf(record, prices, settings.costMode),
  })
  const isMeant = ({ id, adjustment, corrects }: UsageRecord): boolean =>
    adjustment ? ids.has(corrects) : ids.has(id)
  const found = collectRecords(ledger, place.directory, null, isMeant)
  const corrections = correctionsAmong(found)
  let moved = 0
  const news: UsageRecord[] = []
  for (const record of found) {
    if (record.adjustment) continue
    const parts = [counted(record), ...(corrections.get(record.id) ?? []).map(counted)] as const
    const before = adjusted(parts)
    const target = { record: labelled(before.record, labels), cost: before.cost }
    const adjustments = adjustmentsTo(target, parts)
    if (adjustments.length > 0) moved++
    for (const adjustment of adjustments) {
      news.push({ ...adjustment, id: ulid(clock.now(), clock.random(16)), corrects: record.id })
    }
  }
  appendRecords(news, place, settings.durability, ledger)
  return moved
}

/** By the id of what they correct. */
function correctionsAmong(records: readonly UsageRecord[]): ReadonlyMap<string, readonly UsageRecord[]> {
  const corrections = new Map<string, UsageRecord[]>()
  for (const record of records) {
    if (!record.adjustment) continue
    const known = corrections.get(record.corrects)
    if (known === undefined) corrections.set(record.corrects, [record])
    else known.push(record)
  }
  return corrections
}

function labelled(record: UsageRecord, { taskId, enhancement }: TaskLabels): UsageRecord {
  return { ...record, taskId, enhancement: enhancement === '' ? record.enhancement : enhancement }
}
