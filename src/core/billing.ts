import type { Expense, Term } from './expense.ts'
import { matchesGlob } from './glob.ts'
import type { Group } from './groups.ts'
import type { Money } from './money.ts'

/** How the work on a project is paid for. */
export const BILLING_METHODS = ['retainer', 'api', 'subscription', 'internal'] as const

/** Who pays how for the work under a project code. */
export interface BilledProject extends Term {
  readonly code: string
  /** Which projects of the ledger go by this code where a record names none, as patterns. */
  readonly names: readonly string[]
  readonly client: string | null
  /** Null where nobody has said it. */
  readonly rate: Rate | null
}

/** A line of the rate card. */
export type Rate =
  /** A fee for each month, in which the use of models is included. */
  | { readonly method: 'retainer'; readonly fee: Money | null }
  /** What the models cost, to the cent. */
  | { readonly method: 'api' }
  /** So much for each session that began in the month. */
  | { readonly method: 'subscription'; readonly perSession: Money | null }
  /** Nobody is charged. */
  | { readonly method: 'internal' }

/** A plan of a provider, paid by the month whatever is used of it. */
export interface Subscription {
  /** As the provider calls it: `max`. */
  readonly plan: string
  /** For a month. */
  readonly fee: Money
}

/** All that a bill is made of besides what was used. */
export interface Billing {
  /** Each code once. */
  readonly projects: readonly BilledProject[]
  readonly expenses: readonly Expense[]
  /** Null where nobody has said what is paid. */
  readonly subscription: Subscription | null
}

/** The project code of a record's labels: its own, else that of the first project that goes by the name; `''` for none. */
export function codeOf(
  { project, project_code: code }: Group,
  { projects }: Pick<Billing, 'projects'>,
): string {
  if (code !== '') return code
  return projects.find(({ names }) => names.some((name) => matchesGlob(name, project)))?.code ?? ''
}

/** Each code once: as who comes first describes it, with the names that any gives it. */
export function mergedProjects(projects: readonly BilledProject[]): readonly BilledProject[] {
  const merged = new Map<string, BilledProject>()
  for (const project of projects) {
    const known = merged.get(project.code)
    const names = [...(known?.names ?? []), ...project.names]
    merged.set(project.code, { ...(known ?? project), names: [...new Set(names)] })
  }
  return [...merged.values()]
}

/** A project of which nothing is known but the code under which its folder works. */
export function codedProject(code: string, name: string): BilledProject {
  // Whoever names a folder `*` must not get the use of all others under his code.
  return { code, names: name.includes('*') ? [] : [name], client: null, rate: null, start: null, end: null }
}
