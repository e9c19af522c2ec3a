import { troubleText } from '../core/answers/check-text.ts'
import { costOf } from '../core/cost.ts'
import { groupOf, matchesScope } from '../core/groups.ts'
import type { UsageRecord } from '../core/record.ts'
import { EXIT, cannotTell, type Result } from '../core/result.ts'
import { countOf } from '../formats/count.ts'
import { RECORD_FORMATS, type RecordFormat } from '../formats/record-rows.ts'
import type { DaySpan } from '../reports/day-span.ts'
import type { Filter } from '../reports/usage.ts'
import { Unreadable } from '../system/file-system.ts'
import type { OpenLedger } from '../system/ledger.ts'
import type { Accounts } from './accounts.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, choiceOf } from './command.ts'
import { type JudgingSystem, callOf, open } from './desk.ts'
import { FILTER_OPTIONS, filterOf } from './filter-options.ts'
import { foldForIdentities } from './identity-fold.ts'
import { SPAN_OPTIONS, spanOf } from './span-options.ts'
import { troubleOf } from './trouble.ts'

const FORMATS = Object.keys(RECORD_FORMATS) as (keyof typeof RECORD_FORMATS)[]

export const grammar: Grammar = {
  name: 'export',
  summary: 'every record that counts, once, with what it costs: for spreadsheets and other programs',
  arguments: [],
  options: {
    format: {
      kind: 'value',
      placeholder: 'FORMAT',
      summary: 'how it is written; default: csv',
      choices: FORMATS,
    },
    ...SPAN_OPTIONS,
    ...FILTER_OPTIONS,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs export --month 2025-12 > december.csv',
    'ai-costs export --format jsonl | jq .cost_usd',
  ],
}

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: JudgingSystem): Promise<Result> {
  const format = RECORD_FORMATS[choiceOf(invocation, 'format', FORMATS, 'csv')]
  const filter = filterOf(invocation)
  const call = callOf(invocation, system)
  try {
    const opened = await open(call, system)
    if (opened.kind === 'trouble') return cannotTell(troubleText(opened.troubles))
    const { accounts } = opened
    opened.reader.close()
    const asOf = call.clock.now()
    const { span } = spanOf(invocation, accounts.calendar, accounts.calendar.dayOf(asOf), 'all')
    const reader = system.ledger.reader(call.place.directory, foldForIdentities(asOf, call.until))
    const isWanted = wantedBy(filter, span, accounts)
    return exported(reader, format, (record) => (isWanted(record) ? counted(record, accounts) : null))
  } catch (error) {
    if (error instanceof Unreadable) return cannotTell(troubleText([troubleOf(error)]))
    throw error
  }
}

/** Reads the ledger for the identities of its records; the records themselves are read again while they are printed. */
function exported(
  reader: OpenLedger,
  format: RecordFormat,
  told: (record: UsageRecord) => UsageRecord | null,
): Result {
  try {
    const { findings } = reader.look().fold
    return {
      stdout: rowsOf(reader, format, told),
      stderr: remarkOn(findings.badLines + findings.rejected),
      exitCode: EXIT.ok,
    }
  } catch (error) {
    reader.close()
    throw error
  }
}

/** In pieces: there may be more of it than fits into memory. */
async function* rowsOf(
  reader: OpenLedger,
  { head, row }: RecordFormat,
  told: (record: UsageRecord) => UsageRecord | null,
): AsyncGenerator<string> {
  try {
    let piece = head
    const steps = reader.records((record) => {
      const one = told(record)
      if (one !== null) piece += row(one)
    })
    for (const _ of steps) {
      yield piece
      piece = ''
    }
    yield piece
  } finally {
    reader.close()
  }
}

function wantedBy(
  { scope, session }: Filter,
  { first, next }: DaySpan,
  { calendar }: Accounts,
): (record: UsageRecord) => boolean {
  const isAllTime = first === -Infinity && next === Infinity
  const isInside = ({ timestamp }: UsageRecord): boolean => {
    if (isAllTime) return true
    const day = timestamp === null ? NaN : calendar.dayOf(timestamp)
    return day >= first && day < next
  }
  const isAll = Object.keys(scope).length === 0
  return (record) =>
    isInside(record) &&
    (session === null || record.sessionId === session) &&
    (isAll || matchesScope(scope, groupOf(record)))
}

/** The record with the cost that it counts for, so that a sum of them is the total of a report. */
function counted(record: UsageRecord, { prices, settings }: Accounts): UsageRecord {
  const cost = costOf(record, prices, settings.costMode)
  if (cost === record.costUsd) return record
  return { ...record, costUsd: cost, costSource: cost === null ? null : 'table' }
}

function remarkOn(leftOut: number): string {
  return leftOut === 0
    ? ''
    : `${countOf(leftOut, 'line')} could not be read and are left out: ai-costs check says where\n`
}
