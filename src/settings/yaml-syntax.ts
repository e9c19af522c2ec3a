import type { ErrorCode, YAMLError } from 'yaml'

import type { Problem } from './problem.ts'

/** Makes a sentence with a fix of what the YAML parser says. */
export function syntaxProblem(
  error: YAMLError,
  problemAt: (offset: number, message: string, fix: string) => Problem,
): Problem {
  const [message, fix] = SENTENCES[error.code] ?? [firstLine(error.message), 'correct the YAML on this line']
  return problemAt(error.pos[0], message, fix)
}

/** What went wrong, and what to do. Codes that only exotic YAML can reach keep the parser's own words. */
const SENTENCES: { readonly [Code in ErrorCode]?: readonly [message: string, fix: string] } = {
  BAD_INDENT: [
    'the indentation does not match the lines above, or a bracket is not closed',
    'start the key in the column of its siblings and close every `[` and `{`',
  ],
  BAD_SCALAR_START: ['a value cannot start with this character', 'put the value in double quotes'],
  BLOCK_AS_IMPLICIT_KEY: [
    'there is a second key where a value was expected',
    'put each key on its own line in the column of its siblings, or put a value that contains `: ` in quotes',
  ],
  MISSING_CHAR: [
    'the line is not a key with a value: a colon, a closing quote or a dash is missing',
    'write `key: value`, or close the quote',
  ],
  MULTIPLE_DOCS: ['`---` starts a second document', 'keep one document in the file: remove the line `---`'],
  NON_STRING_KEY: ['a key is not a plain name', 'write the key as a plain word'],
  RESOURCE_EXHAUSTION: ['the brackets or dashes are nested too deeply', 'remove the needless nesting'],
  TAB_AS_INDENT: ['a tab is used as indentation', 'indent with spaces'],
  TAG_RESOLVE_FAILED: ['tags (`!…`) are not read', 'remove the tag, or put the text in quotes'],
}

/** The parser may quote the whole offending text, which can be as long as the file. */
function firstLine(message: string): string {
  const line = message.split('\n', 1)[0] ?? ''
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}
