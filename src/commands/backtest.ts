import { troubleText } from '../core/answers/check-text.ts'
import { costOf } from '../core/cost.ts'
import { NO_MONEY } from '../core/money.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { backtest } from '../reports/backtest.ts'
import { type DaySpan, reportSpan, spanText } from '../reports/day-span.ts'
import { History } from '../reports/history.ts'
import type { ReplayTerms } from '../reports/replay.ts'
import type { System } from '../system/system.ts'
import { type Supposed, supposedSettings } from './backtest-settings.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation } from './command.ts'
import { type JudgingSystem, callOf } from './desk.ts'
import { PRINT_OPTIONS, printReport, printingOf } from './print-report.ts'
import { type RecordsRead, orCannotTell, readRecords } from './read-records.ts'
import { reroutingBy } from './rerouting-by.ts'
import { SPAN_OPTIONS, spanOf } from './span-options.ts'

export const grammar: Grammar = {
  name: 'backtest',
  summary:
    'what other limits and rules would have done: how often they warn, block or downgrade, what that saves',
  arguments: [],
  options: {
    limits: { kind: 'value', placeholder: 'FILE', summary: 'a cost-limits.yaml to try; default: your own' },
    router: { kind: 'value', placeholder: 'FILE', summary: 'a model-router.yaml to try; default: your own' },
    ...SPAN_OPTIONS,
    ...PRINT_OPTIONS,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs backtest --limits stricter.yaml',
    'ai-costs backtest --limits stricter.yaml --router cheaper.yaml --since 2025-11-01',
  ],
}

type BacktestingSystem = JudgingSystem & Pick<System, 'terminal'>

/** Throws `UsageError`. */
export function run(invocation: Invocation, system: BacktestingSystem): Promise<Result> {
  const printing = printingOf(invocation)
  const call = callOf(invocation, system)
  return orCannotTell(async () => {
    const supposed = await supposedSettings(invocation, call, system)
    if (supposed.kind === 'trouble') {
      return { stdout: '', stderr: troubleText(supposed.troubles), exitCode: EXIT.cannotTell }
    }
    const { accounts } = supposed
    const { calendar } = accounts
    const asOf = call.clock.now()
    const { span } = spanOf(invocation, calendar, calendar.dayOf(asOf), 'all')
    const makeFold = accounts.foldAt(asOf, call.until)
    return readRecords(makeFold, asOf, accounts, call, system, async (read) => {
      const { history, terms } = await replayable(read, supposed, span, asOf)
      const report = {
        name: 'backtest',
        title: `Backtest: ${spanText(span, calendar)}`,
        span: reportSpan(span, calendar),
        zone: calendar.zone,
        asOf,
        filters: {},
        sections: backtest(history, terms, printing.mostRows),
        quality: read.qualityIn(span),
      }
      return success(await printReport(report, printing, system, calendar))
    })
  })
}

/** Goes through the records for what a replay needs of them. */
async function replayable(
  read: RecordsRead,
  { accounts, router }: Extract<Supposed, { readonly kind: 'supposed' }>,
  span: DaySpan,
  asOf: number,
): Promise<{ readonly history: History; readonly terms: ReplayTerms }> {
  const { budgets: driving = [], steps = [] } = router.downgrade ?? {}
  const isRouted = steps.length > 0 || router.rules.length > 0
  const rerouting = isRouted ? await reroutingBy(router, accounts, asOf) : null
  const { prices, settings, calendar } = accounts
  const history = new History(rerouting === null ? 0 : steps.length + 1)
  read.each((record) => {
    const cost = costOf(record, prices, settings.costMode)
    history.note(record, cost, (step) => rerouting?.savedBy(record, cost ?? NO_MONEY, step) ?? NO_MONEY)
  })
  const targetOf = (group: number, step: number): string | null => {
    const { model, task_type: taskType } = history.groups.at(group)
    return rerouting?.targetOf(model, taskType, step) ?? null
  }
  const { budgets } = settings
  return { history, terms: { calendar, budgets, driving, steps: steps.map(({ at }) => at), targetOf, span } }
}
