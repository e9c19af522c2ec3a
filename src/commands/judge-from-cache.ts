import { basename } from 'node:path'
import type { Judgement } from '../core/judgement.ts'
import { restoreJudgement } from '../core/saved-judgement.ts'
import type { SavedFile } from '../core/saved-ledger.ts'
import { findLedgerFiles } from '../system/find-ledger-files.ts'
import type { Invocation } from './command.ts'
import { type CachedSystem, type OpenCache, openCache } from './open-cache.ts'

export interface JudgedFromCache {
  readonly judgement: Judgement
  /** The ids of all budgets. */
  readonly budgets: readonly string[]
}

/**
 * Judges from the cache, without any library and without reading settings or prices again. `judgeNews` judges when
 * something was appended since. Null whenever that is not enough, for whatever reason: then the whole program answers,
 * and what it says is the same.
 */
export function judgeFromCache(
  invocation: Invocation,
  system: CachedSystem,
  judgeNews: (cache: OpenCache) => Judgement | null,
): JudgedFromCache | null {
  const cache = openCache(invocation, system)
  if (cache === null) return null
  const { saved, judged, rules, asOf, names } = cache
  const isOld = saved.ahead === 0 && isUnchanged(cache.directory, saved.files)
  const judgement = isOld ? restoreJudgement(judged, rules, asOf, names) : judgeNews(cache)
  return judgement === null ? null : { judgement, budgets: rules.budgets.map(({ id }) => id) }
}

/** Whether the ledger has the same files as when it was read, and nobody has touched them. */
function isUnchanged(directory: string, saved: readonly SavedFile[]): boolean {
  const found = [...findLedgerFiles(directory)]
  return (
    found.length === saved.length &&
    found.every(([path, stat]) => {
      const file = saved.find(({ name }) => name === basename(path))
      return (
        file !== undefined &&
        file.size === Number(stat.size) &&
        file.ino === String(stat.ino) &&
        file.dev === String(stat.dev) &&
        file.mtime === String(stat.mtimeNs) &&
        file.ctime === String(stat.ctimeNs)
      )
    })
  )
}
