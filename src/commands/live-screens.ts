import type { UsageRecord } from '../core/record.ts'
import type { ScreenData, ScreenQuestion } from '../core/screen-data.ts'
import type { OpenLedger } from '../system/ledger.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { collecting } from './collect-records.ts'
import { FollowedLedger, type FollowListener } from './followed-ledger.ts'
import { eventData } from './screen-events.ts'
import type { ScreenGround } from './screen-ground.ts'
import { sessionData } from './screen-session.ts'
import { usageData } from './screen-usage.ts'

export type LiveScreensSystem = Pick<System, 'alertLog' | 'files' | 'ledger' | 'scheduler'>

export interface ScreenListener {
  readonly answer: (data: ScreenData) => void
  /** How much of what an answer takes has been read, 0 to 1; null when it is read. */
  readonly progress: (share: number | null) => void
}

/** What a reading is about: another directory, other settings or another session need another one. */
interface Subject {
  readonly accounts: Accounts
  readonly directory: string
  readonly session: string | null
}

/**
 * Answers what the shown screen asks, and again whenever that has changed. Judging needs less than screens show, so
 * they have readings of their own, which begin with the first question and end when a minute went by without one.
 */
export class LiveScreens {
  readonly #system: LiveScreensSystem
  readonly #ground: () => ScreenGround | null
  readonly #listener: ScreenListener
  readonly #usage: FollowedLedger<Subject>
  readonly #records: FollowedLedger<Subject>
  #question: ScreenQuestion | null = null
  #usageReader: OpenLedger | null = null
  #recordsRead: () => Iterable<UsageRecord> = () => []

  /** `ground` is null until there are numbers. */
  constructor(system: LiveScreensSystem, ground: () => ScreenGround | null, listener: ScreenListener) {
    this.#system = system
    this.#ground = ground
    this.#listener = listener
    const following: FollowListener = {
      onProgress: listener.progress,
      onRead: () => this.#answer(),
      // Whoever follows the ledger for the numbers says it above them.
      onFailed: () => listener.progress(null),
    }
    this.#usage = new FollowedLedger(system.scheduler, sameSubject, following)
    this.#records = new FollowedLedger(system.scheduler, sameSubject, following)
  }

  /** What is asked from now on; null when nothing is. */
  ask(question: ScreenQuestion | null): void {
    this.#question = question
    this.changed()
  }

  /** The numbers have changed, or their ground. */
  changed(): void {
    const [question, ground] = [this.#question, this.#ground()]
    if (question === null || ground === null) return
    if (question.screen === 'alerts') this.#listener.answer(eventData(question, ground, this.#system))
    else if (question.session === null) this.#followUsage(ground)
    else this.#followRecords(ground, question.session)
  }

  /** The clock has moved on. */
  minute(): void {
    if (this.#question === null) this.close()
  }

  close(): void {
    this.#usage.release()
    this.#records.release()
    this.#usageReader = null
    this.#recordsRead = () => []
  }

  #followUsage({ accounts, place, until, judgement }: ScreenGround): void {
    const { directory } = place
    const sessionCells = { from: -Infinity, labels: 'all' } as const
    const { asOf } = judgement.snapshot
    this.#usage.follow({ accounts, directory, session: null }, () => {
      const makeFold = accounts.reportFoldAt(asOf, until, sessionCells)
      return (this.#usageReader = this.#system.ledger.reader(directory, makeFold))
    })
  }

  #followRecords({ accounts, place, until }: ScreenGround, session: string): void {
    const { directory } = place
    this.#records.follow({ accounts, directory, session }, () => {
      const { reader, records } = collecting(
        this.#system.ledger,
        directory,
        until,
        ({ sessionId }) => sessionId === session,
      )
      this.#recordsRead = records
      return reader
    })
  }

  /** Only what was asked last: a reading may have taken longer than somebody looked at a screen. */
  #answer(): void {
    const [question, ground] = [this.#question, this.#ground()]
    if (question === null || ground === null || question.screen === 'alerts') return
    const { answer } = this.#listener
    if (question.session !== null) answer(sessionData(question, ground, this.#recordsRead()))
    else if (this.#usageReader !== null) answer(usageData(question, ground, this.#usageReader.fold))
  }
}

function sameSubject(a: Subject, b: Subject): boolean {
  return a.accounts === b.accounts && a.directory === b.directory && a.session === b.session
}
