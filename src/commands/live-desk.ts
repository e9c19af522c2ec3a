import type { Dashboard } from '../core/dashboard.ts'
import { DEFAULTS } from '../settings/defaults.ts'
import { Unreadable } from '../system/file-system.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { OpenLedger } from '../system/ledger.ts'
import { type LedgerEvent, type Look, describeEvent } from '../system/ledger-reader.ts'
import type { System } from '../system/system.ts'
import { Accounts, type JudgingSettings, NOTHING_READ, type SettingsRead, foldsAlike } from './accounts.ts'
import { type Call, type JudgingSystem, notesOf, projectOf } from './desk.ts'
import { LiveSettings } from './live-settings.ts'

export type LiveSystem = JudgingSystem & Pick<System, 'scheduler'>

/** Where live numbers are shown. */
export interface Display {
  readonly show: (dashboard: Dashboard) => void
  readonly banner: (banner: { readonly kind: 'error' | 'notice'; readonly text: string } | null) => void
  readonly progress: (share: number | null) => void
  readonly tick: (now: number) => void
}

/** Keeps a display true: follows the ledger, the settings and the clock. Everything it does is asked of it. */
export class LiveDesk {
  readonly #call: Call
  readonly #system: LiveSystem
  readonly #display: Display
  readonly #settings: LiveSettings
  #place: LedgerPlace
  #accounts: Accounts
  #reader: OpenLedger
  /** When the settings that hold were loaded; 0 while none ever held. */
  #validSince = 0
  /** The reading that is under way, or null. */
  #steps: Generator<number, Look> | null = null
  #shown = false
  #closed = false
  #settingsTrouble: string | null = null
  #ledgerTrouble: string | null = null
  #notice: string | null

  constructor(call: Call, system: LiveSystem, display: Display, notice: string | null) {
    this.#call = call
    this.#system = system
    this.#display = display
    this.#notice = notice
    this.#place = call.place
    this.#accounts = this.#accountsOf({ ...DEFAULTS, prices: [] }, NOTHING_READ)
    this.#reader = this.#newReader()
    this.#settings = new LiveSettings(call, system, {
      onValid: (settings, read) => this.#apply(this.#accountsOf(settings, read)),
      onBroken: (trouble) => this.#refuse(trouble),
    })
  }

  /** The directory that is followed. */
  get directory(): string {
    return this.#place.directory
  }

  /** Loads the settings and reads the ledger for the first time. */
  async start(): Promise<void> {
    if (this.#notice !== null) this.#showBanner()
    await this.#settings.start()
    this.#read(this.#reader.steps())
  }

  /** Looks for changes of the ledger and of the settings; true when the ledger had any. */
  look(): boolean {
    this.#settings.look()
    if (this.#steps !== null || this.#closed) return false
    this.#follow(this.#call.locate())
    this.#reader.fold.asOf = this.#now()
    return this.#read(this.#reader.steps())
  }

  /** Reads everything again: on demand, or when nothing that was known is sure. */
  reread(): void {
    if (this.#steps === null && !this.#closed) this.#read(this.#reader.rereadSteps())
  }

  /** The clock has moved on: periods may have ended. */
  minute(): void {
    this.#display.tick(this.#now())
    const { settings, read, calendar } = this.#accounts
    const travelled = settings.timezone === 'local' && this.#system.environment.zone() !== calendar.zone
    if (travelled) this.#adopt(this.#accountsOf(settings, read))
    else this.#judgeAgain()
  }

  note(text: string): void {
    this.#notice = text
    this.#showBanner()
  }

  close(): void {
    this.#closed = true
    this.#steps = null
    this.#reader.close()
  }

  #now(): number {
    return this.#call.clock.now()
  }

  /** Reads in steps; small changes are done at once, large ones leave the pane time to breathe. */
  #read(steps: Generator<number, Look>): boolean {
    this.#steps = steps
    return this.#step(steps, 0)
  }

  #step(steps: Generator<number, Look>, nth: number): boolean {
    // Another reading may have begun meanwhile, and the files of this one are closed.
    if (steps !== this.#steps) return false
    try {
      const step = steps.next()
      if (step.done !== true) {
        this.#display.progress(step.value)
        this.#system.scheduler.soon(() => this.#step(steps, nth + 1))
        return true
      }
      this.#finish(step.value, nth > 0)
      return step.value.changed
    } catch (error) {
      this.#fail(error, nth > 0)
      return false
    }
  }

  #finish(look: Look, inSteps: boolean): void {
    this.#steps = null
    if (inSteps) this.#display.progress(null)
    const recovered = this.#ledgerTrouble !== null
    if (recovered) {
      this.#ledgerTrouble = null
      this.#showBanner()
    }
    if (look.changed || recovered || !this.#shown) this.#judge()
  }

  #fail(error: unknown, inSteps: boolean): void {
    if (!(error instanceof Unreadable)) throw error
    this.#steps = null
    if (inSteps) this.#display.progress(null)
    const since = this.#accounts.calendar.clock(this.#now())
    this.#ledgerTrouble ??= `${error.path} ${error.message} since ${since}, the numbers are stale: ${error.fix}`
    this.#showBanner()
    if (!this.#shown) this.#judge()
  }

  #judge(): void {
    this.#shown = true
    const notes = [...notesOf(this.#reader), ...lastEvent(this.#reader.events)]
    const judgement = this.#accounts.judge(this.#reader, this.#now(), notes, this.#place.path)
    this.#display.show(this.#accounts.dashboard(this.#reader, judgement, projectOf(this.#place)))
  }

  /** Unless what has been read is only a part, because a reading is under way or has failed. */
  #judgeAgain(): void {
    if (this.#shown && this.#steps === null && this.#ledgerTrouble === null) this.#judge()
  }

  #apply(accounts: Accounts): void {
    this.#validSince = this.#now()
    if (this.#settingsTrouble !== null) {
      this.#settingsTrouble = null
      this.#showBanner()
    }
    this.#adopt(accounts)
  }

  /** Goes on with other accounts; whatever they would fold differently is read again. */
  #adopt(accounts: Accounts): void {
    if (this.#closed) return
    const alike = foldsAlike(accounts, this.#accounts)
    this.#accounts = accounts
    if (alike) {
      this.#judgeAgain()
      return
    }
    this.#reader.close()
    this.#reader = this.#newReader()
    if (this.#shown || this.#steps !== null) this.#read(this.#reader.steps())
  }

  /** Until there is a ledger, one may begin nearer by than where we wait for it. */
  #follow(place: LedgerPlace): void {
    if (this.#reader.hasFiles || place.directory === this.#place.directory) return
    this.#place = place
    this.#reader.close()
    this.#reader = this.#newReader()
  }

  /** The last good settings stay; at the very start there are none, and then no budget is judged. */
  #refuse(trouble: string): void {
    const { calendar } = this.#accounts
    const since =
      this.#validSince === 0
        ? 'no budgets are judged'
        : `using the settings of ${calendar.clock(this.#validSince)}`
    this.#settingsTrouble = `${trouble} (${since})`
    this.#showBanner()
  }

  #showBanner(): void {
    const error = this.#settingsTrouble ?? this.#ledgerTrouble
    if (error !== null) this.#display.banner({ kind: 'error', text: error })
    else this.#display.banner(this.#notice === null ? null : { kind: 'notice', text: this.#notice })
  }

  #accountsOf(settings: JudgingSettings, read: SettingsRead): Accounts {
    return new Accounts(settings, read, this.#system.environment.zone, this.#system.prices)
  }

  #newReader(): OpenLedger {
    const makeFold = this.#accounts.foldAt(this.#now(), this.#call.until)
    return this.#system.ledger.reader(this.#place.directory, makeFold)
  }
}

/** The latest thing that happened to the ledger's files stays in sight: totals may be lower than the truth. */
function lastEvent(events: readonly LedgerEvent[]): string[] {
  const loss = events.findLast(({ kind }) => kind !== 'rewritten')
  return loss === undefined ? [] : [describeEvent(loss)]
}
