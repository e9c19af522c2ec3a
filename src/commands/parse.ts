import { parseArgs } from 'node:util'
import type { Grammar, Invocation } from './command.ts'

/**
 * Reads a call that is right, with what Node brings along; null for anything else (help, a slip, a missing
 * argument), which `explain.ts` then answers with a parser that is good at explaining.
 */
export function parseQuickly(grammar: Grammar, argv: readonly string[]): Invocation | null {
  try {
    const { values, positionals } = parseArgs({
      args: argv.map(protectNegative),
      options: Object.fromEntries(
        Object.entries(grammar.options).map(([name, { kind }]) => [
          name,
          { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) },
        ]),
      ),
      allowPositionals: true,
      strict: true,
    })
    const options: Invocation['options'] = Object.fromEntries(
      Object.entries(values).map(([name, value]): [string, string | true] => [
        name,
        value === true ? true : restoreNegative(String(value)),
      ]),
    )
    const given = positionals.map(restoreNegative)
    return fits(grammar, given, options) ? { arguments: given, options } : null
  } catch {
    return null
  }
}

function fits(grammar: Grammar, given: readonly string[], options: Invocation['options']): boolean {
  const required = grammar.arguments.filter(({ name }) => !name.startsWith('[')).length
  return (
    given.length >= required &&
    given.length <= grammar.arguments.length &&
    Object.entries(grammar.options).every(
      ([name, { choices }]) =>
        choices === undefined || options[name] === undefined || choices.includes(String(options[name])),
    )
  )
}

/** A private-use character in front of `-5` keeps it from being read as an option. */
const MARK = '\u{f0000}'

function protectNegative(word: string): string {
  return /^-\d/.test(word) ? MARK + word : word
}

function restoreNegative(word: string): string {
  return word.startsWith(MARK) ? word.slice(MARK.length) : word
}
