import { dirname, resolve } from 'node:path'
import type { Trouble } from '../core/judgement.ts'
import { NO_RULES, type RouterSettings } from '../core/router.ts'
import type { SettingsFile } from '../settings/problem.ts'
import { type Layer, settingsForRoute } from '../settings/resolution.ts'
import { Unreadable } from '../system/file-system.ts'
import { Accounts, readOf } from './accounts.ts'
import { type Invocation, UsageError, valueOf } from './command.ts'
import type { Call, JudgingSystem } from './desk.ts'
import { MOST_SETTINGS_BYTES, layersAt, resolveLayers } from './load-settings.ts'

/** Settings to play with: your own, one file or two replaced by others. */
export type Supposed =
  | { readonly kind: 'supposed'; readonly accounts: Accounts; readonly router: RouterSettings }
  | { readonly kind: 'trouble'; readonly troubles: readonly Trouble[] }

/** Loads them. What decides which day is which stays your own unless the file says it. Throws `UsageError` and `Unreadable`. */
export async function supposedSettings(
  invocation: Invocation,
  call: Call,
  { environment, files, prices }: JudgingSystem,
): Promise<Supposed> {
  const layers = layersAt(call.settingsPlaces, files)
  const own = settingsForRoute(await resolveLayers(layers, environment))
  if (own.kind === 'broken') return { kind: 'trouble', troubles: own.problems }
  const replaced = FILES.reduce<readonly Layer[]>((sofar, [option, name]) => {
    const written = valueOf(invocation, option)
    return written === null
      ? sofar
      : withFile(sofar, name, resolve(environment.workingDirectory, written), files)
  }, layers)
  const resolution = await resolveLayers(replaced, environment)
  const settings = settingsForRoute(resolution)
  if (settings.kind === 'broken') return { kind: 'trouble', troubles: settings.problems }
  const { timezone, weekStartsOn, costMode } = own.value
  const isSaid = (key: string): boolean => resolution.origins.has(key)
  const supposed = {
    ...settings.value,
    ...(isSaid('timezone') ? {} : { timezone }),
    ...(isSaid('week_starts_on') ? {} : { weekStartsOn }),
    ...(isSaid('cost_mode') ? {} : { costMode }),
  }
  const accounts = new Accounts(supposed, readOf(resolution), environment.zone, prices)
  return { kind: 'supposed', accounts, router: settings.value.router ?? NO_RULES }
}

const FILES: readonly (readonly [option: string, name: SettingsFile])[] = [
  ['limits', 'cost-limits.yaml'],
  ['router', 'model-router.yaml'],
]

/** The layers with one of their files replaced by another, which somebody has named and so is trusted. */
function withFile(
  layers: readonly Layer[],
  name: SettingsFile,
  path: string,
  files: JudgingSystem['files'],
): readonly Layer[] {
  const text = files.readText(path, MOST_SETTINGS_BYTES, 'follow')
  if (text === undefined) {
    if (files.isDirectory(path)) throw new Unreadable(path, 'is a directory', `name the ${name} in it`)
    throw new UsageError(`there is no file ${path}: name one like ${name}`)
  }
  const isOther = (file: SettingsFile): boolean => file !== name
  const others = layers.map((layer) => ({
    ...layer,
    files: { ...layer.files, [name]: undefined },
    misnamed: layer.misnamed?.filter(isOther) ?? [],
  }))
  const named: Layer = {
    trust: 'explicit',
    directory: dirname(path),
    files: { [name]: text },
    paths: { [name]: path },
  }
  return [...others, named]
}
