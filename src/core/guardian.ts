import type { Money } from './money.ts'

/** What a review of a session looks for, as `guardian:` of the settings says. */
export interface Guardian {
  /** A session that cost more deserves a warning; null leaves that to the budget of sessions. */
  readonly warnOver: Money | null
  /** Whether a session deserves one whose model was more than its work took. */
  readonly warnsOfOverkill: boolean
  readonly suggestsCheaper: boolean
  /** What to say, with names such as `${cost}` in it; see `ADVICE_NAMES`. */
  readonly message: string
}

/** What a message may name. */
export const ADVICE_NAMES = [
  'cost',
  'cheaper_model',
  'cheaper_cost',
  'saved',
  'model',
  'session',
  'limit',
] as const
export type AdviceName = (typeof ADVICE_NAMES)[number]

/** What holds where the settings, or an option of the call, say no more. */
export const DEFAULT_GUARDIAN: Guardian = {
  warnOver: null,
  warnsOfOverkill: false,
  suggestsCheaper: true,
  message: 'This session cost ${cost}. Consider using ${cheaper_model} for similar tasks.',
}

/** The first thing in a message that looks like a name and is none; null when all are. */
export function unknownName(message: string): string | null {
  for (const [whole, name] of message.matchAll(NAMED)) {
    if (!ADVICE_NAMES.some((known) => known === name)) return whole
  }
  return null
}

/** Puts the words in the place of their names; null when one of them is not known. */
export function filledMessage(
  message: string,
  words: { readonly [Name in AdviceName]: string | null },
): string | null {
  let isComplete = true
  const filled = message.replace(NAMED, (whole, name: string) => {
    const known = ADVICE_NAMES.find((one) => one === name)
    const word = known === undefined ? whole : words[known]
    isComplete &&= word !== null
    return word ?? ''
  })
  return isComplete ? filled : null
}

const NAMED = /\$\{([^{}]*)\}/g
