import { type PatternEngine, type PromptText, isFound } from './pattern.ts'
import type { RouterSettings } from './router.ts'

/** What the patterns of a router say about a prompt. */
export interface Matched {
  /** Index of the first rule that matches; null when none does, or none was asked. */
  readonly rule: number | null
  readonly isProtected: boolean
}

/** Of a prompt that nobody knows. */
export const NO_MATCH: Matched = { rule: null, isProtected: false }

export type Matching =
  | { readonly kind: 'matched'; readonly matched: Matched }
  /** A pattern that had to be asked is more than an alternation of words, and there is no engine. */
  | { readonly kind: 'engine-needed' }
  /** Time was up before this pattern, such as `rules[7].pattern`. */
  | { readonly kind: 'too-slow'; readonly at: string }

/** What matching takes besides the patterns. */
export interface MatchingMeans {
  /** Null when it is not loaded. */
  readonly engine: PatternEngine | null
  /** Whether time is up. Each pattern is linear in the text, but there may be many. */
  readonly isLate: () => boolean
}

/**
 * Matches a prompt against the rules, in their order, and against what is protected. `asksRules` is false for a
 * requested model.
 */
export function matchPrompt(
  { rules, downgrade }: RouterSettings,
  prompt: PromptText,
  asksRules: boolean,
  { engine, isLate }: MatchingMeans,
): Matching {
  const patterns = asksRules ? rules.map(({ pattern }) => pattern) : []
  let rule: number | null = null
  for (const [index, pattern] of patterns.entries()) {
    if (isLate()) return { kind: 'too-slow', at: `rules[${index}].pattern` }
    const found = isFound(pattern, prompt, engine)
    if (found === null) return { kind: 'engine-needed' }
    if (!found) continue
    rule = index
    break
  }
  const protect = downgrade?.protect ?? null
  if (protect === null) return { kind: 'matched', matched: { rule, isProtected: false } }
  if (isLate()) return { kind: 'too-slow', at: 'downgrade.protect' }
  const isProtected = isFound(protect, prompt, engine)
  return isProtected === null
    ? { kind: 'engine-needed' }
    : { kind: 'matched', matched: { rule, isProtected } }
}
