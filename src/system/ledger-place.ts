import { dirname, join } from 'node:path'

/** The directory of the ledger, by this order: `--dir`, `AI_COST_DIR`, the nearest `.ai-costs` upward, `~/.ai-costs`. */
export interface LedgerPlace {
  readonly directory: string
  /** `sessions.jsonl` in it, which may not exist yet. */
  readonly path: string
  /** The folder that the ledger is about: the parent of a project's `.ai-costs`; null for the user's own. */
  readonly projectDirectory: string | null
  /** True when the user named the directory; otherwise it was searched for. */
  readonly explicit: boolean
}

export const LEDGER_DIRECTORY = '.ai-costs'
export const LEDGER_FILE = 'sessions.jsonl'

export interface PlaceInput {
  /** `--dir`. */
  readonly given: string | null
  /** `AI_COST_DIR`. */
  readonly fromVariable: string | undefined
  readonly workingDirectory: string
  readonly home: string
  readonly isDirectory: (path: string) => boolean
}

/** Where the ledger is, or would be. */
export function placeLedger({
  given,
  fromVariable,
  workingDirectory,
  home,
  isDirectory,
}: PlaceInput): LedgerPlace {
  const named = given ?? (fromVariable === '' ? undefined : fromVariable)
  if (named !== undefined && named !== null) return placeIn(named, null, true)
  const project = ancestors(workingDirectory).find((folder) => isDirectory(join(folder, LEDGER_DIRECTORY)))
  const owner = project ?? home
  return placeIn(join(owner, LEDGER_DIRECTORY), owner === home ? null : owner, false)
}

function placeIn(directory: string, projectDirectory: string | null, explicit: boolean): LedgerPlace {
  return { directory, path: join(directory, LEDGER_FILE), projectDirectory, explicit }
}

/** The folder itself, its parent, and so on up to the root. */
export function ancestors(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...ancestors(parent)]
}

/** True for `sessions.jsonl`, its rotated parts `sessions.jsonl.1` and archives `sessions-2025.jsonl`. */
export function isLedgerFile(name: string): boolean {
  return (
    name === LEDGER_FILE || /^sessions\.jsonl\.\d{1,6}$/.test(name) || /^sessions-[^/]*\.jsonl$/.test(name)
  )
}

/** Oldest first, as far as names tell, and the file that grows last: ledger order decides between equal instants. */
export function inLedgerOrder(names: readonly string[]): string[] {
  return names.toSorted((a, b) => rank(a) - rank(b) || partOf(b) - partOf(a) || (a < b ? -1 : 1))
}

function rank(name: string): number {
  if (name === LEDGER_FILE) return 2
  return name.startsWith('sessions-') ? 0 : 1
}

function partOf(name: string): number {
  return Number(/\.(\d+)$/.exec(name)?.[1] ?? 0)
}
