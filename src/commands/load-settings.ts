import { join } from 'node:path'
import { literalsOf } from '../core/pattern.ts'
import { UPDATED_PRICES } from '../core/updated-prices-file.ts'
import { BUILT_IN_RESOLUTION } from '../settings/defaults.ts'
import { SETTINGS_FILES, misnamed } from '../settings/problem.ts'
import type { Layer, Resolution } from '../settings/resolution.ts'
import type { Environment } from '../system/environment.ts'
import { type FileSystem, Unreadable } from '../system/file-system.ts'
import type { SettingsPlace } from './settings-places.ts'

/** No settings file may be larger: a person wrote it. */
export const MOST_SETTINGS_BYTES = 256 * 1024

/** Reads and resolves the settings. Throws `Unreadable` for a file that is there and cannot be read. */
export async function loadSettings(
  places: readonly SettingsPlace[],
  environment: Environment,
  files: Pick<FileSystem, 'exists' | 'readText' | 'isDirectory'>,
): Promise<Resolution> {
  return resolveLayers(layersAt(places, files), environment)
}

/** Reads the settings. Throws `Unreadable` for a file that is there and cannot be read. */
export function layersAt(
  places: readonly SettingsPlace[],
  files: Pick<FileSystem, 'exists' | 'readText' | 'isDirectory'>,
): readonly Layer[] {
  const missing = places.find(({ trust, directory }) => trust === 'explicit' && !files.isDirectory(directory))
  if (missing !== undefined) {
    throw new Unreadable(missing.directory, 'is not a directory', 'name one that holds your settings files')
  }
  return places.map(({ trust, directory }): Layer => ({
    trust,
    directory,
    files: Object.fromEntries(
      SETTINGS_FILES.map((name) => [
        name,
        files.readText(join(directory, name), MOST_SETTINGS_BYTES, trust === 'project' ? 'refuse' : 'follow'),
      ]),
    ),
    misnamed: SETTINGS_FILES.filter((name) => files.exists(join(directory, misnamed(name)))),
  }))
}

/** Resolves settings that have been read. */
export async function resolveLayers(layers: readonly Layer[], environment: Environment): Promise<Resolution> {
  const webhook = environment.variables['AI_COSTS_WEBHOOK']
  const empty = layers.every(
    ({ misnamed: others = [], files }) =>
      others.length === 0 && SETTINGS_FILES.every((name) => files[name] === undefined),
  )
  // Without any file there is nothing to parse: the YAML library alone costs most of a Node start.
  if (empty && webhook === undefined) return BUILT_IN_RESOLUTION
  const { resolveSettings } = await import('../settings/resolve.ts')
  const input = { layers, environment: { webhook } }
  let needsEngine = false
  const resolution = resolveSettings({
    ...input,
    patternFault(pattern) {
      needsEngine ||= literalsOf(pattern) === null
      return null
    },
  })
  if (!needsEngine) return resolution
  // Resolving once more is little beside loading the engine, which most settings do without.
  const { patternFault } = await import('../core/pattern-engine.ts')
  return resolveSettings({ ...input, patternFault })
}

/** Changes whenever any settings file does, or the prices that `models update` wrote beside them. */
export function settingsStamp(places: readonly SettingsPlace[], files: Pick<FileSystem, 'stamp'>): string {
  return places
    .flatMap(({ directory }) =>
      [...SETTINGS_FILES, UPDATED_PRICES].map((name) => files.stamp(join(directory, name))),
    )
    .join('|')
}
