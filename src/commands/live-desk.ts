import { DEFAULTS } from '../settings/defaults.ts'
import { describeProblem } from '../settings/problem.ts'
import { settingsForCheck } from '../settings/resolution.ts'
import { Unreadable } from '../system/file-system.ts'
import type { OpenLedger } from '../system/ledger.ts'
import { type LedgerEvent, type Look, describeEvent } from '../system/ledger-reader.ts'
import { Accounts, type JudgingSettings, foldsAlike } from './accounts.ts'
import type { System } from '../system/system.ts'
import { type Call, type JudgingSystem, notesOf } from './desk.ts'
import { loadSettings, settingsStamp } from './load-settings.ts'
import type { Dashboard } from '../core/dashboard.ts'

/** An invalid edit is announced once the file has stood still for so long: editors save in two steps. */
const SETTLED_MS = 300

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
  readonly #project: string | null
  #accounts: Accounts
  #reader: OpenLedger
  /** What the settings looked like when they were last loaded, and since when. */
  #stamp = ''
  #stampSince = 0
  #validSince = 0
  #loading = false
  /** The reading that is under way, or null. */
  #steps: Generator<number, Look> | null = null
  #settingsTrouble: string | null = null
  #ledgerTrouble: string | null = null
  #notice: string | null
  #closed = false

  constructor(
    call: Call,
    system: LiveSystem,
    display: Display,
    project: string | null,
    notice: string | null,
  ) {
    this.#call = call
    this.#system = system
    this.#display = display
    this.#project = project
    this.#notice = notice
    this.#accounts = this.#accountsOf({ ...DEFAULTS, prices: [] })
    this.#reader = this.#readerFor(this.#accounts)
  }

  /** Loads the settings and reads the ledger for the first time. */
  async start(): Promise<void> {
    await this.#loadSettings()
    if (this.#settingsTrouble !== null) this.#showBanner()
    this.#read(this.#reader.steps())
  }

  /** Looks for changes of the ledger and of the settings; true when the ledger had any. */
  look(): boolean {
    this.#watchSettings()
    if (this.#steps !== null || this.#closed) return false
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
    const { settings, settingsFiles, calendar } = this.#accounts
    const travelled = settings.timezone === 'local' && this.#system.environment.zone() !== calendar.zone
    if (travelled) this.#adopt(this.#accountsOf(settings, settingsFiles))
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

  #shown = false

  #judge(): void {
    this.#shown = true
    const notes = [...notesOf(this.#reader), ...lastEvent(this.#reader.events)]
    const judgement = this.#accounts.judge(this.#reader, this.#now(), notes, this.#call.place.path)
    this.#display.show(this.#accounts.dashboard(this.#reader, judgement, this.#project))
  }

  /** Unless what has been read is only a part, because a reading is under way or has failed. */
  #judgeAgain(): void {
    if (this.#shown && this.#steps === null && this.#ledgerTrouble === null) this.#judge()
  }

  #watchSettings(): void {
    if (this.#loading) return
    const stamp = settingsStamp(this.#call.settingsPlaces, this.#system.files)
    const changed = stamp !== this.#stamp
    if (changed) this.#stampSince = this.#system.clock.now()
    const settled = this.#pendingTrouble !== null && this.#system.clock.now() - this.#stampSince >= SETTLED_MS
    if (changed) void this.#loadSettings()
    else if (settled) this.#announcePending()
  }

  #pendingTrouble: string | null = null

  async #loadSettings(): Promise<void> {
    this.#loading = true
    this.#stamp = settingsStamp(this.#call.settingsPlaces, this.#system.files)
    try {
      const resolution = await loadSettings(
        this.#call.settingsPlaces,
        this.#system.environment,
        this.#system.files,
      )
      const settings = settingsForCheck(resolution)
      if (settings.kind === 'ok') this.#apply(this.#accountsOf(settings.value, resolution.files))
      else this.#refuse(settings.problems.map(describeProblem)[0] ?? '')
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      this.#refuse(`${error.path} ${error.message}: ${error.fix}`)
    } finally {
      this.#loading = false
    }
  }

  #apply(accounts: Accounts): void {
    this.#validSince = this.#now()
    this.#pendingTrouble = null
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
    this.#reader = this.#readerFor(accounts)
    if (this.#shown || this.#steps !== null) this.#read(this.#reader.steps())
  }

  /** The last good settings stay; at the very start there are none, and then no budget is judged. */
  #refuse(trouble: string): void {
    this.#pendingTrouble = trouble
    if (!this.#shown) this.#announcePending()
  }

  #announcePending(): void {
    const since =
      this.#validSince === 0
        ? 'no budgets are judged'
        : `using the settings of ${this.#accounts.calendar.clock(this.#validSince)}`
    this.#settingsTrouble = `${this.#pendingTrouble} (${since})`
    this.#pendingTrouble = null
    this.#showBanner()
  }

  #showBanner(): void {
    const error = this.#settingsTrouble ?? this.#ledgerTrouble
    if (error !== null) this.#display.banner({ kind: 'error', text: error })
    else this.#display.banner(this.#notice === null ? null : { kind: 'notice', text: this.#notice })
  }

  #accountsOf(settings: JudgingSettings, files: readonly string[] = []): Accounts {
    return new Accounts(settings, files, this.#system.environment.zone, this.#system.prices)
  }

  #readerFor(accounts: Accounts): OpenLedger {
    return this.#system.ledger.reader(
      this.#call.place.directory,
      accounts.foldAt(this.#now(), this.#call.until),
    )
  }
}

/** The latest thing that happened to the ledger's files stays in sight: totals may be lower than the truth. */
function lastEvent(events: readonly LedgerEvent[]): string[] {
  const loss = events.findLast(({ kind }) => kind !== 'rewritten')
  return loss === undefined ? [] : [describeEvent(loss)]
}
