import { type Manual, type Section, type Term, prose, sample, terms } from '../core/manual.ts'
import { COMMON_OPTIONS, type Grammar, type OptionSpec } from './command.ts'
import { TOPICS } from './topics.ts'

/** The whole manual: what people type, in the order of the table, then the topics. */
export function manualOf(grammars: readonly Grammar[], version: string): Manual {
  const shown = grammars.filter(({ isHidden }) => isHidden !== true)
  return {
    name: 'ai-costs',
    summary: 'the budget controller for AI coding tools',
    version,
    sections: [SYNOPSIS, DESCRIPTION, COMMON, ...shown.map(aboutCommand), ...TOPICS, ENVIRONMENT],
  }
}

const SYNOPSIS: Section = {
  title: 'synopsis',
  passages: [
    sample('ai-costs [OPTIONS]', 'ai-costs COMMAND [ARGUMENTS] [OPTIONS]', 'ai-costs help [COMMAND|TOPIC]'),
  ],
}

const DESCRIPTION: Section = {
  title: 'description',
  passages: [
    prose(
      'Shows how much of the budgets for a day, a week, a month and each session is gone, answers scripts with an ' +
        'exit code, names cheaper models as budgets fill, and stops agents where you say so. Everything is local. ' +
        'Without a command it is the live pane.',
    ),
  ],
}

const COMMON: Section = {
  title: 'options of most commands',
  passages: [
    terms(...Object.entries<OptionSpec>(COMMON_OPTIONS).map(optionTerm), ['--help', 'explain the command']),
  ],
}

const ENVIRONMENT: Section = {
  title: 'environment',
  passages: [
    terms(
      ['AI_COST_DIR', 'the ledger directory, where --dir names none'],
      ['AI_CONFIG_DIR', 'the settings directory, where --config names none'],
      ['AI_COSTS_WEBHOOK', 'where alerts are sent; wins over the settings'],
      ['AI_COSTS_TASK', 'the task of what log appends and hooks import; CMAT_CURRENT_TASK_ID does, too'],
      ['AI_COSTS_ENHANCEMENT', 'the enhancement of the same'],
      ['NO_COLOR, FORCE_COLOR', 'no colour at all; colour even in a pipe'],
      ['COLUMNS', 'the width of the status line'],
    ),
  ],
}

function aboutCommand({ name, summary, arguments: given, options, examples }: Grammar): Section {
  const own = Object.entries(options).filter(
    ([option, { isHidden }]) => isHidden !== true && !Object.hasOwn(COMMON_OPTIONS, option),
  )
  const explained: readonly Term[] = [
    ...given.map((argument): Term => [argument.name, argument.summary]),
    ...own.map(optionTerm),
  ]
  const synopsis = ['ai-costs', name, ...given.map((argument) => argument.name)].join(' ')
  return {
    title: `ai-costs ${name}`,
    passages: [
      prose(`${summary}.`),
      sample(own.length > 0 ? `${synopsis} [OPTIONS]` : synopsis),
      ...(explained.length > 0 ? [terms(...explained)] : []),
      ...(examples.length > 0 ? [prose('Examples:'), sample(...examples)] : []),
    ],
  }
}

function optionTerm([name, { kind, placeholder, summary, choices }]: [string, OptionSpec]): Term {
  const told = choices === undefined ? summary : `${summary}: ${choices.join(', ')}`
  return [kind === 'flag' ? `--${name}` : `--${name} ${placeholder ?? 'VALUE'}`, told]
}
