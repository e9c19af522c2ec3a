import type { Judgement } from '../core/judgement.ts'
import { sameStamp } from '../core/saved-ledger.ts'
import type { Dashboard } from '../core/dashboard.ts'
import { DEFAULTS } from '../settings/defaults.ts'
import type { PaneSettings } from '../settings/settings.ts'
import type { Unreadable } from '../system/file-system.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import { WORTH_SAVING } from '../system/ledger-cache.ts'
import type { OpenLedger } from '../system/ledger.ts'
import { type LedgerEvent, describeEvent } from '../system/ledger-event.ts'
import { type Look } from '../system/ledger-reader.ts'
import type { System } from '../system/system.ts'
import { Accounts, type JudgingSettings, NOTHING_READ, type SettingsRead, foldsAlike } from './accounts.ts'
import { type Banner, Banners } from './banners.ts'
import { type Call, type JudgingSystem, projectOf } from './desk.ts'
import { hookNotes } from './hook-notes.ts'
import { KeptLedger } from './kept-ledger.ts'
import { notesOf } from './ledger-notes.ts'
import { LiveAlerts, type LiveAlertsSystem } from './live-alerts.ts'
import { LiveOverrides } from './live-overrides.ts'
import type { ScreenGround } from './screen-ground.ts'
import { LiveSettings } from './live-settings.ts'
import { SteppedReading } from './stepped-reading.ts'

export type LiveSystem = JudgingSystem & LiveAlertsSystem & Pick<System, 'scheduler'>

/** Where live numbers are shown. */
export interface Display {
  readonly show: (dashboard: Dashboard) => void
  readonly banner: (banner: Banner | null) => void
  readonly progress: (share: number | null) => void
  readonly tick: (now: number) => void
  /** Numbers or what they stand on have changed: what was made of them besides is old. */
  readonly changed: () => void
  /** How it is to look, as the settings say. */
  readonly style: (ui: PaneSettings) => void
}

/** Keeps a display true: follows the ledger, the settings and the clock. Everything it does is asked of it. */
export class LiveDesk {
  readonly #call: Call
  readonly #system: LiveSystem
  readonly #display: Display
  readonly #banners: Banners
  readonly #settings: LiveSettings
  readonly #overrides: LiveOverrides
  readonly #alerts: LiveAlerts
  readonly #reading: SteppedReading
  #place: LedgerPlace
  #accounts: Accounts
  #reader: OpenLedger
  #kept: KeptLedger | null = null
  /** When the settings that hold were loaded; 0 while none ever held. */
  #validSince = 0
  #judgement: Judgement | null = null
  #closed = false

  constructor(call: Call, system: LiveSystem, display: Display) {
    this.#call = call
    this.#system = system
    this.#display = display
    this.#banners = new Banners(display.banner)
    this.#alerts = new LiveAlerts(system, this.#banners)
    this.#place = call.place
    this.#accounts = this.#accountsOf({ ...DEFAULTS, prices: [] }, NOTHING_READ)
    this.#reader = this.#emptyReader(this.#now())
    this.#settings = new LiveSettings(call, system, {
      onValid: (settings, read) => this.#apply(this.#accountsOf(settings, read)),
      onBroken: (trouble) => this.#refuse(trouble),
    })
    this.#overrides = new LiveOverrides(() => this.#place, system)
    this.#reading = new SteppedReading(system.scheduler, {
      onProgress: display.progress,
      onRead: (look) => this.#take(look),
      onFailed: (error) => this.#fail(error),
    })
  }

  /** The ledger that is followed. */
  get place(): LedgerPlace {
    return this.#place
  }

  /** What else can be made of what was read; null until there are numbers. */
  get ground(): ScreenGround | null {
    if (this.#judgement === null) return null
    return {
      accounts: this.#accounts,
      place: this.#place,
      until: this.#call.until,
      judgement: this.#judgement,
    }
  }

  /** Loads the settings and reads the ledger for the first time. */
  async start(): Promise<void> {
    await this.#settings.start()
    // Only under the settings that hold can the cache be of use.
    this.#renewReader()
    this.#reading.begin(this.#reader.steps())
  }

  /** Looks for changes of the ledger and of the settings; true when the ledger had any. */
  look(): boolean {
    this.#settings.look()
    if (this.#reading.isUnderWay || this.#closed) return false
    this.#follow(this.#call.locate())
    this.#reader.fold.asOf = this.#now()
    const isNews = this.#reading.begin(this.#reader.steps())
    if (this.#overrides.isNew) this.#judgeAgain()
    return isNews
  }

  /** Reads everything again: on demand, or when nothing that was known is sure. */
  reread(): void {
    if (!this.#reading.isUnderWay && !this.#closed) this.#reading.begin(this.#reader.rereadSteps())
  }

  /** The clock has moved on: periods may have ended. */
  minute(): void {
    this.#alerts.minute(this.#now())
    const { settings, read, calendar } = this.#accounts
    const travelled = settings.timezone === 'local' && this.#system.environment.zone() !== calendar.zone
    if (travelled) this.#adopt(this.#accountsOf(settings, read))
    else this.#judgeAgain()
    // Last: new numbers bring the time with them, and one frame is painted, not two.
    this.#display.tick(this.#now())
  }

  /** Sets the remark that stands above the numbers while nothing is wrong; null takes it away. */
  note(text: string | null): void {
    this.#banners.note(text)
  }

  /** Takes the alert above the numbers away. */
  dismiss(): void {
    this.#alerts.dismiss()
  }

  /** Snoozes alerts for an hour, or ends what snoozes them; not as of some other instant. */
  snooze(): void {
    if (!this.#call.raisesAlerts) return
    const trouble = this.#alerts.toggleSnooze(this.#place)
    if (trouble === null) this.#judgeAgain()
    else this.note(trouble)
  }

  close(): void {
    this.#closed = true
    this.#reading.stop()
    this.#reader.close()
    this.#kept?.close()
  }

  #now(): number {
    return this.#call.clock.now()
  }

  #take(look: Look): void {
    const recovered = this.#banners.ledgerRead()
    if (look.changed || recovered || this.#judgement === null) this.#keepSoon(this.#judge())
  }

  #fail({ path, message, fix }: Unreadable): void {
    const since = this.#accounts.calendar.clock(this.#now())
    this.#banners.ledgerFailed(`${path} ${message} since ${since}, the numbers are stale: ${fix}`)
    if (this.#judgement === null) this.#judge()
  }

  #judge(): Judgement {
    const asOf = this.#now()
    const overrides = this.#overrides.at(asOf)
    const notes = [...notesOf(this.#reader), ...lastEvent(this.#reader.events)]
    const ground = { asOf, overrides, notes, ledgerPath: this.#place.path }
    const judgement = this.#accounts.judge(this.#reader, ground)
    this.#judgement = judgement
    this.#show(judgement)
    const call = { ...this.#call, place: this.#place }
    // Nobody waits for an alert, but for the numbers.
    if (this.#alerts.judged({ call, judgement, accounts: this.#accounts })) this.#show(judgement)
    this.#display.changed()
    return judgement
  }

  #show(judgement: Judgement): void {
    const { calendar } = this.#accounts
    const said = hookNotes(this.#place, calendar, judgement.snapshot.asOf, this.#system)
    const notes = [...said, ...this.#alerts.notes]
    const dashboard = this.#accounts.dashboard(this.#reader, judgement, projectOf(this.#place), notes)
    this.#display.show({ ...dashboard, latestAlert: this.#alerts.latest })
  }

  /** Writes down what has been read, once the display had its turn: at the next start the numbers are there at once. */
  #keepSoon(judgement: Judgement): void {
    const [kept, reader, accounts] = [this.#kept, this.#reader, this.#accounts]
    this.#system.scheduler.soon(() => {
      const isCurrent = reader === this.#reader && accounts === this.#accounts && !this.#closed
      if (isCurrent && !this.#reading.isUnderWay) kept?.keep(reader, accounts, judgement, WORTH_SAVING)
    })
  }

  /** Unless what has been read is only a part, because a reading is under way or has failed. */
  #judgeAgain(): void {
    if (this.#judgement !== null && !this.#reading.isUnderWay && !this.#banners.isLedgerInTrouble)
      this.#judge()
  }

  #apply(accounts: Accounts): void {
    this.#validSince = this.#now()
    this.#banners.settingsHold()
    this.#display.style(accounts.settings.ui)
    this.#adopt(accounts)
  }

  /** The last good settings stay; at the very start there are none, and then no budget is judged. */
  #refuse(trouble: string): void {
    const { calendar } = this.#accounts
    const since =
      this.#validSince === 0
        ? 'no budgets are judged'
        : `using the settings of ${calendar.clock(this.#validSince)}`
    this.#banners.settingsBroke(`${trouble} (${since})`)
  }

  /** Goes on with other accounts; whatever they would fold differently is read again. */
  #adopt(accounts: Accounts): void {
    if (this.#closed) return
    // A cache has added up what the budgets of its time did not tell apart.
    const isDetailed = !this.#reader.isRestored || sameStamp(accounts.terms, this.#accounts.terms)
    const alike = isDetailed && foldsAlike(accounts, this.#accounts)
    this.#accounts = accounts
    if (alike) {
      this.#judgeAgain()
      return
    }
    this.#renewReader()
    if (this.#judgement !== null || this.#reading.isUnderWay) this.#reading.begin(this.#reader.steps())
  }

  /** Until there is a ledger, one may begin nearer by than where we wait for it. */
  #follow(place: LedgerPlace): void {
    if (this.#reader.hasFiles || place.directory === this.#place.directory) return
    this.#place = place
    this.#renewReader()
  }

  #renewReader(): void {
    this.#reader.close()
    this.#kept?.close()
    const now = this.#now()
    this.#reader = this.#emptyReader(now)
    // The settings may change at any moment: whoever is called next reads them.
    this.#kept = this.#call.usesCache ? new KeptLedger(this.#system, this.#place.directory, null) : null
    this.#kept?.restore(this.#reader, this.#accounts, now)
  }

  #emptyReader(now: number): OpenLedger {
    return this.#system.ledger.reader(this.#place.directory, this.#accounts.foldAt(now, this.#call.until))
  }

  #accountsOf(settings: JudgingSettings, read: SettingsRead): Accounts {
    return new Accounts(settings, read, this.#system.environment.zone, this.#system.prices)
  }
}

/** The latest thing that happened to the ledger's files stays in sight: totals may be lower than the truth. */
function lastEvent(events: readonly LedgerEvent[]): string[] {
  const loss = events.findLast(({ kind }) => kind !== 'rewritten')
  return loss === undefined ? [] : [describeEvent(loss)]
}
