import { join } from 'node:path'
import { type Stamp, stampOf } from '../core/saved-ledger.ts'
import { SETTINGS_FILES, misnamed } from '../settings/problem.ts'
import { type Environment, updatedPricesFile } from '../system/environment.ts'
import type { FileSystem } from '../system/file-system.ts'
import type { SettingsPlace } from './settings-places.ts'

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
  environment: Environment,
  files: Pick<FileSystem, 'look' | 'exists'>,
): SettingsState {
  const { variables } = environment
  const seen: unknown[] = [
    variables['AI_COSTS_WEBHOOK'] ?? null,
    variables['TZ'] ?? null,
    files.look(ZONE_FILE).stamp,
    files.look(updatedPricesFile(environment)).stamp,
  ]
  const present: string[] = []
  let changed = -Infinity
  for (const { trust, directory } of places) {
    const place = files.look(directory)
    seen.push(trust, directory, place.isLink)
    if (!place.isDirectory) continue
    seen.push('there')
    for (const name of SETTINGS_FILES) {
      const path = join(directory, name)
      const file = files.look(path)
      // Also of a file that cannot be seen: it may be a link that leads nowhere.
      seen.push(file.stamp, file.isLink, files.exists(join(directory, misnamed(name))))
      if (file.stamp === '') continue
      present.push(path)
      changed = Math.max(changed, file.changed)
    }
  }
  return {
    stamp: stampOf(JSON.stringify(seen)),
    files: present,
    changed,
  }
}
