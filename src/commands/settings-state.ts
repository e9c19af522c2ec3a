import { join } from 'node:path'
import type { Stamp } from '../core/saved-ledger.ts'
import { stampOf } from '../core/saved-ledger.ts'
import { SETTINGS_FILES, misnamed } from '../settings/problem.ts'
import type { Environment } from '../system/environment.ts'
import type { FileSystem } from '../system/file-system.ts'
import type { SettingsPlace } from './load-settings.ts'

/** What all that settings are made of looks like from outside: the same state means the same settings. */
export interface SettingsState {
  readonly stamp: Stamp
  /** The files that are there, in the order in which they are read. */
  readonly files: readonly string[]
  /** When the youngest of them was changed: epoch milliseconds; -Infinity when there is none. */
  readonly changed: number
}

/** Where the machine's zone is set, which settings may ask for. */
const ZONE_FILE = '/etc/localtime'

export function settingsState(
  places: readonly SettingsPlace[],
  { variables }: Pick<Environment, 'variables'>,
  files: Pick<FileSystem, 'stamp' | 'changed' | 'exists' | 'isLink'>,
): SettingsState {
  const paths = places.flatMap(({ directory }) => SETTINGS_FILES.map((name) => join(directory, name)))
  const stamps = paths.map((path) => files.stamp(path))
  const present = paths.filter((_, nth) => stamps[nth] !== '')
  const seen = [
    places.map(({ trust, directory }) => [trust, directory, files.isLink(directory)]),
    stamps,
    paths.map((path) => files.isLink(path)),
    places.map(({ directory }) =>
      SETTINGS_FILES.map((name) => files.exists(join(directory, misnamed(name)))),
    ),
    [variables['AI_COSTS_WEBHOOK'] ?? null, variables['TZ'] ?? null, files.stamp(ZONE_FILE)],
  ]
  return {
    stamp: stampOf(JSON.stringify(seen)),
    files: present,
    changed: Math.max(...present.map((path) => files.changed(path))),
  }
}
