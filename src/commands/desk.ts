import { basename } from 'node:path'
import type { Judgement, Trouble } from '../core/judgement.ts'
import { type Resolution, settingsForCheck } from '../settings/resolution.ts'
import type { Clock } from '../system/clock.ts'
import { Unreadable } from '../system/file-system.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { Look } from '../system/ledger-reader.ts'
import type { OpenLedger } from '../system/ledger.ts'
import type { System } from '../system/system.ts'
import { Accounts } from './accounts.ts'
import { type Invocation, directoryOf, hasFlag } from './command.ts'
import { clockOf } from './instant-option.ts'
import { KeptLedger } from './kept-ledger.ts'
import { notesOf } from './ledger-notes.ts'
import { lookInTime } from './look-in-time.ts'
import { isLasting, overridesAt } from './overrides-file.ts'
import { placeOf } from './place.ts'
import { loadSettings } from './load-settings.ts'
import { readWithDoubts } from './router-notices.ts'
import { type SettingsPlace, settingsPlaces } from './settings-places.ts'
import { settingsState } from './settings-state.ts'
import { troubleOf } from './trouble.ts'

export type JudgingSystem = Pick<
  System,
  'alertClaims' | 'cache' | 'clock' | 'environment' | 'files' | 'ledger' | 'prices'
>

/** What a call is about: which ledger, which settings, as of when. */
export interface Call {
  /** Where the ledger is, or would be. */
  readonly place: LedgerPlace
  /** Looks for it again: somebody may have begun one meanwhile. */
  readonly locate: () => LedgerPlace
  readonly settingsPlaces: readonly SettingsPlace[]
  readonly clock: Clock
  /** The instant of `--now`, or null: then records after the clock count too. */
  readonly until: number | null
  /** Whether the cache may help, and be written. */
  readonly usesCache: boolean
  /** Whether what it finds may become an alert. */
  readonly raisesAlerts: boolean
  /** Whether somebody waits no longer; without it everybody waits. */
  readonly isLate?: () => boolean
}

/** Throws `UsageError`. */
export function callOf(invocation: Invocation, { clock, environment, files }: JudgingSystem): Call {
  const timing = clockOf(invocation, clock)
  const locate = (): LedgerPlace => placeOf(invocation, { environment, files })
  return {
    place: locate(),
    locate,
    // Asked anew each time: a project's settings may begin while the pane is open.
    get settingsPlaces() {
      return settingsPlaces(directoryOf(invocation, 'config'), environment, files)
    },
    clock: timing.clock,
    until: timing.frozen ? timing.clock.now() : null,
    raisesAlerts: !timing.frozen,
    usesCache: !timing.frozen && !hasFlag(invocation, 'no-cache'),
  }
}

/** What was found: numbers to judge by, or why there are none. */
export type Opened =
  | {
      readonly kind: 'open'
      readonly accounts: Accounts
      readonly reader: OpenLedger
      readonly resolution: Resolution
    }
  | { readonly kind: 'trouble'; readonly troubles: readonly Trouble[] }

/** Loads the settings and prepares a reader, which has read nothing yet. */
export async function open(call: Call, system: JudgingSystem): Promise<Opened> {
  try {
    return await prepare(call, system)
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'trouble', troubles: [troubleOf(error)] }
    throw error
  }
}

async function prepare(call: Call, system: JudgingSystem): Promise<Opened> {
  const resolution = await loadSettings(call.settingsPlaces, system.environment, system.files)
  const settings = settingsForCheck(resolution)
  if (settings.kind === 'broken') return { kind: 'trouble', troubles: settings.problems }
  const asOf = call.clock.now()
  const read = readWithDoubts(resolution, asOf, system)
  const { environment, prices, ledger } = system
  const accounts = new Accounts(settings.value, read, environment.zone, prices)
  const reader = ledger.reader(call.place.directory, accounts.foldAt(asOf, call.until))
  return { kind: 'open', accounts, reader, resolution }
}

/**
 * Opens, reads the ledger once, or what of it is new, judges, and hands the answer on; trouble of any kind goes to
 * `onTrouble`. Throws `TooLate`.
 */
export async function judgeOnce<Answer>(
  call: Call,
  system: JudgingSystem,
  answer: (judgement: Judgement, accounts: Accounts, reader: OpenLedger, resolution: Resolution) => Answer,
  onTrouble: (troubles: readonly Trouble[]) => Answer,
): Promise<Answer> {
  const kept = call.usesCache ? keptLedger(call, system) : null
  try {
    const opened = await open(call, system)
    if (opened.kind === 'trouble') return onTrouble(opened.troubles)
    const { accounts, reader, resolution } = opened
    try {
      const asOf = call.clock.now()
      kept?.restore(reader, accounts, asOf)
      // A file that seems shorter for a moment is looked at twice.
      if (lookedAt(reader, call).doubtful) lookedAt(reader, call)
      const overrides = overridesAt(call.place, asOf, system)
      const notes = notesOf(reader)
      const judgement = accounts.judge(reader, { asOf, overrides, notes, ledgerPath: call.place.path })
      const answered = answer(judgement, accounts, reader, resolution)
      // After the answer, which may have raised alerts: a cache says which of them are still to be raised.
      if (isLasting(overrides)) kept?.keep(reader, accounts, judgement, 0)
      return answered
    } finally {
      reader.close()
      kept?.close()
    }
  } catch (error) {
    if (error instanceof Unreadable) return onTrouble([troubleOf(error)])
    throw error
  }
}

function lookedAt(reader: OpenLedger, { isLate }: Call): Look {
  return isLate === undefined ? reader.look() : lookInTime(reader, isLate)
}

function keptLedger({ place, settingsPlaces: places }: Call, system: JudgingSystem): KeptLedger {
  return new KeptLedger(system, place.directory, settingsState(places, system.environment, system.files))
}

/** The name of the project that a ledger is about. */
export function projectOf({ projectDirectory }: LedgerPlace): string | null {
  return projectDirectory === null ? null : basename(projectDirectory)
}
