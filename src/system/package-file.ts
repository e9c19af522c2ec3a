import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ancestors } from './ledger-place.ts'

/** A file of this package, from the sources as from the bundle. Throws when the installation is damaged. */
export function packageFile(name: string): string {
  const here = import.meta.dirname
  const found = ancestors(here)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
  if (found === undefined) throw new Error(`${name} is missing from this installation: reinstall ai-costs.`)
  return found
}
