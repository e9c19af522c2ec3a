import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendLines, createLedgerDirectory } from './ledger-append.ts'
import { beforeEndingSignal } from './ending-signals.ts'
import { LEDGER_FILE, type LedgerPlace } from './ledger-place.ts'
import { LedgerReader, type MakeFold } from './ledger-reader.ts'
import { secondThread } from './second-thread.ts'

/** A ledger that is being read: what `LedgerReader` promises, so that a test can read one from memory. */
export type OpenLedger = Pick<LedgerReader, keyof LedgerReader>

/** The ledger on disk. */
export interface LedgerPort {
  /** A reader of the ledger in a directory, which may not exist yet. Reads nothing until it is asked to. */
  readonly reader: (directory: string, makeFold: MakeFold) => OpenLedger
  /** Appends whole lines in one write. Throws `NotSaved`. */
  readonly append: (path: string, lines: string, durability: 'none' | 'fsync') => void
  /** Makes the directory unless it exists. Throws `NotSaved`. */
  readonly createDirectory: (directory: string) => void
  /** A ledger to play with, and the way to be rid of it. */
  readonly temporary: () => { readonly place: LedgerPlace; readonly remove: () => void }
}

export const systemLedger: LedgerPort = {
  reader: (directory, makeFold) => new LedgerReader(directory, makeFold, secondThread),
  append: appendLines,
  createDirectory: createLedgerDirectory,
  temporary() {
    let directory = ''
    const remove = (): void => rmSync(directory, { recursive: true, force: true })
    // Before the directory is there: a signal that comes in between must not leave it behind.
    const forget = beforeEndingSignal(() => directory !== '' && remove())
    directory = mkdtempSync(join(tmpdir(), 'ai-costs-demo-'))
    return {
      // The folder that it pretends to be about gives the pane its title.
      place: { directory, path: join(directory, LEDGER_FILE), projectDirectory: '/demo', explicit: true },
      remove: () => {
        forget()
        remove()
      },
    }
  },
}
