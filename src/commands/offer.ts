import type { ArgumentSpec, Grammar, OptionSpec } from './command.ts'

/** What our own settings, prices and ledger name: looked up when somebody presses the key, never before. */
export const LOOKUPS = ['budgets', 'models', 'sessions'] as const
export type Lookup = (typeof LOOKUPS)[number]

/** What a shell offers for a word: the word itself, or where it finds such words. */
export type Offer = string | `@${Lookup | 'files' | 'directories'}`

/** A command as a shell completes it: what we say to ourselves is left out. */
export interface Completed {
  readonly name: string
  readonly summary: string
  readonly options: readonly CompletedOption[]
  readonly arguments: readonly CompletedArgument[]
}

export interface CompletedOption {
  readonly name: string
  readonly summary: string
  /** What stands for its value in the help; null for a flag. */
  readonly value: string | null
  readonly offers: readonly Offer[]
}

export interface CompletedArgument {
  /** Without brackets and dots. */
  readonly name: string
  readonly isOptional: boolean
  /** It may be several. */
  readonly isRepeated: boolean
  readonly offers: readonly Offer[]
}

/** The commands that people type, as a shell completes them, by name. */
export function completedOf(grammars: readonly Grammar[]): readonly Completed[] {
  const shown = grammars.filter(({ isHidden }) => isHidden !== true)
  const names = shown.map(({ name }) => name)
  return shown
    .map((grammar) => ({
      name: grammar.name,
      summary: grammar.summary,
      options: [...Object.entries(grammar.options).flatMap(completedOption), HELP],
      arguments: grammar.arguments.map((argument) => completedArgument(argument, names)),
    }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

/** What every command takes without saying so. */
const HELP: CompletedOption = { name: 'help', summary: 'explain the command', value: null, offers: [] }

function completedOption([name, spec]: [string, OptionSpec]): readonly CompletedOption[] {
  if (spec.isHidden === true) return []
  const value = spec.kind === 'flag' ? null : (spec.placeholder ?? 'VALUE')
  const offers = value === null ? [] : (spec.choices ?? offersFor(value, name))
  return [{ name, summary: spec.summary, value, offers }]
}

function completedArgument(
  { name, words = [] }: ArgumentSpec,
  commands: readonly string[],
): CompletedArgument {
  const bare = name.replaceAll(/[[\].]/g, '')
  return {
    name: bare,
    isOptional: name.startsWith('['),
    isRepeated: name.endsWith('...]'),
    offers: [...words, ...(bare === 'COMMAND' ? commands : []), ...offersFor(bare, bare)],
  }
}

/** By what stands for it in the help, else by its name: `--dir DIR`, `MODEL`, `--budget ID`. */
function offersFor(placeholder: string, name: string): readonly Offer[] {
  const offer = OFFERS.get(placeholder) ?? OFFERS.get(name.toUpperCase())
  return offer === undefined ? [] : [offer]
}

const OFFERS: ReadonlyMap<string, Offer> = new Map<string, Offer>([
  ['DIR', '@directories'],
  ['FILE', '@files'],
  ['PATH', '@files'],
  ['FOLDER', '@directories'],
  ['BUDGET', '@budgets'],
  ['MODEL', '@models'],
  ['SESSION', '@sessions'],
])
