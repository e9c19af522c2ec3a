/** A remark above the numbers. */
export interface Banner {
  readonly kind: 'error' | 'alert' | 'notice'
  readonly text: string
}

/**
 * Decides which remark stands above the numbers. There is room for one: trouble with the settings comes before trouble
 * with the ledger, and both before an alert, that alerts are snoozed, and a notice, which returns when they are over.
 */
export class Banners {
  readonly #show: (banner: Banner | null) => void
  #settingsTrouble: string | null = null
  #ledgerTrouble: string | null = null
  #alert: string | null = null
  #snoozed: string | null = null
  #notice: string | null = null

  constructor(show: (banner: Banner | null) => void) {
    this.#show = show
  }

  /** True while the ledger cannot be read, and the numbers are those of before. */
  get isLedgerInTrouble(): boolean {
    return this.#ledgerTrouble !== null
  }

  /** Null takes the notice away. */
  note(text: string | null): void {
    this.#notice = text
    this.#showWorst()
  }

  /** Null takes the alert away. */
  alert(text: string | null): void {
    if (text === this.#alert) return
    this.#alert = text
    this.#showWorst()
  }

  /** Until when alerts disturb nobody; null while they do. */
  snoozed(text: string | null): void {
    if (text === this.#snoozed) return
    this.#snoozed = text
    this.#showWorst()
  }

  settingsBroke(trouble: string): void {
    this.#settingsTrouble = trouble
    this.#showWorst()
  }

  settingsHold(): void {
    if (this.#settingsTrouble === null) return
    this.#settingsTrouble = null
    this.#showWorst()
  }

  /** The first trouble in a row stays: it says since when the numbers are stale. */
  ledgerFailed(trouble: string): void {
    this.#ledgerTrouble ??= trouble
    this.#showWorst()
  }

  /** True when there was trouble before. */
  ledgerRead(): boolean {
    if (this.#ledgerTrouble === null) return false
    this.#ledgerTrouble = null
    this.#showWorst()
    return true
  }

  #showWorst(): void {
    const error = this.#settingsTrouble ?? this.#ledgerTrouble
    const notice = this.#snoozed ?? this.#notice
    if (error !== null) this.#show({ kind: 'error', text: error })
    else if (this.#alert !== null) this.#show({ kind: 'alert', text: this.#alert })
    else this.#show(notice === null ? null : { kind: 'notice', text: notice })
  }
}
