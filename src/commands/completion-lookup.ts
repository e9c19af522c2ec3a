import { type Result, success } from '../core/result.ts'
import { settingsForCheck } from '../settings/resolution.ts'
import type { Invocation } from './command.ts'
import { type JudgingSystem, callOf, judgeOnce } from './desk.ts'
import { loadSettings } from './load-settings.ts'
import { withCatalog } from './models-catalog.ts'
import type { Lookup } from './offer.ts'

/** The names that there are now, one a line. Who presses a key hears of no trouble: there are none then. */
export async function lookedUp(lookup: Lookup, system: JudgingSystem): Promise<Result> {
  try {
    return lines(await LOOKED_UP[lookup](system))
  } catch {
    return lines([])
  }
}

const LOOKED_UP: Readonly<Record<Lookup, (system: JudgingSystem) => Promise<readonly string[]>>> = {
  budgets,
  models,
  sessions,
}

/** As one calls without any option. */
const PLAIN: Invocation = { arguments: [], options: {} }

async function budgets(system: JudgingSystem): Promise<readonly string[]> {
  const { settingsPlaces } = callOf(PLAIN, system)
  const settings = settingsForCheck(await loadSettings(settingsPlaces, system.environment, system.files))
  return settings.kind === 'broken' ? [] : settings.value.budgets.map(({ id }) => id)
}

async function models(system: JudgingSystem): Promise<readonly string[]> {
  let names: readonly string[] = []
  await withCatalog(PLAIN, system, ({ catalog }) => {
    names = catalog.models()
    return success('')
  })
  return names
}

/** Those of today. */
function sessions(system: JudgingSystem): Promise<readonly string[]> {
  return judgeOnce<readonly string[]>(
    callOf(PLAIN, system),
    system,
    ({ snapshot }) => snapshot.sessions.map(({ id }) => id),
    () => [],
  )
}

/** Without those that no shell would take for one word: they may come from anywhere. */
function lines(names: readonly string[]): Result {
  const plain = names.filter((name) => /^[^\s\p{C}]+$/u.test(name))
  return success(plain.map((name) => `${name}\n`).join(''))
}
