import { troubleText } from '../core/answers/check-text.ts'
import { notSaved, type Result } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { type TrackedSession, parseTracked } from '../core/tracked-session.ts'
import { Unreadable } from '../system/file-system.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { System } from '../system/system.ts'
import { troubleOf } from './trouble.ts'

/** A session that runs, and how it is kept. */
export interface RunningSession {
  readonly session: TrackedSession
  readonly text: string
}

/** The session that runs beside a ledger; null when none does. Throws `Unreadable`. */
export function runningSession(
  { directory }: { readonly directory: string },
  { tracked }: Pick<System, 'tracked'>,
): RunningSession | null {
  const files = tracked(directory)
  const text = files.running()
  if (text === null) return null
  const session = parseTracked(text)
  if (session !== null) return { session, text }
  throw new Unreadable(files.path, 'is no session that runs', 'remove it, and begin anew with session start')
}

/** What to say where there should be one; `lost` is what was not done. */
export function noSession({ directory }: { readonly directory: string }, lost: string): Result {
  return notSaved(
    `ai-costs: no session runs in ${safeText(directory)}, ${lost}: begin one with ai-costs session start NAME\n`,
  )
}

/** Turns what could not be read or saved into sentences. */
export async function orNotDone(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Unreadable) return notSaved(troubleText([troubleOf(error)]))
    if (error instanceof NotSaved) return notSaved(`ai-costs: ${safeText(error.message)}\n`)
    throw error
  }
}
