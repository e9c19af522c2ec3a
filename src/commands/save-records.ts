import { join } from 'node:path'
import { recordText } from '../core/record-text.ts'
import type { UsageRecord } from '../core/record.ts'
import type { Durability } from '../settings/settings.ts'
import { NotSaved } from '../system/ledger-append.ts'
import { LEDGER_DIRECTORY, LEDGER_FILE, type LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'

type SavingSystem = Pick<System, 'ledger' | 'files' | 'environment'>

/** Appends records to the ledger, all of them in one write: they are saved together or not at all. Throws `NotSaved`. */
export function saveRecords(
  records: readonly UsageRecord[],
  found: LedgerPlace,
  system: SavingSystem,
  durability: Durability,
): void {
  const place = placeToWrite(found, system)
  system.ledger.createDirectory(place.directory)
  system.ledger.append(place.path, records.map(recordText).join('\n'), durability)
}

/**
 * The ledger that was named or found; without any, logging begins one here, as the first entry of a project's book.
 * A project's directory that is a symbolic link may have come with a cloned repository, and may lead anywhere. Throws
 * `NotSaved` for it.
 */
export function placeToWrite(
  found: LedgerPlace,
  { files, environment }: Pick<System, 'files' | 'environment'>,
): LedgerPlace {
  const isThere = found.explicit || files.isDirectory(found.directory)
  const place = isThere ? found : placeIn(environment.workingDirectory)
  const isTrusted = place.explicit || place.projectDirectory === null
  if (isTrusted || !files.isLink(place.directory)) return place
  throw new NotSaved(
    `${place.directory} is a symbolic link, nothing was saved: name it with --dir if it leads where you want`,
  )
}

function placeIn(projectDirectory: string): LedgerPlace {
  const directory = join(projectDirectory, LEDGER_DIRECTORY)
  return { directory, path: join(directory, LEDGER_FILE), projectDirectory, explicit: false }
}
