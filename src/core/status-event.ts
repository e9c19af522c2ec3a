import type { Money } from './money.ts'

/** What an agent hands to its status line: the few members that concern us, whichever agent it is. */
export interface StatusEvent {
  readonly sessionId: string | null
  /** Where the agent works; `''` when it does not say. */
  readonly cwd: string
  /** As the agent calls it for people. */
  readonly model: string | null
  /** The name of the folder that the agent was started in. */
  readonly project: string | null
  /** What the agent reckons that the session has cost so far. */
  readonly costUsd: Money | null
  /** How much of the context window is used: 0 to 100. */
  readonly contextPercent: number | null
  /** What is used of the subscription's windows; null without a subscription. */
  readonly fiveHour: PlanWindow | null
  readonly sevenDay: PlanWindow | null
}

export interface PlanWindow {
  /** 0 to 100, and more for who goes beyond it. */
  readonly usedPercent: number
  /** Epoch milliseconds; null when the agent does not say. */
  readonly resetsAt: number | null
}
