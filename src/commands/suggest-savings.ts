import { troubleText } from '../core/answers/check-text.ts'
import { costOf } from '../core/cost.ts'
import { type Money, NO_MONEY, plus } from '../core/money.ts'
import { isHalfAsDear, nextCheaper } from '../core/next-cheaper.ts'
import type { Price } from '../core/price.ts'
import type { Rerouting } from '../core/rerouting.ts'
import type { UsageRecord } from '../core/record.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { NO_RULES } from '../core/router.ts'
import { type DaySpan, reportSpan, spanText } from '../reports/day-span.ts'
import { RequestShapes } from '../reports/request-shapes.ts'
import { type RuledTask, savings } from '../reports/savings.ts'
import { EVERYTHING, select } from '../reports/usage.ts'
import type { Accounts } from './accounts.ts'
import type { Invocation } from './command.ts'
import { callOf, open } from './desk.ts'
import { printReport, printingOf } from './print-report.ts'
import { orCannotTell, readRecords } from './read-records.ts'
import { usageOf } from './read-usage.ts'
import { reroutingBy } from './rerouting-by.ts'
import type { SpanOf, SuggestingSystem } from './suggest-limits-file.ts'

/** `suggest savings`. Throws `UsageError`. */
export function suggestSavings(
  invocation: Invocation,
  system: SuggestingSystem,
  spanOf: SpanOf,
): Promise<Result> {
  const printing = printingOf(invocation)
  const call = callOf(invocation, system)
  return orCannotTell(async () => {
    const opened = await open(call, system)
    if (opened.kind === 'trouble') {
      return { stdout: '', stderr: troubleText(opened.troubles), exitCode: EXIT.cannotTell }
    }
    const { accounts, resolution } = opened
    opened.reader.close()
    const { calendar } = accounts
    const asOf = call.clock.now()
    const span = spanOf(calendar, calendar.dayOf(asOf))
    const router = (resolution.router.kind === 'ok' ? resolution.router.value : null) ?? NO_RULES
    const rerouting = await reroutingBy(router, accounts, asOf)
    const makeFold = accounts.reportFoldAt(asOf, call.until, { from: span.first, labels: 'all' })
    return readRecords(makeFold, asOf, accounts, call, system, async ({ fold, each, qualityIn }) => {
      const smaller = new SmallerModels(accounts, asOf)
      const shapes = new RequestShapes((model) => smaller.pricesOf(model))
      const ruled = new RuledTasks(rerouting)
      each((record) => {
        if (!isInside(record, span, accounts)) return
        const cost = costOf(record, accounts.prices, accounts.settings.costMode)
        shapes.note(record, cost)
        if (cost !== null) ruled.note(record, cost)
      })
      const report = {
        name: 'suggest-savings',
        title: `Where money could be saved: ${spanText(span, calendar)}`,
        span: reportSpan(span, calendar),
        zone: calendar.zone,
        asOf,
        filters: {},
        sections: savings(select(usageOf(fold, calendar), span, EVERYTHING), {
          shapes: [...shapes.all()],
          priceOf: (model) => accounts.prices.priceOf(model, asOf),
          smallerThan: (model) => smaller.pricesOf(model)?.smaller ?? null,
          ruled: ruled.all(),
          mostRows: printing.mostRows,
        }),
        quality: qualityIn(span),
      }
      return success(await printReport(report, printing, system, calendar))
    })
  })
}

function isInside({ timestamp }: UsageRecord, { first, next }: DaySpan, { calendar }: Accounts): boolean {
  if (timestamp === null) return false
  const day = calendar.dayOf(timestamp)
  return day >= first && day < next
}

/** Which model of the same maker may do at half the price. */
class SmallerModels {
  readonly #accounts: Accounts
  readonly #asOf: number
  readonly #prices: readonly Price[]
  readonly #known = new Map<string, { readonly own: Price; readonly smaller: Price | null } | null>()

  constructor(accounts: Accounts, asOf: number) {
    this.#accounts = accounts
    this.#asOf = asOf
    this.#prices = accounts
      .catalog()
      .models()
      .flatMap((model) => accounts.prices.priceOf(model, asOf) ?? [])
  }

  pricesOf(model: string): { readonly own: Price; readonly smaller: Price | null } | null {
    const known = this.#known.get(model)
    if (known !== undefined) return known
    const own = this.#accounts.prices.priceOf(model, this.#asOf)
    const found = own === null ? null : { own, smaller: nextCheaper(own, this.#prices, isHalfAsDear) }
    this.#known.set(model, found)
    return found
  }
}

/** What the rules of the router say of the types of tasks. */
class RuledTasks {
  readonly #rerouting: Rerouting
  readonly #tasks = new Map<string, RuledTask>()

  constructor(rerouting: Rerouting) {
    this.#rerouting = rerouting
  }

  note(record: UsageRecord, cost: Money): void {
    const { taskType, model: from } = record
    const to = this.#rerouting.targetOf(from, taskType, 0)
    if (to === null) return
    const key = JSON.stringify([taskType, from])
    const task = this.#tasks.get(key) ?? { taskType, from, to, calls: 0, usd: NO_MONEY, saved: NO_MONEY }
    this.#tasks.set(key, {
      ...task,
      calls: task.calls + 1,
      usd: plus(task.usd, cost),
      saved: plus(task.saved, this.#rerouting.savedBy(record, cost, 0)),
    })
  }

  all(): readonly RuledTask[] {
    return [...this.#tasks.values()]
  }
}
