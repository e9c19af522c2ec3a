/** Matches in a time that grows only with the length of the text, whatever the pattern. */
export interface PatternEngine {
  /** Whether the pattern is found anywhere in the text, without regard to case. */
  readonly finds: (pattern: string, text: string) => boolean
}

/** A prompt in the forms in which it is matched, made once for all patterns. */
export interface PromptText {
  readonly text: string
  /** The same in small letters. */
  readonly folded: string
}

/** Characters of a prompt that are looked at: what a task is stands at its beginning, or at its end. */
const LONGEST_TEXT = 16 * 1024

/** Longer prompts are cut to their head and tail; the line feed keeps a word from being made of both. */
export function promptText(prompt: string): PromptText {
  const half = LONGEST_TEXT / 2
  const text = prompt.length <= LONGEST_TEXT ? prompt : `${prompt.slice(0, half)}\n${prompt.slice(1 - half)}`
  return { text, folded: folded(text) }
}

/** Whether the pattern is found in the prompt; null when that takes an engine, and there is none. */
export function isFound(pattern: string, prompt: PromptText, engine: PatternEngine | null): boolean | null {
  const literals = literalsOf(pattern)
  if (literals !== null) return literals.some((literal) => prompt.folded.includes(folded(literal)))
  return engine === null ? null : engine.finds(pattern, prompt.text)
}

/**
 * The alternatives of a pattern such as `format|lint`, in which no character is special; null for any other pattern.
 * Most rules are no more than this, and an engine takes as long to load as half a start of the program.
 */
export function literalsOf(pattern: string): readonly string[] | null {
  return LITERALS.test(pattern) ? pattern.split('|') : null
}

/** ASCII only: beyond it, folding case is a table that the engine has and this file does not. */
const LITERALS = /^[ !"#%&',/0-9:;<=>@A-Z_`a-z~|-]*$/

/**
 * Small letters as far as ASCII is concerned: the long s and the Kelvin sign are letters of ASCII to an engine that
 * folds case, and the dotted capital I, of which JavaScript makes an `i` and a dot, is none.
 */
function folded(text: string): string {
  return text.replaceAll('\u017f', 's').replaceAll('\u0130', '\u0307').toLowerCase()
}
