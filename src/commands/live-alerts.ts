import { type AlertCause, claimsOf } from '../core/alert.ts'
import type { LoggedEntry } from '../core/alert-log.ts'
import { alertText } from '../core/alert-text.ts'
import { noticeOf } from '../core/notice.ts'
import { silenceAt } from '../core/silence.ts'
import { Unreadable } from '../system/file-system.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { System } from '../system/system.ts'
import type { Banners } from './banners.ts'
import { latestEntries, latestRaised } from './latest-alert.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import {
  type AlertingInput,
  type AlertingSystem,
  type RaisedAlerts,
  causesOf,
  raiseAlerts,
} from './raise-alerts.ts'
import { type SnoozingSystem, beginSnooze, endSnooze } from './snooze.ts'

export type LiveAlertsSystem = AlertingSystem & SnoozingSystem & Pick<System, 'terminal'>

/** How long an alert stands above the numbers unless somebody takes it away. */
const SHOWN_MS = 10 * 60_000
const SNOOZED_MS = 60 * 60_000

/** Raises the alerts of an open pane, and shows in it those that come up, whichever process has raised them. */
export class LiveAlerts {
  readonly #system: LiveAlertsSystem
  readonly #banners: Pick<Banners, 'alert' | 'snoozed'>
  /** Claims that need no word any more; null before the first judgement. */
  #known: Set<string> | null = null
  /** When the alert above the numbers goes; 0 while there is none. */
  #goesAt = 0
  /** What there was to say when something was raised last. */
  #notes: readonly string[] = []
  #log = { stamp: '', trouble: null as string | null, latest: null as LoggedEntry | null }

  constructor(system: LiveAlertsSystem, banners: Pick<Banners, 'alert' | 'snoozed'>) {
    this.#system = system
    this.#banners = banners
  }

  /** What there is to say about the alerts so far, as sentences. */
  get notes(): readonly string[] {
    return this.#log.trouble === null ? this.#notes : [...this.#notes, `the last alert: ${this.#log.trouble}`]
  }

  /** The alert that was raised last, whoever raised it; null when nobody did. */
  get latest(): LoggedEntry | null {
    return this.#log.latest
  }

  /** Raises what is due in a judgement, and shows what is new; true when there is something else to say than before. */
  judged(input: AlertingInput): boolean {
    if (!input.call.raisesAlerts) return false
    const before = [this.#log.latest?.id, ...this.notes].join('|')
    this.#raise(input)
    this.#lookAtLog(input.call.place, input.accounts.settings.notifications.file)
    return [this.#log.latest?.id, ...this.notes].join('|') !== before
  }

  #raise(input: AlertingInput): void {
    const { call, judgement, accounts } = input
    const raised = raiseAlerts(input, this.#system)
    if (raised.alerts.length + raised.unclaimed.length > 0) this.#notes = raised.notes
    const news = this.#newsIn(causesOf(input), raised)
    const { snoozedUntil } = judgement.overrides
    const { notifications } = accounts.settings
    const now = call.clock.now()
    const clock = accounts.calendar.clock(now)
    const silence = silenceAt(snoozedUntil, notifications.quiet, clock)
    if (news.length > 0 && silence === null && notifications.terminal) {
      const { body } = noticeOf(news.map(alertText))
      this.#goesAt = now + SHOWN_MS
      this.#banners.alert(`${clock} ${body}`)
      this.#system.terminal.ring(body)
    }
    const until = snoozedUntil === null ? null : accounts.calendar.clock(snoozedUntil)
    this.#banners.snoozed(until === null ? null : `alerts disturb nobody until ${until} (z ends that)`)
  }

  /** The clock has moved on. */
  minute(now: number): void {
    if (this.#goesAt !== 0 && now >= this.#goesAt) this.dismiss()
  }

  /** Takes the alert above the numbers away. */
  dismiss(): void {
    this.#goesAt = 0
    this.#banners.alert(null)
  }

  /** Snoozes alerts for an hour, or ends what snoozes them; answers why that was not possible, or null. */
  toggleSnooze(place: LedgerPlace): string | null {
    try {
      if (!endSnooze(place, this.#system)) beginSnooze(place, SNOOZED_MS, this.#system)
      this.dismiss()
      return null
    } catch (error) {
      if (error instanceof NotSaved) return error.message
      if (error instanceof Unreadable) return `${error.path} ${error.message}: ${error.fix}`
      throw error
    }
  }

  /**
   * What comes up while the pane is open is shown whoever was first to raise it. What was there when it opened is shown
   * only when nobody had raised it, or nobody could.
   */
  #newsIn(causes: readonly AlertCause[], { alerts, unclaimed }: RaisedAlerts): readonly AlertCause[] {
    const known = this.#known
    const news =
      known === null
        ? [...alerts.map(({ cause }) => cause), ...unclaimed]
        : causes.filter(({ claim }) => !known.has(claim))
    this.#known = new Set([...(known ?? []), ...causes.flatMap(claimsOf)])
    return news
  }

  /** Whether the latest alert has reached everybody is for another process to find out. */
  #lookAtLog(place: LedgerPlace, file: string): void {
    const { files, alertLog } = this.#system
    const { path } = alertLog(place.directory, file)
    const stamp = files.stamp(path)
    if (stamp === this.#log.stamp) return
    const entries = latestEntries(path, files)
    this.#log = { stamp, trouble: troubleIn(entries), latest: latestRaised(entries) }
  }
}

/** Nothing when something was raised since, and so arrived. */
function troubleIn([latest]: readonly LoggedEntry[]): string | null {
  return latest?.kind === 'undelivered' ? latest.message : null
}
