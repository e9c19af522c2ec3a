import { type LoggedEntry, loggedEntry, undeliveredLine } from '../core/alert-log.ts'
import { claimNameOf } from '../core/claim-name.ts'
import { fieldsOf, textOf } from '../core/line-fields.ts'
import type { Notice } from '../core/notice.ts'
import { type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { ulid } from '../core/ulid.ts'
import type { Notifications } from '../settings/settings.ts'
import { settingsForCheck } from '../settings/resolution.ts'
import type { System } from '../system/system.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, hasFlag } from './command.ts'
import { type Delivery, type DeliveringSystem, deliverAlerts } from './deliver-alerts.ts'
import { type Call, type JudgingSystem, callOf } from './desk.ts'
import { loadSettings } from './load-settings.ts'

export const grammar: Grammar = {
  name: 'notify',
  summary: 'what alerts start to tell about them, in the background',
  isHidden: true,
  arguments: [],
  options: {
    show: { kind: 'flag', summary: 'show the notice on standard input' },
    dir: COMMON_OPTIONS.dir,
    config: COMMON_OPTIONS.config,
  },
  examples: [],
}

type NotifyingSystem = JudgingSystem &
  DeliveringSystem &
  Pick<System, 'alertClaims' | 'alertLog' | 'claims' | 'errors' | 'outbox' | 'pause' | 'standardInput'>

/** Alerts that come together are told together. */
const GATHERED_MS = 2_000
/** Who has just been told is left alone for a while; what comes up meanwhile is told after that, together. */
const APART_MS = 10_000
/** A notice is small; whatever is larger is none. */
const LARGEST_NOTICE = 16 << 10

/** Nobody sees what it says, so what went wrong goes on record. */
export async function run(invocation: Invocation, system: NotifyingSystem): Promise<Result> {
  if (hasFlag(invocation, 'show')) return show(system)
  const call = callOf(invocation, system)
  try {
    await tell(call, system)
  } catch (error) {
    system.errors(call.place.directory, error)
  }
  return success('')
}

/** Of any number of processes one waits and tells; whatever the others were started for is gathered by it. */
async function tell(call: Call, system: NotifyingSystem): Promise<void> {
  const claims = system.claims(call.place.directory)
  if (!claims.take(CLAIM)) return
  const outbox = system.outbox(call.place.directory)
  try {
    const quietFor = outbox.deliveredAt() + APART_MS - system.clock.now()
    await system.pause(Math.min(APART_MS, Math.max(GATHERED_MS, quietFor)))
  } finally {
    // Before anything is gathered: whoever finds the claim taken relies on being gathered.
    claims.giveUp(CLAIM)
  }
  const entries = outbox.takeAll().flatMap(entriesOf)
  if (entries.length === 0) return
  outbox.delivered()
  const settings = settingsForCheck(await loadSettings(call.settingsPlaces, system.environment, system.files))
  if (settings.kind === 'broken') return
  const { notifications } = settings.value
  logFailures(await deliverAlerts(entries, notifications, system), notifications, call, system)
}

const CLAIM = 'notifying'

function entriesOf(text: string): readonly LoggedEntry[] {
  return text.split('\n').flatMap((line) => loggedEntry(line) ?? [])
}

function logFailures(
  deliveries: readonly Delivery[],
  notifications: Notifications,
  { place, clock }: Call,
  system: NotifyingSystem,
): void {
  const failed = deliveries.filter(({ kind }) => kind !== 'arrived').filter(isNews(place.directory, system))
  if (failed.length === 0) return
  const now = clock.now()
  const lines = failed.map(({ channel, message }) =>
    undeliveredLine({ id: ulid(now, clock.random(16)), timestamp: now, channel, message }),
  )
  system.alertLog(place.directory, notifications.file).append(lines.join('\n'))
}

/** That a machine has no notifier is said once, though it is looked for each time. */
const isNews =
  (directory: string, { alertClaims }: Pick<System, 'alertClaims'>) =>
  ({ channel, kind, message }: Delivery): boolean =>
    kind !== 'missing' || alertClaims(directory).take(claimNameOf('said', [channel, message]))

async function show({ standardInput, desktop }: Pick<System, 'standardInput' | 'desktop'>): Promise<Result> {
  const notice = noticeIn(standardInput.read(LARGEST_NOTICE) ?? '')
  if (notice === null) return success('there is nothing to show\n')
  const outcome = await desktop.showHere(notice)
  return success(`${outcome.kind === 'failed' ? safeText(outcome.reason) : outcome.kind}\n`)
}

function noticeIn(text: string): Notice | null {
  const fields = fieldsOf(text)
  const [title, body] = [textOf(fields?.['title']), textOf(fields?.['body'])]
  return title === null || body === null ? null : { title: safeText(title), body: safeText(body) }
}
