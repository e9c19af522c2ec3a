import {
  type BilledProject,
  type Billing,
  type Rate,
  type Subscription,
  codedProject,
  mergedProjects,
} from '../core/billing.ts'
import type { Expense } from '../core/expense.ts'
import { type WrittenBilling, type WrittenProject, billingSchema } from './billing-schema.ts'
import { backwards, expensesOf } from './expenses.ts'
import type { Notice, Part, Problem } from './problem.ts'
import type { Trust } from './resolution.ts'
import { validate } from './validate.ts'
import { type YamlTree, readYaml } from './yaml-tree.ts'

/** The text of a `billing.json`, and whose it is. */
export interface BillingFile {
  /** As messages name it. */
  readonly path: string
  readonly text: string
  readonly owner: BillingOwner
}

export type BillingOwner =
  /** Of a settings directory: it has the rate card, and expenses of any project. */
  | { readonly kind: 'settings'; readonly trust: Trust }
  /** In a project's `.claude/`: it has the expenses of that project. */
  | { readonly kind: 'project'; readonly name: string; readonly code: string }

/** What all files say together. */
export interface BillingRead {
  readonly part: Part<Billing>
  readonly notices: readonly Notice[]
}

/** Folders whose own files count as well, as written, by the code that they are for. */
export interface ProjectFolder {
  readonly folder: string
  readonly code: string
}

/** A file by itself; what settings name besides is only for who reads more files. */
interface Read {
  readonly projects: readonly BilledProject[]
  readonly folders: readonly ProjectFolder[]
  readonly expenses: readonly Expense[]
  readonly subscription: Subscription | null
}

/**
 * What all `billing.json` say, those of settings first: the user's, then a project's, which only fills gaps. Never
 * throws. Loads `yaml` and `zod`.
 */
export function resolveBilling(files: readonly BillingFile[]): BillingRead {
  const notices: Notice[] = []
  const problems: Problem[] = []
  const read: Read[] = []
  for (const file of files) {
    const one = readFile(file, notices)
    if (one.kind === 'ok') read.push(one.value)
    else problems.push(...one.problems)
  }
  if (problems.length > 0) return { part: { kind: 'broken', problems }, notices }
  return {
    part: {
      kind: 'ok',
      value: {
        projects: mergedProjects(read.flatMap(({ projects }) => projects)),
        expenses: read.flatMap(({ expenses }) => expenses),
        subscription: read.find(({ subscription }) => subscription !== null)?.subscription ?? null,
      },
    },
    notices,
  }
}

/** The folders that a trusted file of settings names; none when it is broken, which `resolveBilling` tells. */
export function foldersIn(file: BillingFile): readonly ProjectFolder[] {
  const read = readFile(file, [])
  return read.kind === 'ok' ? read.value.folders : []
}

function readFile({ path, text, owner }: BillingFile, notices: Notice[]): Part<Read> {
  const tree = readYaml(path, text)
  if (tree.kind === 'broken') return tree
  const validated = validate(tree.value, billingSchema)
  notices.push(...validated.notices)
  if (validated.kind === 'broken') return inFileOrder(validated.problems)
  const { value } = validated
  const { expenses, problems } = expensesOf(tree.value, value, owner.kind === 'project' ? owner.code : '')
  const faults = [...problems, ...projectFaults(tree.value, value)]
  if (faults.length > 0) return inFileOrder(faults)
  return {
    kind: 'ok',
    value:
      owner.kind === 'project'
        ? projectsOwn(tree.value, owner, { value, expenses }, notices)
        : settingsOf(tree.value, owner.trust, { value, expenses }, notices),
  }
}

interface Contents {
  readonly value: WrittenBilling
  readonly expenses: readonly Expense[]
}

/** A project says what it costs; who pays how for it is not for a file to say that may have come with a clone. */
function projectsOwn(
  tree: YamlTree,
  { name, code }: Extract<BillingOwner, { kind: 'project' }>,
  { value, expenses }: Contents,
  notices: Notice[],
): Read {
  for (const key of ['subscription', 'session_rate_usd', 'projects'] as const) {
    if ((value[key] ?? null) === null) continue
    const message = `\`${key}\` is ignored: a project's own file holds its expenses`
    notices.push(tree.problemAt([key], message, 'put it into ~/.config/ai-costs/billing.json', 'key'))
  }
  const projects = code === '' ? [] : [codedProject(code, name)]
  return { projects, folders: [], expenses, subscription: null }
}

function settingsOf(tree: YamlTree, trust: Trust, { value, expenses }: Contents, notices: Notice[]): Read {
  const written = value.projects ?? []
  const folders = written.flatMap(({ code, folder }) =>
    (folder ?? null) === null ? [] : [{ code, folder: folder! }],
  )
  if (trust === 'project' && folders.length > 0) {
    const nth = written.findIndex(({ folder }) => (folder ?? null) !== null)
    const message = '`folder` is ignored: a project may not say where others lie'
    const fix = 'set it in ~/.config/ai-costs/billing.json'
    notices.push(tree.problemAt(['projects', nth, 'folder'], message, fix, 'key'))
  }
  const { subscription } = value
  return {
    projects: written.map((one) => billedProject(one, value)),
    folders: trust === 'project' ? [] : folders,
    expenses,
    subscription: subscription ? { plan: subscription.plan, fee: subscription.monthly_fee_usd } : null,
  }
}

function billedProject(written: WrittenProject, file: WrittenBilling): BilledProject {
  const { code, project = null, client = null, start_date: start = null, end_date: end = null } = written
  const names = project === null ? [] : [project]
  return { code, names, client, rate: rateOf(written, file), start, end }
}

function rateOf(
  { billing, retainer_usd, session_rate_usd }: WrittenProject,
  file: WrittenBilling,
): Rate | null {
  switch (billing) {
    case undefined:
      return null
    case 'retainer':
      return { method: billing, fee: retainer_usd ?? null }
    case 'subscription':
      return { method: billing, perSession: session_rate_usd ?? file.session_rate_usd ?? null }
    default:
      return { method: billing }
  }
}

function projectFaults(tree: YamlTree, { projects }: WrittenBilling): Problem[] {
  const lines = new Map<string, number>()
  return (projects ?? []).flatMap((project, index) => {
    const { code, start_date: start = null, end_date: end = null } = project
    const path = ['projects', index]
    const first = lines.get(code)
    if (first !== undefined) {
      const message = `there are two projects ${JSON.stringify(code)}, the first on line ${first}`
      return [tree.problemAt([...path, 'code'], message, 'remove one of them')]
    }
    lines.set(code, tree.lineOf(path))
    return backwards(tree, path, start, end) ?? strayRate(tree, index, project) ?? []
  })
}

/** A price that the way of billing takes no notice of: whoever wrote it expects it on the bill. */
function strayRate(tree: YamlTree, index: number, project: WrittenProject): Problem | null {
  const key = RATES.find((rate) => project[rate] !== undefined && project.billing !== METHOD_OF[rate])
  if (key === undefined) return null
  const way = project.billing === undefined ? 'no way of billing' : `billing "${project.billing}"`
  const message = `projects[${index}] has ${way} and a ${key}`
  const fix = `remove it, or make the billing "${METHOD_OF[key]}"`
  return tree.problemAt(['projects', index, key], message, fix, 'key')
}

const METHOD_OF = { retainer_usd: 'retainer', session_rate_usd: 'subscription' } as const
const RATES = ['retainer_usd', 'session_rate_usd'] as const

/** As a person meets them from top to bottom. */
function inFileOrder(problems: readonly Problem[]): { kind: 'broken'; problems: readonly Problem[] } {
  return { kind: 'broken', problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column) }
}
