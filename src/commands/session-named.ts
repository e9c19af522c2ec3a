import { shortIds } from '../core/short-ids.ts'
import type { SessionSpend } from '../core/snapshot.ts'
import { UsageError } from './command.ts'

/** The widths and ellipses with which `check`, `status` and the pane shorten the ids of a day's sessions. */
const WRITTEN = [
  { columns: 15, ellipsis: '…' },
  { columns: 15, ellipsis: '~' },
  { columns: 8, ellipsis: '…' },
  { columns: 8, ellipsis: '~' },
] as const

/**
 * The id of the session of the day that goes by a short name, or that alone begins so. Throws `UsageError` when there
 * is none, or more than one.
 */
export function sessionNamed(name: string, sessions: readonly SessionSpend[]): string {
  const found = sessionsNamed(name, sessions)
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  if (found.length > 1) {
    throw new UsageError(`"${name}" may be ${found.join(' or ')}: write more of it`)
  }
  const today = [...shortIds(sessions.map(({ id }) => id)).values()].slice(0, MOST_NAMED).join(', ')
  const known = today === '' ? 'name one of the ledger by its whole id' : `today there are ${today}`
  throw new UsageError(`there is no record or session "${name}": ${known}`)
}

const MOST_NAMED = 8

/** The ids of the sessions of the day that go by a short name, else of those that begin so. */
export function sessionsNamed(name: string, sessions: readonly SessionSpend[]): readonly string[] {
  const ids = sessions.map(({ id }) => id)
  const shortened = WRITTEN.flatMap(({ columns, ellipsis }) => [...shortIds(ids, columns, ellipsis)])
  const named = new Set(shortened.flatMap(([id, short]) => (short === name ? [id] : [])))
  return named.size > 0 ? [...named] : ids.filter((id) => name !== '' && id.startsWith(name))
}
