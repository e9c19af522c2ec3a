import type { Expense } from '../core/expense.ts'
import type { WrittenBilling, WrittenExpense } from './billing-schema.ts'
import type { Problem } from './problem.ts'
import type { YamlTree } from './yaml-tree.ts'
import type { YamlPath } from './yaml-values.ts'

/** The expenses of a file, or what is wrong with them. */
export interface ReadExpenses {
  readonly expenses: readonly Expense[]
  readonly problems: readonly Problem[]
}

/** Reads the expenses of a file; those that name no code are for the project of `ownCode`. */
export function expensesOf(tree: YamlTree, { expenses }: WrittenBilling, ownCode: string): ReadExpenses {
  const read: Expense[] = []
  const problems: Problem[] = []
  const lines = new Map<string, number>()
  for (const [index, written] of (expenses ?? []).entries()) {
    const path = ['expenses', index]
    const first = lines.get(written.id)
    if (first === undefined) lines.set(written.id, tree.lineOf(path))
    else problems.push(repeated(tree, path, written.id, first))
    const expense = expenseOf(tree, path, written, ownCode)
    if ('problem' in expense) problems.push(expense.problem)
    else read.push(expense)
  }
  return { expenses: read, problems }
}

/** Copied, mostly: to count it twice would bill somebody twice. */
function repeated(tree: YamlTree, path: YamlPath, id: string, first: number): Problem {
  const message = `there are two expenses ${JSON.stringify(id)}, the first on line ${first}`
  return tree.problemAt([...path, 'id'], message, 'remove one of them, or give it another id')
}

function expenseOf(
  tree: YamlTree,
  path: YamlPath,
  written: WrittenExpense,
  ownCode: string,
): Expense | { readonly problem: Problem } {
  const { id, description, category, amount, notes = '', project_code: code = ownCode } = written
  const common = { id, description, category, amount, notes, code }
  const missing = (key: string, fix: string) => ({
    problem: tree.problemAt(path, `${nameOf(path)}.${key} is missing`, fix),
  })
  if (written.type === 'one-time') {
    const { date: day = null } = written
    if (day === null) return missing('date', 'write the day of the purchase, such as "date": "2026-02-15"')
    const odd = (['frequency', 'start_date', 'end_date'] as const).find(
      (key) => (written[key] ?? null) !== null,
    )
    if (odd === undefined) return { kind: 'one-time', ...common, day }
    return contradiction(tree, path, odd, 'a one-time expense', 'remove it, or make the type "recurring"')
  }
  const { frequency, start_date: start = null, end_date: end = null } = written
  if (frequency === undefined) return missing('frequency', 'write "monthly", "quarterly" or "yearly"')
  if (start === null) return missing('start_date', 'write the first day, such as "start_date": "2026-01-01"')
  if ((written.date ?? null) !== null) {
    return contradiction(tree, path, 'date', 'a recurring expense', 'remove it, or make the type "one-time"')
  }
  const problem = backwards(tree, path, start, end)
  return problem === null ? { kind: 'recurring', ...common, frequency, start, end } : { problem }
}

/** A term that ends before it begins; null for any other. */
export function backwards(
  tree: YamlTree,
  path: YamlPath,
  start: number | null,
  end: number | null,
): Problem | null {
  if (start === null || end === null || end >= start) return null
  const message = `${nameOf(path)}.end_date is before its start_date`
  return tree.problemAt([...path, 'end_date'], message, 'write a later day, or null')
}

function contradiction(tree: YamlTree, path: YamlPath, key: string, whose: string, fix: string) {
  return {
    problem: tree.problemAt([...path, key], `${nameOf(path)} is ${whose} and has a ${key}`, fix, 'key'),
  }
}

function nameOf([list, index]: YamlPath): string {
  return `${list}[${index}]`
}
