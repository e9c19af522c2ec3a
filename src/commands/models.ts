import type { Result } from '../core/result.ts'
import {
  COMMON_OPTIONS,
  type Grammar,
  type Invocation,
  JSON_OPTION,
  type OptionSpec,
  UsageError,
} from './command.ts'
import { addModel } from './models-add.ts'
import type { ModelsSystem } from './models-catalog.ts'
import { setDefaultModel } from './models-default.ts'
import { importModels } from './models-import.ts'
import { listModels } from './models-list.ts'
import { showModel } from './models-show.ts'
import { updateModels } from './models-update.ts'
import { EVERYWHERE } from './verb-options.ts'

const RATE_OPTIONS = {
  input: { kind: 'value', placeholder: 'USD', summary: 'add: per million uncached input tokens' },
  output: { kind: 'value', placeholder: 'USD', summary: 'add: per million output tokens' },
  'cache-read': { kind: 'value', placeholder: 'USD', summary: 'add: per million tokens read from the cache' },
  'cache-write': { kind: 'value', placeholder: 'USD', summary: 'add: per million five-minute cache writes' },
  'cache-write-1h': { kind: 'value', placeholder: 'USD', summary: 'add: per million one-hour cache writes' },
  alias: { kind: 'value', placeholder: 'NAMES', summary: 'add: other names of the model, with commas' },
} as const satisfies Record<string, OptionSpec>

export const grammar: Grammar = {
  name: 'models',
  summary: 'list, show, add and update the prices of models, and choose the default one',
  arguments: [
    {
      name: '[VERB]',
      summary: 'list (default), show, set-default, add, update or import',
      words: ['list', 'show', 'set-default', 'add', 'update', 'import'],
    },
    {
      name: '[MODEL]',
      summary: 'list: part of a name; show, set-default, add: a model; import: a models.json',
    },
  ],
  options: {
    provider: { kind: 'value', placeholder: 'NAME', summary: 'list: only models of this provider' },
    ...RATE_OPTIONS,
    from: {
      kind: 'value',
      placeholder: 'X',
      summary: 'add: the date from which it holds; update: the https address or file of the table',
    },
    'dry-run': {
      kind: 'flag',
      summary: 'add, update, import, set-default: say what would change, write nothing',
    },
    ...JSON_OPTION,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs models list opus',
    'ai-costs models show claude-opus-4-5-20251101',
    'ai-costs models add acme-1 --input 1.00 --output 4.00 --cache-read 0.10',
    'ai-costs models update --dry-run',
  ],
}

interface Verb {
  readonly run: (invocation: Invocation, system: ModelsSystem) => Promise<Result>
  /** What MODEL stands for; null when the verb takes none. */
  readonly argument: { readonly noun: string; readonly isRequired: boolean } | null
  readonly options: readonly string[]
}

const VERBS: Readonly<Record<string, Verb>> = {
  list: {
    run: listModels,
    argument: { noun: 'FILTER', isRequired: false },
    options: ['provider', 'json', 'now'],
  },
  show: { run: showModel, argument: { noun: 'MODEL', isRequired: true }, options: ['json', 'now'] },
  'set-default': {
    run: setDefaultModel,
    argument: { noun: 'MODEL', isRequired: true },
    options: ['dry-run'],
  },
  add: {
    run: addModel,
    argument: { noun: 'MODEL', isRequired: true },
    options: [...Object.keys(RATE_OPTIONS), 'from', 'dry-run'],
  },
  update: { run: updateModels, argument: null, options: ['from', 'dry-run'] },
  import: { run: importModels, argument: { noun: 'FILE', isRequired: true }, options: ['dry-run'] },
}

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: ModelsSystem): Promise<Result> {
  const [name = 'list', argument] = invocation.arguments
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  if (verb === undefined) {
    const names = Object.keys(VERBS).join(', ')
    throw new UsageError(`there is no "models ${name}": use one of ${names}, or: models list ${name}`)
  }
  refuseForeignOptions(name, verb, invocation)
  if (verb.argument === null && argument !== undefined) {
    throw new UsageError(`models ${name} takes no ${argument}: leave it out`)
  }
  if (verb.argument?.isRequired === true && (argument ?? '').trim() === '') {
    throw new UsageError(
      `models ${name} needs a ${verb.argument.noun}: ai-costs models ${name} ${verb.argument.noun}`,
    )
  }
  return verb.run(invocation, system)
}

function refuseForeignOptions(name: string, { options }: Verb, invocation: Invocation): void {
  const allowed = new Set([...options, ...EVERYWHERE])
  const foreign = Object.keys(invocation.options).find((option) => !allowed.has(option))
  if (foreign === undefined) return
  throw new UsageError(`models ${name} takes no --${foreign}: leave it out (see: ai-costs help models)`)
}
