import { displayMoney, percentOf } from '../core/money.ts'
import { type TaskCost, sumOfTasks } from '../core/task-cost.ts'
import type { Verdict } from '../core/verdict.ts'
import { thousands } from './count.ts'
import { glyphsOf } from './glyphs.ts'
import { nameText } from './name.ts'
import type { Page } from './page.ts'
import { padStart, textWidth } from './pad.ts'

type TextPage = Pick<Page, 'ascii'>

/** What a task came to, and the budgets that are about it. */
export function taskText(task: TaskCost, verdicts: readonly Verdict[], page: TextPage): string {
  const [main = { model: '' }, ...others] = task.models
  const model = nameText(main.model, page.ascii) + (others.length === 0 ? '' : ` and ${others.length} more`)
  const enhancement =
    task.enhancement === '' ? [] : [`  Enhancement: ${nameText(task.enhancement, page.ascii)}`]
  return lines([
    `Cost for task ${nameText(task.taskId, page.ascii)}:`,
    `  Model: ${model}`,
    ...enhancement,
    ...figureLines([...tokenFigures(task), ['Total Cost:', costText(task, page)]]),
    ...budgetLines(verdicts, page),
  ])
}

/** What all tasks of an enhancement came to, and the budgets that are about it. */
export function enhancementText(
  enhancement: string,
  tasks: readonly TaskCost[],
  verdicts: readonly Verdict[],
  page: TextPage,
): string {
  const sum = sumOfTasks(tasks)
  const named = tasks.filter(({ taskId }) => taskId !== '')
  return lines([
    `Cost for enhancement '${nameText(enhancement, page.ascii)}':`,
    ...figureLines([
      ['Tasks:', thousands(named.length)],
      ...tokenFigures(sum),
      ['Total Cost:', costText(sum, page)],
    ]),
    ...budgetLines(verdicts, page),
  ])
}

type TextFigure = readonly [label: string, value: string]

function tokenFigures({ tokens }: Pick<TaskCost, 'tokens'>): readonly TextFigure[] {
  return [
    ['Input Tokens:', thousands(tokens.input)],
    ['Output Tokens:', thousands(tokens.output)],
    ['Cache Creation:', thousands(tokens.cacheWrite)],
    ['Cache Read:', thousands(tokens.cacheRead)],
  ]
}

/** Numbers at one right edge, none nearer to the labels than ten columns. */
function figureLines(figures: readonly TextFigure[]): readonly string[] {
  const widest = Math.max(LEAST_COLUMNS, ...figures.map(([, value]) => textWidth(value)))
  return figures.map(([label, value]) => `  ${label.padEnd(LABEL_COLUMNS)} ${padStart(value, widest)}`)
}

const LEAST_COLUMNS = 12
const LABEL_COLUMNS = 'Cache Creation:'.length

function costText({ usd, lowerBound }: Pick<TaskCost, 'usd' | 'lowerBound'>, { ascii }: TextPage): string {
  return `${lowerBound ? `${glyphsOf(ascii).atLeast} ` : ''}${displayMoney(usd, 'table')}`
}

function budgetLines(verdicts: readonly Verdict[], { ascii }: TextPage): readonly string[] {
  return verdicts.map(({ budget, spent, lowerBound, level, exceeded }) => {
    const percent = percentOf(spent, budget.limit)
    const share = percent === null ? '' : `, ${percent}%`
    const amount = costText({ usd: spent, lowerBound }, { ascii })
    const word = exceeded ? 'exceeded' : level
    return `  Budget ${nameText(budget.id, ascii)}: ${amount} of ${displayMoney(budget.limit)}${share}, ${word}`
  })
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`
}
