import { type Billing, codedProject, mergedProjects } from '../core/billing.ts'
import type { Trouble } from '../core/judgement.ts'
import type { BillingFile } from '../settings/billing.ts'
import { describeProblem } from '../settings/problem.ts'
import type { Plan } from '../core/plan.ts'
import type { FileSystem } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import { Attribution } from './attribution.ts'
import { folderFrom, nearestProject, projectBilling, projectNamed, settingsBilling } from './billing-files.ts'
import type { SettingsPlace } from './settings-places.ts'

/** What is billed and how, or why nobody can tell. */
export type LoadedBilling =
  | { readonly kind: 'loaded'; readonly billing: Billing; readonly notes: readonly string[] }
  | { readonly kind: 'trouble'; readonly troubles: readonly Trouble[] }

const NO_BILLING: Billing = { projects: [], expenses: [], subscription: null }

/**
 * Reads the rate card of the settings, and the expenses of the project of the working directory, of those that are
 * `named` and of those whose folders the settings name. Throws `Unreadable`, and `UsageError` for a name in vain.
 */
export async function loadBilling(
  places: readonly SettingsPlace[],
  named: readonly string[],
  system: Pick<System, 'environment' | 'files'>,
): Promise<LoadedBilling> {
  const { environment, files } = system
  const attribution = new Attribution(files)
  const settings = settingsBilling(places, files)
  const nearest = nearestProject(environment, files)
  const notes: string[] = []
  const folders = [
    ...named.map((path) => projectNamed(path, environment, files)),
    ...(nearest === null ? [] : [nearest]),
    ...(await foldersOf(settings, system, notes)),
  ]
  const own = [...new Set(folders)].flatMap((folder) =>
    projectBilling(folder, attribution.projectOf(folder), files),
  )
  const read = await resolved([...settings, ...own])
  if (read.kind === 'trouble') return read
  // What was logged by hand in this project names it, and no code.
  const here = attribution.projectOf(environment.workingDirectory)
  const projects = here.code === '' ? [] : [codedProject(here.code, here.name)]
  const billing = { ...read.billing, projects: mergedProjects([...read.billing.projects, ...projects]) }
  return { kind: 'loaded', billing, notes: [...notes, ...read.notes] }
}

/** The plan that the settings say is paid for; null where none does. Throws `Unreadable`. */
export async function loadPlan(
  places: readonly SettingsPlace[],
  files: FileSystem,
): Promise<{ readonly kind: 'loaded'; readonly plan: Plan | null } | { readonly kind: 'trouble' }> {
  const read = await resolved(settingsBilling(places, files))
  return read.kind === 'trouble' ? { kind: 'trouble' } : { kind: 'loaded', plan: read.billing.subscription }
}

async function resolved(found: readonly BillingFile[]): Promise<LoadedBilling> {
  // Without any file there is nothing to parse: the YAML library alone costs most of a Node start.
  if (found.length === 0) return { kind: 'loaded', billing: NO_BILLING, notes: [] }
  const { resolveBilling } = await import('../settings/billing.ts')
  const { part, notices } = resolveBilling(found)
  return part.kind === 'broken'
    ? { kind: 'trouble', troubles: part.problems }
    : { kind: 'loaded', billing: part.value, notes: notices.map(describeProblem) }
}

/** The folders that settings name; what of them leads nowhere is noted. */
async function foldersOf(
  settings: readonly BillingFile[],
  { environment, files }: Pick<System, 'environment' | 'files'>,
  notes: string[],
): Promise<readonly string[]> {
  if (settings.length === 0) return []
  const { foldersIn } = await import('../settings/billing.ts')
  return settings.flatMap((file) =>
    foldersIn(file).flatMap(({ folder: written, code }) => {
      const folder = folderFrom(written, environment)
      if (folder !== null && projectBilling(folder, { name: '', code }, files).length > 0) return [folder]
      notes.push(
        `${file.path}: there is no .claude/billing.json in ${written} of ${code}: correct or remove the folder`,
      )
      return []
    }),
  )
}
