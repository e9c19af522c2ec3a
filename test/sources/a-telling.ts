import { emptyRecord, type UsageRecord } from '../../src/core/record.ts'
import type { Told } from '../../src/sources/collapse.ts'

export interface Telling extends Partial<Pick<Told, 'cwd' | 'response' | 'isFinal'>> {
  readonly record?: Partial<UsageRecord>
}

/** What a file tells of one response; the record is a new one each time. */
export function aTelling({ record = {}, ...rest }: Telling = {}): Told {
  return {
    record: { ...emptyRecord(), id: 'r1', model: 'claude-sonnet-5', tool: 'claude-code', ...record },
    cwd: '/home/u/app',
    response: '',
    isFinal: true,
    isUpdate: false,
    ...rest,
  }
}
