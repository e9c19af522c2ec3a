import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js'
import type { PatternEngine } from './pattern.ts'

// RE2 in JavaScript: no look-around and no back-references, and in return no pattern that takes for ever. The engine
// of the language needs hours for `(a+)+$` on fifty letters. Loaded only for a pattern that needs it.

/** Throws for a pattern with a fault. */
export const patternEngine: PatternEngine = {
  // `test` asks whether, not where: that is the fast automaton, and `(a+)+$` on 16 KB takes 2 ms instead of 40.
  finds: (pattern, text) => compile(pattern).test(text),
}

/** What the engine does not understand in a pattern, in its words; null when it takes it. */
export function patternFault(pattern: string): string | null {
  try {
    compile(pattern)
    return null
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    if (!(error instanceof RE2JSSyntaxException)) return error.message
    // The engine may have put something of its own before the pattern.
    const part = error.getPattern()
    const place = part !== null && part !== pattern && pattern.includes(part) ? ` in ${part}` : ''
    return `${error.getDescription()}${place}`
  }
}

function compile(pattern: string): RE2JS {
  return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
}
