import type { Json } from './json.ts'

/** The worst first: `broken` stops answers, `attention` makes them poorer, `absent` is a tool that is not used here. */
export const HEALTHS = ['broken', 'attention', 'fine', 'absent'] as const
export type Health = (typeof HEALTHS)[number]

/** What was found about one thing. */
export interface Finding {
  readonly topic: string
  readonly health: Health
  /** Goes on after the topic. */
  readonly message: string
  /** What to do, in the imperative; `''` where there is nothing to do. */
  readonly fix: string
  /** The same for programs. */
  readonly facts: Json
}

/** What needs the user first comes first; else the order stays. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => HEALTHS.indexOf(a.health) - HEALTHS.indexOf(b.health))
}
