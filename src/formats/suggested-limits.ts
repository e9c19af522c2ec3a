import type { BudgetKind } from '../core/budget.ts'
import { type Money, decimalText, displayMoney, picodollarsOf } from '../core/money.ts'
import { countOf } from './count.ts'

/** A limit with what it is made of, or why there is none. */
export type LimitLine =
  | {
      readonly kind: 'limit'
      readonly of: BudgetKind
      readonly limit: Money
      readonly spread: { readonly count: number; readonly median: Money; readonly most: Money }
      readonly over: number
    }
  | { readonly kind: 'too-thin'; readonly of: BudgetKind; readonly count: number; readonly needed: number }

export interface LimitsFile {
  /** `2025-10-02 to 2025-12-30`. */
  readonly days: string
  readonly limits: readonly LimitLine[]
  readonly thresholdWarning: bigint
  readonly thresholdCritical: bigint
  /** True when what was spent may have been more. */
  readonly lowerBound: boolean
}

/** A `cost-limits.yaml` to paste, each line with the numbers behind it. No foreign text is in it. */
export function limitsFileText({
  days,
  limits,
  thresholdWarning,
  thresholdCritical,
  lowerBound,
}: LimitsFile): string {
  const doubts = lowerBound ? ['# Some usage has no price: the truth is more. ai-costs check names it.'] : []
  return [
    `# cost-limits.yaml, from what was spent ${days}.`,
    '# Nine of ten of your own days, whole weeks, whole months and sessions stayed below these limits.',
    ...doubts,
    'budgets:',
    ...limits.map(limitLine),
    'alerts:',
    `  threshold_warning: ${shareText(thresholdWarning)}`,
    `  threshold_critical: ${shareText(thresholdCritical)}`,
    '',
  ].join('\n')
}

const UNITS: Readonly<Record<BudgetKind, string>> = {
  daily: 'active day',
  weekly: 'whole week',
  monthly: 'whole month',
  per_session: 'session',
}

function limitLine(line: LimitLine): string {
  if (line.kind === 'too-thin') {
    return `  # ${line.of}: ${countOf(line.count, UNITS[line.of])} ${line.count === 1 ? 'says' : 'say'} too little, ${line.needed} are needed`
  }
  const { of, limit, spread, over } = line
  const basis = `${countOf(spread.count, UNITS[of])}, half up to ${displayMoney(spread.median)}, the dearest ${displayMoney(spread.most)}, ${over} over this`
  return `  ${of}: ${dollars(limit)} # ${basis}`
}

function dollars(limit: Money): string {
  const [whole = '0', fraction = ''] = decimalText(limit).split('.')
  return `${whole}.${fraction.padEnd(2, '0')}`
}

/** Millionths of one are to a share what picodollars are to a dollar, six digits on. */
function shareText(share: bigint): string {
  return dollars(picodollarsOf(share * 1_000_000n))
}
