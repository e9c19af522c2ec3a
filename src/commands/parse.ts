import type { Grammar, Invocation, OptionSpec } from './command.ts'

/**
 * Reads a call that is right; null for anything else (help, a slip, a missing argument), which `explain-usage.ts` then
 * answers with a parser that is good at explaining. Takes nothing from a library: Node's own parser costs a tenth of a
 * start.
 */
export function parseQuickly(grammar: Grammar, argv: readonly string[]): Invocation | null {
  const given: string[] = []
  const options: Record<string, string | true> = {}
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!
    if (word === '--') {
      given.push(...argv.slice(at + 1))
      break
    }
    if (!looksLikeOption(word)) {
      given.push(word)
      continue
    }
    const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? []
    const spec = grammar.options[name]
    if (spec === undefined || !Object.hasOwn(grammar.options, name)) return null
    const taken = spec.kind === 'flag' ? (value === undefined ? true : undefined) : (value ?? argv[++at])
    const isRight =
      taken === true ||
      (taken !== undefined && (value !== undefined || spec.isVerbatim === true || !looksLikeOption(taken)))
    if (!isRight || !allows(spec, taken)) return null
    options[name] = taken
  }
  return hasArguments(grammar, given) ? { arguments: given, options } : null
}

/** `-5` is a number, and `-` by itself stands for the standard input. */
function looksLikeOption(word: string): boolean {
  return word.startsWith('-') && word !== '-' && !/^-\d/.test(word)
}

function allows({ choices }: OptionSpec, value: string | true): boolean {
  return choices === undefined || (value !== true && choices.includes(value))
}

function hasArguments(grammar: Grammar, given: readonly string[]): boolean {
  const required = grammar.arguments.filter(({ name }) => !name.startsWith('[')).length
  const takesMore = grammar.arguments.at(-1)?.name.endsWith('...]') === true
  return given.length >= required && (takesMore || given.length <= grammar.arguments.length)
}
