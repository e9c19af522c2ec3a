import { NotSaved } from '../system/ledger-append.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'

/**
 * The place itself, where it may be written to without being asked. Throws `NotSaved` for a project's directory that is
 * a symbolic link: it may have come with a cloned repository, and may lead anywhere.
 */
export function ownPlace(
  place: LedgerPlace,
  { files }: Pick<System, 'files'>,
  wanted: 'imported' | 'saved' | 'logged' = 'imported',
): LedgerPlace {
  if (place.explicit || place.projectDirectory === null || !files.isLink(place.directory)) return place
  throw new NotSaved(
    `${place.directory} is a symbolic link, nothing was ${wanted}: name it with --dir if it leads where you want`,
  )
}
