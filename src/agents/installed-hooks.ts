import { handlersIn, tableOf } from './hook-groups.ts'
import { JsonFault, memberOf, textOf } from './json-tree.ts'
import { mentionsUs } from './own-command.ts'

/** A place in an agent's settings that calls us. */
export interface InstalledHook {
  /** The event, or `statusLine`. */
  readonly place: string
  /** The command line. */
  readonly line: string
}

/**
 * What of an agent's settings calls us, from their text; null when that is no JSON object. Nothing else in there concerns
 * us.
 */
export function installedHooks(text: string): readonly InstalledHook[] | null {
  try {
    const root = tableOf(text)
    const hooks = memberOf(root, 'hooks')
    const events = hooks?.kind === 'table' ? hooks.members : []
    const lines = events.flatMap(({ key, value }) =>
      handlersIn(value).map(({ handler }) => ({ place: key, line: textOf(handler, 'command') })),
    )
    const statusLine = memberOf(root, 'statusLine')
    const shown = statusLine?.kind === 'table' ? textOf(statusLine, 'command') : null
    return [...lines, { place: 'statusLine', line: shown }].flatMap(({ place, line }) =>
      line !== null && mentionsUs(line) ? [{ place, line }] : [],
    )
  } catch (error) {
    if (error instanceof JsonFault) return null
    throw error
  }
}
