import { durationText } from '../core/duration.ts'
import { jsonText } from '../core/json.ts'
import { notSaved, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { looksSecret } from '../core/secrets.ts'
import { formatInstant } from '../core/timestamp.ts'
import { type TrackedSession, trackedText } from '../core/tracked-session.ts'
import { ulid } from '../core/ulid.ts'
import { Attribution } from './attribution.ts'
import { type Invocation, UsageError, hasFlag, valueOf } from './command.ts'
import { type Call, callOf } from './desk.ts'
import { orNotDone, runningSession } from './running-session.ts'
import { placeToWrite } from './save-records.ts'
import type { TrackingSystem } from './tracked-usage.ts'

const LONGEST_NAME = 200

/** `session start NAME`: from now on there is a session to log into. Throws `UsageError`. */
export function startSession(
  invocation: Invocation,
  words: readonly string[],
  system: TrackingSystem,
): Promise<Result> {
  const name = nameOf(words)
  const call = callOf(invocation, system)
  return orNotDone(async () => {
    const place = placeToWrite(call.place, system)
    system.ledger.createDirectory(place.directory)
    const session = sessionNamed(name, invocation, call, system)
    if (!system.tracked(place.directory).begin(trackedText(session))) {
      return notSaved(alreadyRunning(runningSession(place, system)?.session ?? null, session.startedAt))
    }
    if (hasFlag(invocation, 'json')) return success(`${jsonText(sessionJson(session))}\n`)
    const about = [session.project, ...(session.model === '' ? [] : [session.model])].map(safeText).join(', ')
    return success(
      `Started: ${safeText(name)} (${about})\nlog into it with: ai-costs session log INPUT OUTPUT, end it with: ai-costs session end\n`,
    )
  })
}

/** As it comes from the shell, quoted or not. Throws `UsageError`. */
function nameOf(words: readonly string[]): string {
  const name = words.join(' ').trim()
  if (name === '') {
    throw new UsageError('session start needs a NAME: write it like ai-costs session start "JWT development"')
  }
  if (name.length > LONGEST_NAME) {
    throw new UsageError(`NAME is longer than ${LONGEST_NAME} characters: shorten it`)
  }
  if (looksSecret(name)) throw new UsageError('NAME looks like a secret key: choose another')
  return name
}

function sessionNamed(
  name: string,
  invocation: Invocation,
  { clock }: Call,
  { environment, files, git }: TrackingSystem,
): TrackedSession {
  const folder = environment.workingDirectory
  return {
    id: ulid(clock.now(), clock.random(16)),
    name,
    startedAt: clock.now(),
    // As imports call it, so that what agents do meanwhile is found.
    project: textOf(invocation, 'project') ?? new Attribution(files).projectOf(folder).name,
    folder,
    model: textOf(invocation, 'model') ?? '',
    commit: git.look(folder)?.commit ?? '',
  }
}

/** Throws `UsageError` for an empty one, which an unset variable in a script leaves, and for what has no place in a ledger. */
function textOf(invocation: Invocation, option: string): string | null {
  const value = valueOf(invocation, option)
  if (value === null) return null
  if (value.trim() === '') throw new UsageError(`--${option} is empty: name one, or leave the option out`)
  if (value.length > LONGEST_NAME) {
    throw new UsageError(`--${option} is longer than ${LONGEST_NAME} characters: shorten it`)
  }
  if (looksSecret(value)) throw new UsageError(`--${option} looks like a secret key: leave it out`)
  return value
}

function alreadyRunning(running: TrackedSession | null, now: number): string {
  if (running === null) return 'ai-costs: another session has just run, and nothing was started: call again\n'
  const since = durationText(now - running.startedAt)
  return `ai-costs: "${safeText(running.name)}" has been running for ${since}, nothing was started: end it with ai-costs session end, or go on with it\n`
}

function sessionJson({ id, name, startedAt, project, model, commit }: TrackedSession) {
  const session = { id, name, started_at: formatInstant(startedAt), project, model: model || null }
  return { schema: 1, session: { ...session, commit: commit || null } }
}
