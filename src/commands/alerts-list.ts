import { type LoggedEntry, loggedEntries } from '../core/alert-log.ts'
import { troubleText } from '../core/answers/check-text.ts'
import { parseDuration } from '../core/duration-text.ts'
import { type Json, jsonText } from '../core/json.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { formatInstant, parseTimestamp } from '../core/timestamp.ts'
import { loggedText } from '../formats/alert-text.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import { alertSettings } from './alerts-settings.ts'
import { type Invocation, UsageError, hasFlag, valueOf } from './command.ts'
import { type JudgingSystem, callOf } from './desk.ts'
import { troubleOf } from './trouble.ts'

type ListingSystem = JudgingSystem & Pick<System, 'alertLog'>

/** Bytes of the log that are looked through, which is all of it and what came before. */
const MOST_BYTES = 6 << 20

/** `alerts list`: the newest first; with `--now` those of before. Throws `UsageError`. */
export async function listAlerts(invocation: Invocation, system: ListingSystem): Promise<Result> {
  const call = callOf(invocation, system)
  const since = sinceOf(valueOf(invocation, 'since'), call.clock.now())
  try {
    const { notifications } = await alertSettings(call, system)
    const { path } = system.alertLog(call.place.directory, notifications.file)
    const entries = [path, `${path}.1`]
      .flatMap((file) => loggedEntries(system.files.readEnd(file, MOST_BYTES) ?? ''))
      .filter(({ timestamp }) => timestamp >= since && timestamp <= (call.until ?? Infinity))
    if (hasFlag(invocation, 'json')) return success(asJson(entries))
    return entries.length === 0
      ? success('', `ai-costs: no alert is on record in ${safeText(path)}\n`)
      : success(entries.map(loggedText).join(''))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { stdout: '', stderr: troubleText([troubleOf(error)]), exitCode: EXIT.cannotTell }
  }
}

/** A span before now, or an instant. */
function sinceOf(text: string | null, now: number): number {
  if (text === null) return -Infinity
  const span = parseDuration(text)
  const since = span === null ? parseTimestamp(text) : now - span
  if (since === null) {
    throw new UsageError('--since is no span and no instant: write it like 24h, 7d or 2025-12-15T14:30:00Z')
  }
  return since
}

function asJson(entries: readonly LoggedEntry[]): string {
  return `${jsonText({ schema: 1, alerts: entries.map(entryJson) })}\n`
}

/** As it was logged; of the fields only those that we write. */
function entryJson({ id, timestamp, kind, message, fields }: LoggedEntry): Json {
  const known = LOGGED.flatMap((key) => {
    const value = jsonOf(fields[key])
    return value === undefined ? [] : [[key, value] as const]
  })
  return { id, timestamp: formatInstant(timestamp), kind, ...Object.fromEntries(known), message }
}

const LOGGED = [
  'level',
  'threshold',
  'budget',
  'scope',
  'session_id',
  'period',
  'spent_usd',
  'limit_usd',
  'lower_bound',
  'ratio',
  'exceeded',
  'silence',
  'channel',
] as const

function jsonOf(value: unknown): Json | undefined {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value
  }
  if (typeof value !== 'object' || Array.isArray(value)) return undefined
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(texts)
}
