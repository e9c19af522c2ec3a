import { describeProblem } from '../settings/problem.ts'
import { settingsForCheck } from '../settings/resolution.ts'
import { Unreadable } from '../system/file-system.ts'
import type { JudgingSettings, SettingsRead } from './accounts.ts'
import type { Call, JudgingSystem } from './desk.ts'
import { loadSettings, settingsStamp } from './load-settings.ts'
import { readWithDoubts } from './router-notices.ts'

/** An invalid edit is announced once the file has stood still for so long: editors save in two steps. */
const SETTLED_MS = 300

export interface SettingsListener {
  /** Settings that hold from now on, and where they were read. */
  readonly onValid: (settings: JudgingSettings, read: SettingsRead) => void
  /** Why the files as they are now cannot be used. The last good settings go on to hold. */
  readonly onBroken: (trouble: string) => void
}

/** Follows the settings files: a valid edit counts at once, an invalid one is announced when it stays. */
export class LiveSettings {
  readonly #call: Call
  readonly #system: JudgingSystem
  readonly #listener: SettingsListener
  /** What the files looked like when they were last loaded, and since when. */
  #stamp = ''
  #since = 0
  #loading = false
  #pendingTrouble: string | null = null

  constructor(call: Call, system: JudgingSystem, listener: SettingsListener) {
    this.#call = call
    this.#system = system
    this.#listener = listener
  }

  /** Loads for the first time; at the start there is nothing to wait for. */
  async start(): Promise<void> {
    await this.#load()
    this.#announce()
  }

  /** Looks whether the files have changed, and loads them if so. */
  look(): void {
    if (this.#loading) return
    const now = this.#system.clock.now()
    if (this.#stampNow() !== this.#stamp) {
      this.#since = now
      void this.#load()
    } else if (now - this.#since >= SETTLED_MS) {
      this.#announce()
    }
  }

  async #load(): Promise<void> {
    const { environment, files } = this.#system
    this.#loading = true
    this.#stamp = this.#stampNow()
    this.#pendingTrouble = null
    try {
      const resolution = await loadSettings(this.#call.settingsPlaces, environment, files)
      const settings = settingsForCheck(resolution)
      const read = readWithDoubts(resolution, this.#system.clock.now(), this.#system)
      if (settings.kind === 'ok') this.#listener.onValid(settings.value, read)
      else this.#pendingTrouble = settings.problems.map(describeProblem)[0] ?? ''
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      this.#pendingTrouble = `${error.path} ${error.message}: ${error.fix}`
    } finally {
      this.#loading = false
    }
  }

  #announce(): void {
    if (this.#pendingTrouble === null) return
    this.#listener.onBroken(this.#pendingTrouble)
    this.#pendingTrouble = null
  }

  #stampNow(): string {
    return settingsStamp(this.#call.settingsPlaces, this.#system.files)
  }
}
