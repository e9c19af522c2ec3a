import { decodeRecord } from '../core/decode.ts'
import { COUNT_FIELDS } from '../core/record-fields.ts'
import type { UsageRecord } from '../core/record.ts'
import { looksSecret } from '../core/secrets.ts'
import { ulid } from '../core/ulid.ts'
import type { Clock } from '../system/clock.ts'
import { type Invocation, type OptionSpec, UsageError, valueOf } from './command.ts'

/** Options of `log` that say a field of the record. */
export const LABEL_OPTIONS = {
  project: {
    kind: 'value',
    placeholder: 'NAME',
    summary: 'default: the name of the git repository or folder',
  },
  session: { kind: 'value', placeholder: 'ID', summary: 'default: a session of its own' },
  'task-type': { kind: 'value', placeholder: 'TYPE', summary: 'e.g. bugfix, feature, review' },
  tool: { kind: 'value', placeholder: 'NAME', summary: 'e.g. claude-code, codex' },
  note: { kind: 'value', placeholder: 'TEXT', summary: 'a few words of your own; never a prompt' },
  'task-id': {
    kind: 'value',
    placeholder: 'ID',
    summary: 'the task this belongs to; default: $AI_COSTS_TASK',
  },
  enhancement: {
    kind: 'value',
    placeholder: 'NAME',
    summary: 'the enhancement this belongs to; default: $AI_COSTS_ENHANCEMENT',
  },
  'project-code': { kind: 'value', placeholder: 'CODE', summary: 'the code to bill' },
  branch: { kind: 'value', placeholder: 'NAME', summary: 'the git branch' },
  machine: { kind: 'value', placeholder: 'NAME', summary: 'the machine' },
  duration: { kind: 'value', placeholder: 'SECONDS', summary: 'how long it took' },
  cost: { kind: 'value', placeholder: 'USD', summary: 'what the tool itself reported; default: our price' },
  timestamp: { kind: 'value', placeholder: 'INSTANT', summary: 'when it happened; default: now' },
  id: { kind: 'value', placeholder: 'ID', summary: 'a stable id: logging it twice counts once' },
} as const satisfies Record<string, OptionSpec>

/** Which option says which field. */
const FIELD_OF: Readonly<Record<keyof typeof LABEL_OPTIONS, string>> = {
  project: 'project',
  session: 'session_id',
  'task-type': 'task_type',
  tool: 'tool',
  note: 'note',
  'task-id': 'task_id',
  enhancement: 'enhancement',
  'project-code': 'project_code',
  branch: 'branch',
  machine: 'machine',
  duration: 'duration_seconds',
  cost: 'cost_usd',
  timestamp: 'timestamp',
  id: 'id',
}

type CountField = (typeof COUNT_FIELDS)[keyof typeof COUNT_FIELDS]

/** The arguments behind MODEL, and the fields that they fill. */
const COUNT_ARGUMENTS = {
  input_tokens: COUNT_FIELDS.input_tokens,
  output_tokens: COUNT_FIELDS.output_tokens,
  cache_read_tokens: COUNT_FIELDS.cache_read_tokens,
  cache_write_tokens: COUNT_FIELDS.cache_write_tokens,
} as const

/** A record as it was typed, before the clock and the folder fill in the rest. */
export interface Logged {
  readonly typed: UsageRecord
  /** The counts that were typed; the others are zero, or what they were. */
  readonly counts: readonly CountField[]
  /** The whole record; `project` stands in when none was named. */
  readonly record: (clock: Clock, project: string) => UsageRecord
}

/** Checks what was typed by the very rules that decide what a ledger line is worth. Throws `UsageError`. */
export function readLogged(invocation: Invocation): Logged {
  if (invocation.arguments[0]?.trim() === '')
    throw new UsageError('MODEL is empty: name one such as claude-sonnet-4')
  const decoded = decodeRecord(typedFields(invocation))
  if (decoded.kind !== 'record')
    throw new UsageError(`${decoded.reason}: nothing was saved, correct the call`)
  refuseUnreadable(invocation, decoded.record)
  refuseSecrets(decoded.record)
  const typed = {
    ...decoded.record,
    costSource: decoded.record.costUsd === null ? null : ('tool' as const),
  }
  return {
    typed,
    counts: Object.values(COUNT_ARGUMENTS).slice(0, invocation.arguments.length - 1),
    record: (clock, project) => ({
      ...typed,
      id: typed.id === '' ? ulid(clock.now(), clock.random(16)) : typed.id,
      timestamp: typed.timestamp ?? clock.now(),
      sessionId: valueOf(invocation, 'session') ?? ulid(clock.now(), clock.random(16)),
      project: valueOf(invocation, 'project') ?? project,
      // A call sums what a whole session used, so tiers of single requests do not apply.
      aggregate: true,
    }),
  }
}

function typedFields(invocation: Invocation): Record<string, unknown> {
  const labels = Object.entries(FIELD_OF).map(([option, field]) => [
    field,
    valueOf(invocation, option) ?? undefined,
  ])
  const counts = ['model', ...Object.keys(COUNT_ARGUMENTS)].map((field, nth) => [
    field,
    invocation.arguments[nth],
  ])
  return Object.fromEntries([...labels, ...counts])
}

/** What a reader would drop in silence, a writer should hear about. */
function refuseUnreadable(invocation: Invocation, record: UsageRecord): void {
  if (valueOf(invocation, 'timestamp') !== null && record.timestamp === null) {
    throw new UsageError('--timestamp is no instant: write it like 2025-12-15T14:30:00Z')
  }
  if (valueOf(invocation, 'duration') !== null && record.durationSeconds === null) {
    throw new UsageError('--duration is no number of seconds: write it like 12.5')
  }
}

function refuseSecrets(record: UsageRecord): void {
  for (const [key, value] of Object.entries(record)) {
    if (typeof value !== 'string') continue
    if (looksSecret(value))
      throw new UsageError(`${key} looks like a secret key, which has no place in a ledger: leave it out`)
    if (value.length > 512) throw new UsageError(`${key} is longer than 512 characters: shorten it`)
  }
}
