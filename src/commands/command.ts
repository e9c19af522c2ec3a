import type { Result } from '../core/result.ts'
import type { System } from '../system/system.ts'

/** An option of a command, as `--name` or `--name VALUE`. */
export interface OptionSpec {
  readonly kind: 'flag' | 'value'
  /** What stands for the value in the help: `DIR`. */
  readonly placeholder?: string
  readonly summary: string
  /** The only values allowed. */
  readonly choices?: readonly string[]
  /** Left out of the help: what we say to ourselves. */
  readonly isHidden?: true
  /** The next word is the value whatever it looks like: a prompt may begin with a dash. */
  readonly isVerbatim?: true
}

export interface ArgumentSpec {
  /** As in the help: `MODEL`, `[CACHE_READ]`, `[PATH...]`. Brackets make it optional, dots let it be several. */
  readonly name: string
  readonly summary: string
  /** What a shell offers for it. Other words may be right too: the command says so. */
  readonly words?: readonly string[]
}

/** A command's grammar as data: the quick parser, commander and the help are all made from it. */
export interface Grammar {
  readonly name: string
  readonly summary: string
  readonly arguments: readonly ArgumentSpec[]
  readonly options: Readonly<Record<string, OptionSpec>>
  /** Shown below the help: calls that one can copy. */
  readonly examples: readonly string[]
  /** How wrong usage exits: `check` promises 3, everything else 64. */
  readonly usageExit?: number
  /** Left out of the help: what we say to ourselves. */
  readonly isHidden?: true
}

/** What was typed. */
export interface Invocation {
  readonly arguments: readonly string[]
  /** By option name; a flag that was not given is absent. */
  readonly options: Readonly<Record<string, string | true | undefined>>
}

export interface Command {
  readonly grammar: Grammar
  /** The grammars of all commands are for those that tell about the others. */
  readonly run: (
    invocation: Invocation,
    system: System,
    grammars: readonly Grammar[],
  ) => Result | Promise<Result>
}

/** Options that every command takes. */
export const COMMON_OPTIONS = {
  dir: {
    kind: 'value',
    placeholder: 'DIR',
    summary: 'the ledger directory (default: nearest .ai-costs, else ~/.ai-costs)',
  },
  config: { kind: 'value', placeholder: 'DIR', summary: 'use the settings in this directory only' },
  now: {
    kind: 'value',
    placeholder: 'INSTANT',
    summary: 'answer as of this instant, e.g. 2025-12-15T14:30:00Z',
  },
  'no-cache': { kind: 'flag', summary: 'read the whole ledger' },
} as const satisfies Record<string, OptionSpec>

export const JSON_OPTION = {
  json: { kind: 'flag', summary: 'print one JSON document' },
} as const satisfies Record<string, OptionSpec>

/** Wrong usage: the message is a sentence that ends with the fix. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The text of a value option, or null when it was not given. */
export function valueOf({ options }: Invocation, name: string): string | null {
  const value = options[name]
  return typeof value === 'string' ? value : null
}

/**
 * The directory that an option names, or null when it was not given. Throws `UsageError` for an empty name: an unset
 * variable in a script must not make it judge some other ledger.
 */
export function directoryOf(invocation: Invocation, name: string): string | null {
  const directory = valueOf(invocation, name)
  if (directory === '') throw new UsageError(`--${name} is empty: name a directory, or leave the option out`)
  return directory
}

export function hasFlag({ options }: Invocation, name: string): boolean {
  return options[name] !== undefined
}

/** The text of an option that allows only some values. Throws `UsageError`. */
export function choiceOf<Choice extends string>(
  invocation: Invocation,
  name: string,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice {
  const value = valueOf(invocation, name)
  if (value === null) return otherwise
  const choice = choices.find((one) => one === value)
  if (choice === undefined) throw new UsageError(`--${name} must be one of ${choices.join(', ')}`)
  return choice
}
