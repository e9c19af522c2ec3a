import { type MutableRecord, emptyRecord } from '../core/record.ts'
import type { Told } from './collapse.ts'

/** Records as rows of values, which another thread is handed in a third of the time that objects take. */
export type PackedTold = readonly PackedRow[]

type Value = MutableRecord[keyof MutableRecord]
type PackedRow = readonly [cwd: string, response: string, isFinal: boolean, values: readonly Value[]]

export function packTold(told: readonly Told[]): PackedTold {
  return told.map(({ record, cwd, response, isFinal }) => [cwd, response, isFinal, Object.values(record)])
}

export function unpackTold(packed: PackedTold): Told[] {
  return packed.map(([cwd, response, isFinal, values]) => {
    const record = emptyRecord()
    // Every record has the same keys in the same order.
    KEYS.forEach((key, nth) => setField(record, key, values[nth]))
    return { record, cwd, response, isFinal, isUpdate: false }
  })
}

const KEYS = Object.keys(emptyRecord()) as (keyof MutableRecord)[]

function setField(record: Record<string, unknown>, key: string, value: unknown): void {
  record[key] = value
}
