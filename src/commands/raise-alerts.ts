import { resolve } from 'node:path'
import { type AlertCause, claimsOf, crossingsOf } from '../core/alert.ts'
import { type Alert, alertLine } from '../core/alert-log.ts'
import { alertText } from '../core/alert-text.ts'
import type { Judgement } from '../core/judgement.ts'
import { runawayAlarms } from '../core/runaway.ts'
import { silenceAt } from '../core/silence.ts'
import { hasDesktop } from '../core/terminal-notice.ts'
import { ulid } from '../core/ulid.ts'
import type { Notifications } from '../settings/settings.ts'
import type { AlertLog } from '../system/alert-log.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { beginAlert, endAlert, unrecorded } from './claim-alerts.ts'
import type { Call } from './desk.ts'
import { ownPlace } from './own-place.ts'

export type AlertingSystem = Pick<
  System,
  'alertClaims' | 'alertLog' | 'background' | 'claims' | 'environment' | 'files' | 'outbox'
>

export interface AlertingInput {
  readonly call: Call
  readonly judgement: Judgement
  readonly accounts: Pick<Accounts, 'settings' | 'calendar'>
}

export interface RaisedAlerts {
  /** Those that were raised now, silent ones included. */
  readonly alerts: readonly Alert[]
  /** Causes that nobody could claim, and that so were not raised: nobody knows who has raised them already. */
  readonly unclaimed: readonly AlertCause[]
  /** What there is to say about that, as sentences. */
  readonly notes: readonly string[]
}

/** All causes of an alert in a judgement, whether or not they were raised before. */
export function causesOf({ judgement, accounts }: AlertingInput): readonly AlertCause[] {
  const { verdicts, snapshot } = judgement
  return [...crossingsOf(verdicts, accounts.settings.marks), ...runawayAlarms(snapshot)]
}

/**
 * Raises what nobody has raised before: puts it on record, has another process tell whoever wants to be told, and claims
 * it then, so that what nobody could be told of is tried again. Waits for nobody and never throws; nothing is raised as
 * of some other instant.
 */
export function raiseAlerts(input: AlertingInput, system: AlertingSystem): RaisedAlerts {
  const { call } = input
  if (!call.raisesAlerts) return NOTHING
  const { isTaken } = system.alertClaims(call.place.directory)
  const due = causesOf(input).filter((cause) => !claimsOf(cause).every(isTaken))
  if (due.length === 0) return NOTHING
  const begun: AlertCause[] = []
  const busy: AlertCause[] = []
  const refused = noteOf(() => {
    ownPlace(call.place, system, 'logged')
    for (const cause of due) (beginAlert(cause, call.place, system) ? begun : busy).push(cause)
  })
  const { path } = alertLogOf(input, system)
  const alerts = alertsOf(unrecorded(begun, path, system), input)
  const { isTold, notes } = tell(alerts, input, system)
  const unsaid = noteOf(() => begun.forEach((cause) => endAlert(cause, isTold, call.place, system)))
  const unclaimed = due.filter((cause) => !begun.includes(cause) && !busy.includes(cause))
  return { alerts, unclaimed, notes: [...refused, ...notes, ...unsaid] }
}

const NOTHING: RaisedAlerts = { alerts: [], unclaimed: [], notes: [] }

function alertsOf(
  causes: readonly AlertCause[],
  { call: { clock }, judgement, accounts }: AlertingInput,
): readonly Alert[] {
  const now = clock.now()
  const { quiet } = accounts.settings.notifications
  const silence = silenceAt(judgement.overrides.snoozedUntil, quiet, accounts.calendar.clock(now))
  return causes.toSorted(worstFirst).map((cause) => ({
    id: ulid(now, clock.random(16)),
    timestamp: now,
    cause,
    message: alertText(cause),
    silence,
  }))
}

interface Told {
  /** Somebody was, or can look it up. */
  readonly isTold: boolean
  /** What there is to say about it. */
  readonly notes: readonly string[]
}

/** First the record: an alert that somebody was told of can be looked up. */
function tell(alerts: readonly Alert[], input: AlertingInput, system: AlertingSystem): Told {
  if (alerts.length === 0) return { isTold: true, notes: [] }
  const { notifications } = input.accounts.settings
  const lines = alerts.map(alertLine).join('\n')
  const disturbs = alerts.some(({ silence }) => silence === null) && wantsDelivery(notifications, system)
  const unlogged = noteOf(() => alertLogOf(input, system).append(lines))
  const undelivered = disturbs ? noteOf(() => deliverSoon(input.call, lines, system)) : []
  return {
    isTold: unlogged.length === 0 || (disturbs && undelivered.length === 0),
    notes: [...unlogged, ...undelivered],
  }
}

function alertLogOf({ call, accounts }: AlertingInput, { alertLog }: Pick<System, 'alertLog'>): AlertLog {
  return alertLog(call.place.directory, accounts.settings.notifications.file)
}

/** Where there is room for a few, they should be those that matter. */
function worstFirst(a: AlertCause, b: AlertCause): number {
  return GRAVITY.indexOf(gravityOf(a)) - GRAVITY.indexOf(gravityOf(b))
}

const GRAVITY = ['critical', 'runaway', 'warning', 'ok'] as const

function gravityOf(cause: AlertCause): (typeof GRAVITY)[number] {
  return cause.kind === 'runaway' ? 'runaway' : cause.level
}

/** Takes a step; where that fails, answers why. */
function noteOf(step: () => void): readonly string[] {
  try {
    step()
    return []
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof NotSaved) return [`alerts: ${message}`]
    return [`alerts are not raised: ${message}; give this user the right to write there`]
  }
}

function wantsDelivery(
  { desktop, webhook }: Notifications,
  { environment }: Pick<System, 'environment'>,
): boolean {
  return webhook !== null || (desktop && hasDesktop(environment.variables, environment.platform))
}

/** The words that start the other process name places only: others can read them, and a shell may have. */
function deliverSoon(call: Call, lines: string, system: AlertingSystem): void {
  const { clock, place, settingsPlaces } = call
  system.outbox(place.directory).put(ulid(clock.now(), clock.random(16)), lines)
  const config = settingsPlaces.find(({ trust }) => trust === 'explicit')
  const words = [
    'notify',
    `--dir=${resolve(place.directory)}`,
    ...(config === undefined ? [] : [`--config=${resolve(config.directory)}`]),
  ]
  if (!system.background.start(words, system.environment.workingDirectory)) {
    throw new NotSaved('no process can be started to notify you: see ai-costs alerts list')
  }
}
