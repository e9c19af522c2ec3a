import type { Dashboard } from '../core/dashboard.ts'
import type { System } from '../system/system.ts'
import { billingStamp } from './billing-files.ts'
import type { Call } from './desk.ts'
import { LiveCredits, type LiveCreditsSystem } from './live-credits.ts'
import { NO_PLAN, type PaidPlan, paidPlan, useOf } from './paid-plan.ts'
import type { ScreenGround } from './screen-ground.ts'

export type LiveBillingSystem = LiveCreditsSystem & Pick<System, 'scheduler'>

/** Adds to what is shown what is paid other than by the token: looked for once there are numbers, and on the minute. */
export class LiveBilling {
  readonly #call: Call
  readonly #system: LiveBillingSystem
  readonly #ground: () => ScreenGround | null
  readonly #show: (dashboard: Dashboard) => void
  readonly #credits: LiveCredits
  #paid: PaidPlan = NO_PLAN
  /** What the files looked like that the plan was read from; null before they were looked for. */
  #stamp: string | null = null
  #shown: Dashboard | null = null
  #isClosed = false

  /** `ground` is null until there are numbers. */
  constructor(
    call: Call,
    system: LiveBillingSystem,
    ground: () => ScreenGround | null,
    show: (dashboard: Dashboard) => void,
  ) {
    this.#call = call
    this.#system = system
    this.#ground = ground
    this.#show = show
    this.#credits = new LiveCredits(system, () => this.#showAgain())
  }

  /** Shows numbers with what is known of plan and credits. */
  show(dashboard: Dashboard): void {
    this.#shown = dashboard
    this.#show(this.#completed(dashboard))
    // Nobody waits for a plan, but for the numbers.
    if (this.#stamp === null) this.#system.scheduler.soon(() => this.minute())
  }

  /** The clock has moved on. */
  minute(): void {
    const ground = this.#ground()
    if (ground === null || this.#isClosed) return
    const { accounts, place, until, judgement } = ground
    this.#credits.look({ accounts, place, until, asOf: judgement.snapshot.asOf })
    const stamp = billingStamp(this.#call.settingsPlaces, this.#system.files)
    if (stamp !== this.#stamp) void this.#readPlan(stamp)
  }

  close(): void {
    this.#isClosed = true
    this.#credits.close()
  }

  async #readPlan(stamp: string): Promise<void> {
    this.#stamp = stamp
    this.#paid = await paidPlan(this.#call.settingsPlaces, this.#system)
    this.#showAgain()
  }

  #showAgain(): void {
    if (this.#shown !== null && !this.#isClosed) this.#show(this.#completed(this.#shown))
  }

  #completed(dashboard: Dashboard): Dashboard {
    const named = this.#ground()?.accounts.settings.billing.plan ?? null
    const { snapshot } = dashboard
    const notes = [...snapshot.quality.notes, ...this.#paid.notes]
    return {
      ...dashboard,
      snapshot: { ...snapshot, quality: { ...snapshot.quality, notes } },
      plan: useOf(this.#paid, named, dashboard),
      credits: this.#credits.left,
    }
  }
}
