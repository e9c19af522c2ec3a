import { join } from 'node:path'
import { BUILT_IN_RESOLUTION } from '../settings/defaults.ts'
import { SETTINGS_FILES, misnamed } from '../settings/problem.ts'
import type { Layer, Resolution, Trust } from '../settings/resolution.ts'
import { type Environment, userConfigDirectory } from '../system/environment.ts'
import { type FileSystem, Unreadable } from '../system/file-system.ts'
import { ancestors } from '../system/ledger-place.ts'

/** The settings of a project. */
export const PROJECT_SETTINGS = '.ai-config'

/** No settings file may be larger: a person wrote it. */
const MAX_BYTES = 256 * 1024

export interface SettingsPlace {
  readonly trust: Trust
  readonly directory: string
}

/** Where settings are looked for: `--config`, else `AI_CONFIG_DIR`, alone; else the user's and the nearest project's. */
export function settingsPlaces(
  given: string | null,
  environment: Environment,
  files: Pick<FileSystem, 'isDirectory'>,
): readonly SettingsPlace[] {
  const named = given ?? environment.variables['AI_CONFIG_DIR']
  if (named !== undefined && named !== '') return [{ trust: 'explicit', directory: named }]
  const project = ancestors(environment.workingDirectory)
    .map((folder) => join(folder, PROJECT_SETTINGS))
    .find((folder) => files.isDirectory(folder))
  const user: SettingsPlace = { trust: 'user', directory: userConfigDirectory(environment) }
  return project === undefined ? [user] : [user, { trust: 'project', directory: project }]
}

/** Reads and resolves the settings. Throws `Unreadable` for a file that is there and cannot be read. */
export async function loadSettings(
  places: readonly SettingsPlace[],
  environment: Environment,
  files: Pick<FileSystem, 'exists' | 'readText' | 'isDirectory'>,
): Promise<Resolution> {
  const missing = places.find(({ trust, directory }) => trust === 'explicit' && !files.isDirectory(directory))
  if (missing !== undefined) {
    throw new Unreadable(missing.directory, 'is not a directory', 'name one that holds your settings files')
  }
  const layers = places.map(({ trust, directory }): Layer => ({
    trust,
    directory,
    files: Object.fromEntries(
      SETTINGS_FILES.map((name) => [
        name,
        files.readText(join(directory, name), MAX_BYTES, trust === 'project' ? 'refuse' : 'follow'),
      ]),
    ),
    misnamed: SETTINGS_FILES.filter((name) => files.exists(join(directory, misnamed(name)))),
  }))
  const webhook = environment.variables['AI_COSTS_WEBHOOK']
  const empty = layers.every(
    (layer) =>
      layer.misnamed?.length === 0 && SETTINGS_FILES.every((name) => layer.files[name] === undefined),
  )
  // Without any file there is nothing to parse: the YAML library alone costs most of a Node start.
  if (empty && webhook === undefined) return BUILT_IN_RESOLUTION
  const { resolveSettings } = await import('../settings/resolve.ts')
  return resolveSettings({ layers, environment: { webhook } })
}

/** Changes whenever any settings file does. */
export function settingsStamp(places: readonly SettingsPlace[], files: Pick<FileSystem, 'stamp'>): string {
  return places
    .flatMap(({ directory }) => SETTINGS_FILES.map((name) => files.stamp(join(directory, name))))
    .join('|')
}
