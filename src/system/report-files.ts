import { join } from 'node:path'
import { makeStateDirectory, replaceFile } from './cache-files.ts'
import { errnoOf } from './errno.ts'
import { NotSaved, createLedgerDirectory } from './ledger-append.ts'

/** Where reports lie beside the ledger: those that somebody wanted kept, and what each day came to. */
export type ReportFolder = 'reports' | 'daily'

/** Reports that are kept beside the ledger in a directory. */
export interface ReportFiles {
  /**
   * Writes a report as a whole, over an older one of the same name, readable by its owner alone; returns its path.
   * Throws `NotSaved`.
   */
  readonly save: (folder: ReportFolder, name: string, text: string) => string
}

export function reportFiles(ledgerDirectory: string): ReportFiles {
  return {
    save(folder, name, text) {
      const directory = join(ledgerDirectory, folder)
      const path = join(directory, name)
      try {
        createLedgerDirectory(ledgerDirectory)
        makeStateDirectory(directory)
        replaceFile(directory, name, () => [Buffer.from(text)])
        return path
      } catch (error) {
        if (error instanceof NotSaved) throw error
        const reason = errnoOf(error) === '' ? messageOf(error) : errnoOf(error)
        throw new NotSaved(`${path} was NOT saved (${reason}): look at the disk and the rights of its folder`)
      }
    },
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
