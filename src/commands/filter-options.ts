import { SCOPE_KEYS, type Scope } from '../core/budget.ts'
import type { Filter } from '../reports/usage.ts'
import { type Invocation, type OptionSpec, UsageError, valueOf } from './command.ts'

/** Options that say which records count, by the labels by which a budget can be narrowed. */
export const FILTER_OPTIONS = {
  project: pattern('only this project (* stands for anything)'),
  model: pattern('only this model'),
  tool: pattern('only this tool'),
  'task-type': pattern('only this task type'),
  'task-id': pattern('only this task'),
  enhancement: pattern('only this enhancement'),
  'project-code': pattern('only this project code'),
  session: { kind: 'value', placeholder: 'ID', summary: 'only this session' },
} as const satisfies Record<string, OptionSpec>

/** What was narrowed. Throws `UsageError` for an empty name, which an unset variable in a script leaves. */
export function filterOf(invocation: Invocation): Filter {
  const given = (option: string): string | null => {
    const value = valueOf(invocation, option)
    if (value === '') throw new UsageError(`--${option} is empty: name one, or leave the option out`)
    return value
  }
  const scope: Scope = Object.fromEntries(
    SCOPE_KEYS.flatMap((key) => {
      const value = given(key.replaceAll('_', '-'))
      return value === null ? [] : [[key, value]]
    }),
  )
  return { scope, session: given('session') }
}

/** Whether nothing was narrowed. */
export function isEverything({ scope, session }: Filter): boolean {
  return Object.keys(scope).length === 0 && session === null
}

function pattern(summary: string): OptionSpec {
  return { kind: 'value', placeholder: 'NAME', summary }
}
