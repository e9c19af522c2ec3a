import type { Result } from '../core/result.ts'
import type { System } from '../system/system.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, JSON_OPTION, UsageError } from './command.ts'
import { listDecisions } from './decisions-list.ts'
import { noteDecision } from './decisions-note.ts'
import { refuseOtherOptions } from './verb-options.ts'

export const grammar: Grammar = {
  name: 'decisions',
  summary: 'the downgrades of route, newest first, and what came of them',
  arguments: [
    { name: '[VERB]', summary: 'list (default) or note', words: ['list', 'note'] },
    { name: '[ID]', summary: 'note: the decision to complete' },
  ],
  options: {
    outcome: { kind: 'value', placeholder: 'TEXT', isVerbatim: true, summary: 'note: what came of it' },
    lesson: { kind: 'value', placeholder: 'TEXT', isVerbatim: true, summary: 'note: what to do next time' },
    ...JSON_OPTION,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs decisions list --json',
    'ai-costs decisions note 01KC… --outcome "tests as good" --lesson "tests need no opus"',
  ],
}

interface Verb {
  readonly run: (invocation: Invocation, system: System) => Result | Promise<Result>
  readonly takesId: boolean
  readonly options: readonly string[]
}

const VERBS: Readonly<Record<string, Verb>> = {
  list: { run: listDecisions, takesId: false, options: ['json', 'now'] },
  note: { run: noteDecision, takesId: true, options: ['outcome', 'lesson'] },
}

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: System): Promise<Result> {
  const [name = 'list', id] = invocation.arguments
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  if (verb === undefined) {
    throw new UsageError(`there is no "decisions ${name}": use one of ${Object.keys(VERBS).join(', ')}`)
  }
  refuseOtherOptions(invocation, `decisions ${name}`, verb.options)
  if (verb.takesId !== (id !== undefined)) {
    throw new UsageError(
      verb.takesId
        ? `decisions ${name} needs an ID: see ai-costs decisions list`
        : `decisions ${name} takes no ${id}: leave it out`,
    )
  }
  return verb.run(invocation, system)
}
