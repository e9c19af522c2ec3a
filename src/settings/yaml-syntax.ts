import type { YAMLError } from 'yaml'

import type { Problem } from './problem.ts'

/** Makes a sentence with a fix of what the YAML parser says about the text. */
export function syntaxProblem(
  error: YAMLError,
  text: string,
  problemAt: (offset: number, message: string, fix: string) => Problem,
): Problem {
  const said = `${error.code}: ${error.message}`
  const known = SENTENCES.find(({ parser }) => parser.test(said))
  const { message, fix } = known ?? {
    message: firstLine(error.message),
    fix: 'correct the YAML on this line',
  }
  // The parser points at the start of a wrong indentation; a person looks at what is indented.
  const spaces = /^ */.exec(text.slice(error.pos[0], error.pos[0] + 200))?.[0].length ?? 0
  return problemAt(error.pos[0] + spaces, message, fix)
}

interface Sentence {
  /** Matches the parser's code, a colon and the parser's message. */
  readonly parser: RegExp
  readonly message: string
  readonly fix: string
}

/** The first that matches holds. What only exotic YAML can reach keeps the parser's own words. */
const SENTENCES: readonly Sentence[] = [
  {
    parser: /: Flow (map|sequence)/,
    message: 'a bracket is not closed here',
    fix: 'close every `[` with `]` and every `{` with `}`',
  },
  {
    parser: /^BAD_INDENT/,
    message: 'the indentation does not match the lines above',
    fix: 'start the key in the same column as the other keys of its section',
  },
  {
    parser: /^BAD_SCALAR_START/,
    message: 'a value cannot start with this character',
    fix: 'put the value in double quotes',
  },
  {
    parser: /^BLOCK_AS_IMPLICIT_KEY/,
    message: 'there is a second key where a value was expected',
    fix: 'put each key on its own line in the column of its siblings, or put a value that contains `: ` in quotes',
  },
  { parser: /: Missing closing .quote/, message: 'a quote is not closed', fix: 'close it on the same line' },
  {
    parser: /: Implicit map keys need to be followed/,
    message: 'the line is not a key with a value',
    fix: 'write `key: value`, or put `#` before a comment',
  },
  {
    parser: /: Sequence item without -/,
    message: 'the line belongs to a list but is no item of it',
    fix: 'start it with `- `, or indent it like the other keys',
  },
  {
    parser: /^MULTIPLE_DOCS/,
    message: '`---` starts a second document',
    fix: 'keep one document in the file: remove the line `---`',
  },
  { parser: /^NON_STRING_KEY/, message: 'a key is not a plain name', fix: 'write the key as a plain word' },
  {
    parser: /^RESOURCE_EXHAUSTION/,
    message: 'the brackets or dashes are nested too deeply',
    fix: 'remove the needless nesting',
  },
  { parser: /^TAB_AS_INDENT/, message: 'a tab is used as indentation', fix: 'indent with spaces' },
  {
    parser: /^TAG_RESOLVE_FAILED/,
    message: 'tags (`!…`) are not read',
    fix: 'remove the tag, or put the text in quotes',
  },
]

/** The parser may quote the whole offending text, which can be as long as the file. */
function firstLine(message: string): string {
  const line = message.split('\n', 1)[0] ?? ''
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}
