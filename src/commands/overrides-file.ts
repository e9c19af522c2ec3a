import { join } from 'node:path'
import {
  type ActiveOverrides,
  NO_OVERRIDES,
  type Override,
  activeOverrides,
  parseOverrides,
} from '../core/override.ts'
import { Unreadable } from '../system/file-system.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { appendBeside } from './append-beside.ts'

const NAME = 'overrides.jsonl'

/** Bytes of it that are read, from its end: more than a thousand overrides, of which none lasts longer than a month. */
const MOST_BYTES = 256 << 10

type Directory = Pick<LedgerPlace, 'directory'>

/** The overrides beside a ledger, in their order; none when there is no file. Throws `Unreadable`. */
export function readOverrides(
  { directory }: Directory,
  { files }: Pick<System, 'files'>,
): readonly Override[] {
  return parseOverrides(files.readEnd(join(directory, NAME), MOST_BYTES) ?? '')
}

/** Appends a line to the overrides beside a ledger. Throws `NotSaved`. */
export function appendOverride(
  place: LedgerPlace,
  line: string,
  system: Pick<System, 'ledger' | 'files'>,
): void {
  appendBeside(place, NAME, line, system)
}

/** What holds at an instant, and what there is to say about the file. */
export interface OverridesAt {
  readonly active: ActiveOverrides
  readonly notes: readonly string[]
}

/** As of an instant; where they cannot be read none hold, which is said and stops nobody. */
export function overridesAt(place: Directory, asOf: number, system: Pick<System, 'files'>): OverridesAt {
  try {
    return { active: activeOverrides(readOverrides(place, system), asOf), notes: [] }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const note = `${error.path} ${error.message}, so no limit is raised and nothing is allowed: ${error.fix}`
    return { active: NO_OVERRIDES, notes: [note] }
  }
}

/** Whether a judgement under them may be kept: what is said of a file that cannot be read is over when that is mended. */
export function isLasting({ notes }: OverridesAt): boolean {
  return notes.length === 0
}

/** What tells one state of the overrides from the next; `''` when there are none. */
export function overridesStamp({ directory }: Directory, { files }: Pick<System, 'files'>): string {
  return files.stamp(join(directory, NAME))
}
