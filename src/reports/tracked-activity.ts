import type { ExplainedRecord } from '../core/cost-summary.ts'
import { pricedSum } from '../core/priced-sum.ts'
import { UNKNOWN } from '../core/record.ts'
import { type Table, type Value, count, instant, money, name, word } from '../core/report.ts'
import type { TrackedFacts } from './tracked-facts.ts'

/** What was done when: each entry that was logged, and each session of an agent in one row. */
export function activityTable({ logged, meanwhile }: TrackedFacts): Table {
  const entries = [...logged.map((one) => entryOf([one])), ...sessionsOf(meanwhile).map(entryOf)]
  const inOrder = entries.toSorted((a, b) => a.at - b.at)
  return {
    kind: 'table',
    key: 'activity',
    title: 'Activity',
    columns: [
      { key: 'at', title: 'at' },
      { key: 'task_type', title: 'operation' },
      { key: 'tool', title: 'by', expendable: 3 },
      { key: 'model', title: 'model' },
      { key: 'input_tokens', title: 'input', expendable: 1 },
      { key: 'output_tokens', title: 'output', expendable: 2 },
      { key: 'cost_usd', title: 'cost' },
      { key: 'context', title: 'context' },
    ],
    rows: inOrder.map(({ values }) => values),
    total: null,
    left: 0,
  }
}

interface Entry {
  /** Epoch milliseconds; what has no instant comes first. */
  readonly at: number
  readonly values: readonly Value[]
}

function entryOf(records: readonly ExplainedRecord[]): Entry {
  const { tokens, usd, lowerBound } = pricedSum(records)
  const [first] = records
  const last = records.at(-1)
  if (first === undefined || last === undefined) throw new Error('an entry has a record')
  const { timestamp, note, sessionId } = first.record
  const { tool, model, taskType } = last.record
  return {
    at: timestamp ?? 0,
    values: [
      instant(timestamp),
      first.record.adjustment ? word('correction') : name(taskType),
      tool === UNKNOWN ? word('by hand') : name(tool),
      name(model),
      count(tokens.input),
      count(tokens.output),
      money(usd, lowerBound),
      records.length === 1 && note !== '' ? name(note) : contextOf(records.length, sessionId),
    ],
  }
}

/** An agent says nothing of what it was about; how much of it there was can be told. */
function contextOf(records: number, sessionId: string): Value {
  return records === 1 ? word('') : name(`${records} requests, session ${sessionId}`)
}

function sessionsOf(records: readonly ExplainedRecord[]): readonly (readonly ExplainedRecord[])[] {
  const sessions = new Map<string, ExplainedRecord[]>()
  for (const one of records) {
    const known = sessions.get(one.record.sessionId)
    if (known === undefined) sessions.set(one.record.sessionId, [one])
    else known.push(one)
  }
  return [...sessions.values()]
}
