/** A call of ours as it stands in a text, and its words as a shell would hand them over. */
export interface TypedCall {
  readonly text: string
  readonly words: readonly string[]
}

/** The calls in lines that one can copy. What `$(…)` or a variable stands for counts as one word. */
export function callsIn(lines: readonly string[]): readonly TypedCall[] {
  return lines.flatMap((line) =>
    [...line.replace(/(^|\s)#\s.*/, '').matchAll(/(?<![\w@./-])ai-costs(?= |$)([^\n]*)/g)].map(
      ([, rest = '']) => {
        const words = wordsOf(rest)
        return { text: ['ai-costs', ...words].join(' '), words }
      },
    ),
  )
}

/** A quoted part, a substitution, or plain characters: a word is a run of these. What ends a call ends its words. */
const PART = /"(?:\\.|\$\([^)]*\)|[^"])*"|'[^']*'|\$\([^)]*\)|[^\s"'`()|&;<>#]/y

function wordsOf(text: string): readonly string[] {
  const words: string[] = []
  let word = ''
  for (let at = 0; at < text.length;) {
    PART.lastIndex = at
    const [part] = PART.exec(text) ?? []
    if (part === undefined && !/\s/.test(text[at]!)) break
    if (part === undefined && word !== '') words.push(word)
    word = part === undefined ? '' : word + part.replace(/^(["'])(.*)\1$/s, '$2')
    at += part?.length ?? 1
  }
  return word === '' ? words : [...words, word]
}
