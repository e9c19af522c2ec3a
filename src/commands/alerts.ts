import type { Result } from '../core/result.ts'
import type { System } from '../system/system.ts'
import { listAlerts } from './alerts-list.ts'
import { snoozeAlerts } from './alerts-snooze.ts'
import { testAlerts } from './alerts-test.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, JSON_OPTION, UsageError } from './command.ts'
import { refuseOtherOptions } from './verb-options.ts'

export const grammar: Grammar = {
  name: 'alerts',
  summary: 'the alerts on record, a test of every way to tell you, and a pause',
  arguments: [
    { name: '[VERB]', summary: 'list (default), test or snooze', words: ['list', 'test', 'snooze'] },
    { name: '[SPAN]', summary: 'snooze: for how long, e.g. 30m, 1h or 2d; off ends it' },
  ],
  options: {
    since: {
      kind: 'value',
      placeholder: 'WHEN',
      summary: 'list: those of a span such as 24h, or after an instant',
    },
    ...JSON_OPTION,
    ...COMMON_OPTIONS,
  },
  examples: ['ai-costs alerts list --since 24h', 'ai-costs alerts test', 'ai-costs alerts snooze 1h'],
}

interface Verb {
  readonly run: (invocation: Invocation, system: System) => Result | Promise<Result>
  readonly takesSpan: boolean
  readonly options: readonly string[]
}

const VERBS: Readonly<Record<string, Verb>> = {
  list: { run: listAlerts, takesSpan: false, options: ['json', 'now', 'since'] },
  test: { run: testAlerts, takesSpan: false, options: [] },
  snooze: { run: snoozeAlerts, takesSpan: true, options: [] },
}

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: System): Promise<Result> {
  const [name = 'list', span] = invocation.arguments
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  if (verb === undefined) {
    throw new UsageError(`there is no "alerts ${name}": use one of ${Object.keys(VERBS).join(', ')}`)
  }
  refuseOtherOptions(invocation, `alerts ${name}`, verb.options)
  if (span !== undefined && !verb.takesSpan) {
    throw new UsageError(`alerts ${name} takes no ${span}: leave it out`)
  }
  return verb.run(invocation, system)
}
