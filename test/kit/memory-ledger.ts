import { Unreadable } from '../../src/system/file-system.ts'
import { LEDGER_FILE } from '../../src/system/ledger-place.ts'
import type { LedgerPort, OpenLedger } from '../../src/system/ledger.ts'
import type { LedgerEvent } from '../../src/system/ledger-event.ts'
import type { Look, MakeFold } from '../../src/system/ledger-reader.ts'
import { foldText } from './fold-lines.ts'

/** A ledger that lies in a map of files; a file whose text is `UNREADABLE` cannot be read. */
export const UNREADABLE = '\0unreadable'

export function memoryLedger(files: Map<string, string>, directories: Set<string>): LedgerPort {
  return {
    reader: (directory, makeFold) => memoryReader(directory, files, makeFold),
    append: (path, lines) => void files.set(path, `${files.get(path) ?? ''}${lines}\n`),
    createDirectory: (directory) => void directories.add(directory),
    temporary: () => ({
      place: {
        directory: '/tmp/demo',
        path: `/tmp/demo/${LEDGER_FILE}`,
        projectDirectory: null,
        explicit: true,
      },
      remove: () => void files.delete(`/tmp/demo/${LEDGER_FILE}`),
    }),
  }
}

function memoryReader(directory: string, files: ReadonlyMap<string, string>, makeFold: MakeFold): OpenLedger {
  const path = `${directory}/${LEDGER_FILE}`
  const events: LedgerEvent[] = []
  let known = ''
  let state = foldText('', makeFold)

  function look(): Look {
    const text = files.get(path) ?? ''
    if (text === UNREADABLE)
      throw new Unreadable(path, 'cannot be read (EACCES)', 'give this user the right to read it')
    const changed = text !== known
    if (changed && !text.startsWith(known)) {
      events.push({ file: LEDGER_FILE, kind: 'shrank', from: known.length, to: text.length })
    }
    if (changed) state = foldText(text, makeFold)
    known = text
    return { fold: state.fold, changed, doubtful: false }
  }

  function* steps(): Generator<number, Look> {
    // What is as long as this takes more than one step, as a large ledger does.
    if ((files.get(path) ?? '').length - known.length > 100_000) yield 0.5
    return look()
  }

  return {
    directory,
    events,
    get fold() {
      return state.fold
    },
    get hasFiles() {
      return files.has(path)
    },
    get unfinished() {
      return state.unread === 0 ? [] : [{ file: LEDGER_FILE, bytes: state.unread }]
    },
    isRestored: false,
    saved: () => [],
    restore: () => false,
    look,
    steps,
    reread() {
      known = ''
      return look()
    },
    *rereadSteps() {
      known = ''
      return yield* steps()
    },
    *records(take) {
      const bytes = Buffer.from(known)
      const cursor = { name: LEDGER_FILE, base: 0, offset: 0, lines: 0, skipping: false }
      state.fold.secondReading(take).feed(cursor, bytes, bytes.length, true)
      yield
    },
    close() {},
  }
}
