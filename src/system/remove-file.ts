import { readFileSync, renameSync, rmSync } from 'node:fs'
import { errnoOf } from './errno.ts'
import { NotSaved } from './ledger-append.ts'

/**
 * Takes away a small file that we made. `before` is the text that it is known to hold; with a `backup` it goes on under
 * that name. Throws `NotSaved`, also when somebody else has changed the file meanwhile.
 */
export type RemoveFile = (path: string, before: string, backup: string | null) => void

export const removeFile: RemoveFile = (path, before, backup) => {
  try {
    if (readFileSync(path, 'utf8') !== before) {
      throw new NotSaved(`${path} was changed by somebody else meanwhile, nothing was removed: call again`)
    }
    if (backup === null) rmSync(path)
    else renameSync(path, backup)
  } catch (error) {
    if (error instanceof NotSaved) throw error
    throw new NotSaved(`${path} was NOT removed (${errnoOf(error)}): look at the rights of its folder`)
  }
}
