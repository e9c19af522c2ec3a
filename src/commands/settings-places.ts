import { join } from 'node:path'
import type { Trust } from '../settings/resolution.ts'
import { type Environment, userConfigDirectory } from '../system/environment.ts'
import type { FileSystem } from '../system/file-system.ts'
import { ancestors } from '../system/ledger-place.ts'

/** The settings of a project. */
export const PROJECT_SETTINGS = '.ai-config'

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
