import type { Result } from '../core/result.ts'
import type { System } from '../system/system.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, UsageError } from './command.ts'
import { PRINT_OPTIONS } from './print-report.ts'
import { showEnhancement } from './task-enhancement.ts'
import { extractTask } from './task-extract.ts'
import { listTasks } from './task-list.ts'
import { showTask } from './task-show.ts'
import { refuseOtherOptions } from './verb-options.ts'

export const grammar: Grammar = {
  name: 'task',
  summary: 'what tasks and enhancements cost, and which transcript belongs to which task',
  arguments: [
    {
      name: '[VERB]',
      summary: 'list (default), show, enhancement or extract',
      words: ['list', 'show', 'enhancement', 'extract'],
    },
    {
      name: '[WORDS...]',
      summary: 'show TASK · enhancement NAME · extract TASK TRANSCRIPT [SESSION]',
    },
  ],
  options: {
    enhancement: {
      kind: 'value',
      placeholder: 'NAME',
      summary: 'list: only this one; extract: the enhancement that the task belongs to',
    },
    ...PRINT_OPTIONS,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs task extract task_17 ~/.claude/projects/shop/abc123.jsonl --enhancement login',
    'ai-costs task show task_17 --json',
    'ai-costs task enhancement login',
  ],
}

interface Verb {
  readonly run: (invocation: Invocation, words: readonly string[], system: System) => Promise<Result>
  /** What it is to be given, as one writes it, and how many words that is. */
  readonly usage: string
  readonly words: readonly [least: number, most: number]
  readonly options: readonly string[]
}

const VERBS: Readonly<Record<string, Verb>> = {
  list: {
    run: listTasks,
    usage: 'task list',
    words: [0, 0],
    options: [...Object.keys(PRINT_OPTIONS), 'enhancement', 'now'],
  },
  show: { run: showTask, usage: 'task show TASK', words: [1, 1], options: ['json', 'now'] },
  enhancement: {
    run: showEnhancement,
    usage: 'task enhancement NAME',
    words: [1, 1],
    options: ['json', 'now'],
  },
  extract: {
    run: extractTask,
    usage: 'task extract TASK TRANSCRIPT [SESSION]',
    words: [2, 3],
    options: ['json', 'enhancement'],
  },
}

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: System): Promise<Result> {
  const [name = 'list', ...words] = invocation.arguments
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  if (verb === undefined) {
    throw new UsageError(`there is no "task ${name}": use one of ${Object.keys(VERBS).join(', ')}`)
  }
  refuseOtherOptions(invocation, `task ${name}`, verb.options)
  const [least, most] = verb.words
  const empty = words.slice(0, least).some((word) => word.trim() === '')
  if (words.length < least || words.length > most || empty) {
    throw new UsageError(`write it like ai-costs ${verb.usage}`)
  }
  return verb.run(invocation, words, system)
}
