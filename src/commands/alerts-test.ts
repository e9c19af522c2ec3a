import { type LoggedEntry, loggedEntry } from '../core/alert-log.ts'
import { troubleText } from '../core/answers/check-text.ts'
import { jsonLine } from '../core/json.ts'
import { EXIT, type Result } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { hasDesktop } from '../core/terminal-notice.ts'
import { formatInstant } from '../core/timestamp.ts'
import { ulid } from '../core/ulid.ts'
import type { Notifications } from '../settings/settings.ts'
import { NotSaved } from '../system/ledger-append.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import { alertSettings } from './alerts-settings.ts'
import type { Invocation } from './command.ts'
import { type DeliveringSystem, deliverAlerts } from './deliver-alerts.ts'
import { type Call, type JudgingSystem, callOf } from './desk.ts'
import { ownPlace } from './own-place.ts'
import { troubleOf } from './trouble.ts'

type TestingSystem = JudgingSystem & DeliveringSystem & Pick<System, 'alertLog'>

/** What came of one way to tell, as a line; null for one that the settings do not ask for. */
interface Tried {
  readonly isFine: boolean
  readonly line: string
}

/** `alerts test`: tells of an alert that is none on every way there is, now and whatever the hour, and says what came of it. */
export async function testAlerts(invocation: Invocation, system: TestingSystem): Promise<Result> {
  const call = callOf(invocation, system)
  try {
    const { notifications, troubles, notes } = await alertSettings(call, system)
    const entry = testEntry(call)
    const logged = logTest(entry, notifications, call, system)
    const delivered = (await deliverAlerts([entry.told], notifications, system)).map(({ kind, message }) => ({
      isFine: kind === 'arrived',
      line: message,
    }))
    const tried: readonly Tried[] = [logged, ...delivered]
    return {
      stdout: [...tried.map(({ line }) => line), ...notTried(notifications, system)]
        .map((line) => `${safeText(line)}\n`)
        .join(''),
      stderr: [...troubles.map((trouble) => `${trouble}; until then the built-in settings hold`), ...notes]
        .map((note) => `ai-costs: ${safeText(note)}\n`)
        .join(''),
      exitCode: troubles.length === 0 && tried.every(({ isFine }) => isFine) ? EXIT.ok : EXIT.notSaved,
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { stdout: '', stderr: troubleText([troubleOf(error)]), exitCode: EXIT.cannotTell }
  }
}

interface TestEntry {
  readonly line: string
  readonly told: LoggedEntry
}

function testEntry({ clock }: Call): TestEntry {
  const timestamp = clock.now()
  const message = 'This is a test: no budget is in danger'
  const line = jsonLine({
    v: 1,
    id: ulid(timestamp, clock.random(16)),
    timestamp: formatInstant(timestamp),
    kind: 'test',
    message,
  })
  const told = loggedEntry(line)
  if (told === null) throw new Error('a line that we wrote cannot be read')
  return { line, told }
}

/** Where nothing was recorded yet there is no directory to log to, and a test does not begin one. */
function logTest(
  { line }: TestEntry,
  { file }: Notifications,
  { place }: Call,
  system: TestingSystem,
): Tried {
  if (!system.files.isDirectory(place.directory)) {
    return { isFine: true, line: `log: nothing is recorded in ${place.directory} yet` }
  }
  try {
    ownPlace(place, system, 'logged')
    const log = system.alertLog(place.directory, file)
    log.append(line)
    return { isFine: true, line: `log: written to ${log.path}` }
  } catch (error) {
    if (!(error instanceof NotSaved)) throw error
    return { isFine: false, line: `log: ${error.message}` }
  }
}

function notTried(
  { desktop, webhook }: Notifications,
  { environment }: Pick<System, 'environment'>,
): readonly string[] {
  const { variables, platform } = environment
  return [
    ...(desktop ? [] : ['desktop: off (notifications.desktop in cost-limits.yaml)']),
    ...(desktop && !hasDesktop(variables, platform) ? ['desktop: this session has none'] : []),
    ...(webhook === null
      ? ['webhook: none (notifications.webhook in your own settings, or AI_COSTS_WEBHOOK)']
      : []),
  ]
}
