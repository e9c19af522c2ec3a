import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { type OverridesAt, overridesAt, overridesStamp } from './overrides-file.ts'

/** The overrides beside a ledger while a pane is open: read whenever they are asked for, which is cheap. */
export class LiveOverrides {
  readonly #place: () => LedgerPlace
  readonly #system: Pick<System, 'files'>
  /** What the file looked like when it was read last. */
  #stamp = ''

  constructor(place: () => LedgerPlace, system: Pick<System, 'files'>) {
    this.#place = place
    this.#system = system
  }

  /** Whether the file is another than the one that was read. */
  get isNew(): boolean {
    return overridesStamp(this.#place(), this.#system) !== this.#stamp
  }

  at(asOf: number): OverridesAt {
    // Before it is read: what comes in between is new.
    this.#stamp = overridesStamp(this.#place(), this.#system)
    return overridesAt(this.#place(), asOf, this.#system)
  }
}
