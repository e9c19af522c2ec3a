/** A piece of explaining text, before anybody lays it out. */
export type Passage =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'terms'; readonly terms: readonly Term[] }
  /** Lines to copy, as they are. */
  | { readonly kind: 'sample'; readonly lines: readonly string[] }

/** A word and what it means. */
export type Term = readonly [word: string, meaning: string]

/** What is said about one thing. */
export interface Section {
  readonly title: string
  readonly passages: readonly Passage[]
}

/** A whole manual: sections under a name. */
export interface Manual {
  readonly name: string
  readonly summary: string
  readonly version: string
  readonly sections: readonly Section[]
}

export function prose(text: string): Passage {
  return { kind: 'prose', text }
}

export function terms(...given: readonly Term[]): Passage {
  return { kind: 'terms', terms: given }
}

export function sample(...lines: readonly string[]): Passage {
  return { kind: 'sample', lines }
}
