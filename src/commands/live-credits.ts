import type { CreditsLeft, Opening } from '../core/credit.ts'
import { type Money, NO_MONEY } from '../core/money.ts'
import { isAtMidnight, spentBefore } from '../reports/burn-down.ts'
import { creditsLeft } from '../reports/credits-left.ts'
import { Unreadable } from '../system/file-system.ts'
import type { OpenLedger } from '../system/ledger.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { type CreditsGround, creditsFold, openingOf } from './credits-at.ts'
import { FollowedLedger } from './followed-ledger.ts'
import { usageOf } from './read-usage.ts'

export type LiveCreditsSystem = Pick<System, 'files' | 'ledger' | 'scheduler'>

/** What a reading is about: the day of the opening up to it, or all that came since. */
interface Subject {
  readonly accounts: Accounts
  readonly directory: string
  readonly opening: Opening
  readonly part: 'before' | 'since'
}

/**
 * Keeps a balance true while a pane is open: judging keeps less than a balance takes, so it has a reading of its own,
 * in steps, and none at all while no balance is on record.
 */
export class LiveCredits {
  readonly #system: LiveCreditsSystem
  readonly #onNews: () => void
  readonly #reading: FollowedLedger<Subject>
  #ground: CreditsGround | null = null
  #opening: Opening | null = null
  #reader: OpenLedger | null = null
  /** What of the day of the opening is older than it; null until somebody has read that. */
  #before: { readonly subject: Subject; readonly usd: Money } | null = null
  #left: CreditsLeft | null = null

  constructor(system: LiveCreditsSystem, onNews: () => void) {
    this.#system = system
    this.#onNews = onNews
    this.#reading = new FollowedLedger(system.scheduler, sameSubject, {
      onProgress: () => {},
      onRead: () => this.#read(),
      // Whoever follows the ledger for the numbers says it above them.
      onFailed: () => {},
    })
  }

  /** Null while no balance is on record, or nobody knows yet what came off it. */
  get left(): CreditsLeft | null {
    return this.#left
  }

  /** Looks at the record and at what is new in the ledger. */
  look(ground: CreditsGround): void {
    this.#ground = ground
    this.#opening = this.#openingOf(ground)
    if (this.#opening === null) this.close()
    else this.#follow(ground, this.#opening)
  }

  /** Forgets all that was read. */
  close(): void {
    this.#reading.release()
    this.#reader = null
    this.#before = null
    this.#left = null
  }

  #follow(ground: CreditsGround, opening: Opening): void {
    const { accounts, place } = ground
    const subject: Subject = { accounts, directory: place.directory, opening, part: 'before' }
    const known = this.#before !== null && sameSubject(this.#before.subject, subject)
    if (!known && isAtMidnight(opening, accounts.calendar)) this.#before = { subject, usd: NO_MONEY }
    else if (!known) {
      this.#open(subject, { ...ground, until: opening.since })
      return
    }
    this.#open({ ...subject, part: 'since' }, ground)
  }

  #open(subject: Subject, ground: CreditsGround): void {
    this.#reading.follow(subject, () => {
      const makeFold = creditsFold(ground, subject.opening)
      return (this.#reader = this.#system.ledger.reader(subject.directory, makeFold))
    })
  }

  #read(): void {
    const [ground, opening, reader] = [this.#ground, this.#opening, this.#reader]
    if (ground === null || opening === null || reader === null) return
    const subject = { accounts: ground.accounts, directory: ground.place.directory, opening }
    const usage = usageOf(reader.fold, ground.accounts.calendar)
    if (this.#before === null || !sameSubject(this.#before.subject, { ...subject, part: 'before' })) {
      this.#before = { subject: { ...subject, part: 'before' }, usd: spentBefore(usage, opening) }
      this.#follow(ground, opening)
      return
    }
    this.#left = creditsLeft({ usage, before: this.#before.usd, asOf: ground.asOf }, opening)
    this.#onNews()
  }

  #openingOf(ground: CreditsGround): Opening | null {
    try {
      return openingOf(ground, this.#system)
    } catch (error) {
      if (error instanceof Unreadable) return null
      throw error
    }
  }
}

function sameSubject(a: Subject, b: Subject): boolean {
  const isAlike = a.accounts === b.accounts && a.directory === b.directory && a.part === b.part
  return isAlike && sameOpening(a.opening, b.opening)
}

function sameOpening(a: Opening, b: Opening): boolean {
  return a.since === b.since && idsOf(a) === idsOf(b)
}

function idsOf({ entries }: Opening): string {
  return entries.map(({ id }) => id).join()
}
