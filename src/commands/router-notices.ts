import type { Trouble } from '../core/judgement.ts'
import { routerDoubts } from '../core/router-doubts.ts'
import { type Resolution, settingsForRoute } from '../settings/resolution.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import { Accounts, type SettingsRead, readOf } from './accounts.ts'

/**
 * What the router's settings promise and the prices as of an instant do not keep, each at its place; nothing while any
 * file is broken. Throws `Unreadable` for prices that cannot be read.
 */
export function routerNotices(
  resolution: Resolution,
  asOf: number,
  { environment, prices }: Pick<System, 'environment' | 'prices'>,
): readonly Trouble[] {
  const settings = settingsForRoute(resolution)
  if (settings.kind === 'broken' || settings.value.router === null) return []
  const { router, defaultModel } = settings.value
  const table = new Accounts(settings.value, readOf(resolution), environment.zone, prices).prices
  return routerDoubts(router, defaultModel, (model) => table.priceOf(model, asOf)?.rates ?? null).map(
    ({ key, message, fix }) => {
      const origin = resolution.origins.get(key)
      const isFile = origin?.kind === 'file'
      return {
        file: isFile ? origin.file : null,
        line: isFile ? origin.line : null,
        column: null,
        message,
        fix,
      }
    },
  )
}

/**
 * What was read for a resolution, with these notices among what there is to say about it. Prices that cannot be read are
 * left to whoever needs them.
 */
export function readWithDoubts(
  resolution: Resolution,
  asOf: number,
  system: Pick<System, 'environment' | 'prices'>,
): SettingsRead {
  const read = readOf(resolution)
  try {
    const doubts = routerNotices(resolution, asOf, system).map(noticeText)
    return { ...read, notices: [...read.notices, ...doubts] }
  } catch (error) {
    if (error instanceof Unreadable) return read
    throw error
  }
}

/** `/app/.ai-config/model-router.yaml:9: … — correct the name`. */
export function noticeText({ file, line, message, fix }: Trouble): string {
  return `${file === null ? '' : `${file}:${line}: `}${message} — ${fix}`
}
