import { troubleText } from '../core/answers/check-text.ts'
import type { Calendar } from '../core/calendar.ts'
import type { PriceCatalog } from '../core/price-catalog.ts'
import { EXIT, type Result } from '../core/result.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import type { Invocation } from './command.ts'
import { type JudgingSystem, callOf, open } from './desk.ts'
import { troubleOf } from './trouble.ts'

export type ModelsSystem = JudgingSystem & Pick<System, 'terminal' | 'replaceFile' | 'download'>

/** What every verb of `models` stands on. */
export interface OpenCatalog {
  readonly catalog: PriceCatalog
  readonly defaultModel: string | null
  readonly calendar: Calendar
  /** Epoch milliseconds; that of `--now`. */
  readonly now: number
}

/**
 * Loads the settings and all prices and hands them on; where they are broken, says so and exits with `exitCode`.
 */
export async function withCatalog(
  invocation: Invocation,
  system: JudgingSystem,
  answer: (open: OpenCatalog) => Result | Promise<Result>,
  exitCode: number = EXIT.cannotTell,
): Promise<Result> {
  const call = callOf(invocation, system)
  const opened = await open(call, system)
  if (opened.kind === 'trouble') return { stdout: '', stderr: troubleText(opened.troubles), exitCode }
  const { accounts, reader } = opened
  reader.close()
  let catalog: PriceCatalog
  try {
    catalog = accounts.catalog()
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { stdout: '', stderr: troubleText([troubleOf(error)]), exitCode }
  }
  const { calendar, settings } = accounts
  return answer({ catalog, calendar, defaultModel: settings.defaultModel, now: call.clock.now() })
}
